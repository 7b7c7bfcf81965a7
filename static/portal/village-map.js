"use strict";

// Draws the villages on a map without tiles: points from the server, gathered there,
// over outlines where some were imported, and always over a net of degrees.
// Without this file the page shows the same villages as a table.
(() => {
  const part = document.querySelector("[data-map-part]");
  const box = part?.querySelector("[data-map]");
  if (!box || !window.L) return;
  part.hidden = false;

  const words = box.dataset;
  const status = part.querySelector("[data-map-status]");
  const PAUSE = 150;
  const NEAREST = 16;
  const AWAY = 9;
  const ORDER = { visited: 3, reported: 4, officers: 5 };
  const OWED = 6; // only these villages owed a report
  const LEGENDS = Object.keys(ORDER);
  const SVG = "http://www.w3.org/2000/svg";

  let shown = "visited";
  let answer = { groups: [], villages: [] };

  const map = L.map(box, {
    crs: L.CRS.EPSG4326, // degrees as they are: near the equator that is the true shape
    attributionControl: false,
    zoomControl: false,
    minZoom: 3,
    maxZoom: NEAREST,
    maxBounds: [[-16, 88], [12, 148]],
    scrollWheelZoom: false,
  });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.label);
  // The wheel scrolls the page until one works with the map.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  const net = L.layerGroup().addTo(map);
  const outlines = L.layerGroup().addTo(map);
  const points = L.layerGroup().addTo(map);

  /* --- The net of degrees ---------------------------------------------------- */

  const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
  const APART = 100; // pixels at least between two lines

  const degrees = (value, step, word) => {
    const places = Math.max(0, Math.ceil(-Math.log10(step)));
    const number = Math.abs(value).toLocaleString(document.documentElement.lang, {
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    });
    return `${number}° ${word}`;
  };

  const degreeMark = (at, text, anchor) => L.marker(at, {
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ className: "map__degree", html: element("span", text), iconSize: null, iconAnchor: anchor }),
  });

  function drawNet() {
    net.clearLayers();
    const bounds = map.getBounds().pad(0.02);
    const wide = map.getSize().x / (map.getBounds().getEast() - map.getBounds().getWest());
    const step = STEPS.find((one) => one * wide >= APART);
    const lines = (from, to) => {
      const found = [];
      for (let at = Math.ceil(from / step); at * step <= to; at += 1) found.push(at * step);
      return found;
    };
    const corner = map.getBounds().getSouthWest();
    for (const x of lines(bounds.getWest(), bounds.getEast())) {
      net.addLayer(line([[bounds.getSouth(), x], [bounds.getNorth(), x]]));
      net.addLayer(degreeMark([corner.lat, x], degrees(x, step, words.eastWord), [-4, 20]));
    }
    for (const y of lines(bounds.getSouth(), bounds.getNorth())) {
      net.addLayer(line([[y, bounds.getWest()], [y, bounds.getEast()]]));
      const word = y > 0 ? words.northWord : y < 0 ? words.southWord : "";
      net.addLayer(degreeMark([y, corner.lng], degrees(y, step, word), [-4, 20]));
    }
  }

  const line = (ends) => L.polyline(ends, { className: "map__line", interactive: false });

  /* --- Outlines -------------------------------------------------------------- */

  function drawOutlines({ regions }) {
    outlines.clearLayers();
    const names = [];
    for (const { name, rings } of regions) {
      const turned = rings.map((ring) => ring.map(([x, y]) => [y, x]));
      const outline = L.polygon(turned, { className: "map__outline", interactive: false });
      outlines.addLayer(outline);
      // The largest ring comes first; its middle is where the name is looked for.
      const shape = L.latLngBounds(turned[0]);
      const size = map.latLngToLayerPoint(shape.getSouthEast()).x - map.latLngToLayerPoint(shape.getNorthWest()).x;
      names.push({ name, size, middle: shape.getCenter() });
    }
    drawNames(names.sort((one, other) => other.size - one.size));
  }

  // Names do not cover each other: the larger region has its name, the smaller none.
  function drawNames(names) {
    const taken = [];
    for (const { name, middle } of names) {
      const { x, y } = map.latLngToLayerPoint(middle);
      const half = name.length * 3.75;
      const free = taken.every((one) =>
        Math.abs(one.x - x) > one.half + half || Math.abs(one.y - y) > 18);
      if (!free) continue;
      taken.push({ x, y, half });
      const label = L.tooltip({ permanent: true, direction: "center", className: "map__name", interactive: false });
      outlines.addLayer(label.setLatLng(middle).setContent(element("span", name)));
    }
  }

  /* --- Villages -------------------------------------------------------------- */

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  const entry = (legend, covered) =>
    part.querySelector(`[data-legend="${legend}"] [data-pin="${covered ? 1 : 0}"]`);
  const wordOf = (legend, covered) => entry(legend, covered).lastElementChild.textContent;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  function ring(count, share) {
    const pin = element("span", "", "pin pin--group");
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", "0 0 40 40");
    for (const [className, length] of [["pin__ground", 100], ["pin__share", share]]) {
      if (!length) continue;
      const circle = document.createElementNS(SVG, "circle");
      const looks = { class: className, cx: 20, cy: 20, r: 17, pathLength: 100 };
      for (const [name, value] of Object.entries(looks)) circle.setAttribute(name, value);
      circle.setAttribute("stroke-dasharray", `${length} 100`);
      drawing.append(circle);
    }
    pin.append(drawing, element("span", String(count)));
    return pin;
  }

  // A marker is a button: it says in words what its shape means, and Enter presses it.
  function marker(at, pin, size, label, act) {
    const icon = L.divIcon({ className: "pin-holder", html: pin, iconSize: [size, size] });
    const made = L.marker(at, { icon, keyboard: true, riseOnHover: true });
    made.on("click", act);
    made.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key === "Enter") act();
    });
    made.on("add", () => {
      made.getElement().setAttribute("aria-label", label);
      made.getElement().setAttribute("title", label);
    });
    return made;
  }

  function group(row) {
    const [lat, lng, villages] = row;
    const covered = row[ORDER[shown]];
    const all = shown === "reported" ? row[OWED] : villages;
    const label = `${filled(words.group, { covered, all })}: ${wordOf(shown, true)}`;
    const pin = ring(villages, all ? Math.round((100 * covered) / all) : 0);
    return marker([lat, lng], pin, 44, label, () => {
      if (map.getZoom() >= NEAREST) {
        showPopup([lat, lng], element("p", words.samePlace));
        return;
      }
      map.setView([lat, lng], Math.min(map.getZoom() + 2, NEAREST));
      box.focus({ preventScroll: true });
    });
  }

  function village(row) {
    const [lat, lng, , , , , , name, district] = row;
    const covered = row[ORDER[shown]] === 1;
    const pin = entry(shown, covered).firstElementChild.cloneNode(true);
    const label = `${name}, ${district}: ${stateOf(row, shown)}`;
    return marker([lat, lng], pin, 32, label, () => showPopup([lat, lng], card(row)));
  }

  function stateOf(row, legend) {
    if (legend === "reported" && row[OWED] === 0) return words.notDue;
    return wordOf(legend, row[ORDER[legend]] === 1);
  }

  function card(row) {
    const [name, district, code, lastVisit] = row.slice(7);
    const facts = element("ul");
    for (const legend of LEGENDS) {
      facts.append(element("li", stateOf(row, legend)));
    }
    const link = element("a", words.open);
    link.href = words.village.replace("00.00.00.0000", code);
    const made = element("div");
    made.append(
      element("h3", name),
      element("p", district),
      facts,
      element("p", `${words.lastVisit}: ${lastVisit || words.never}`),
      link,
    );
    return made;
  }

  // It belongs to the map, not to a marker: markers come and go while it is read.
  function showPopup(at, content) {
    const popup = L.popup({ offset: [0, -8] }).setLatLng(at).setContent(content).openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", words.close);
    (content.querySelector("a") ?? close).focus({ preventScroll: true });
    popup.on("remove", () => box.focus({ preventScroll: true }));
  }

  function drawPoints() {
    points.clearLayers();
    for (const row of answer.groups) points.addLayer(group(row));
    for (const row of answer.villages) points.addLayer(village(row));
    const all = answer.villages.length + answer.groups.reduce((sum, row) => sum + row[2], 0);
    status.textContent = filled(words.shown, { all });
  }

  /* --- Asking the server ------------------------------------------------------ */

  let asking = new AbortController();

  async function ask(address, signal) {
    const bounds = map.getBounds();
    const query = new URLSearchParams(window.location.search);
    const corners = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    query.set("bbox", corners.map((one) => one.toFixed(5)).join(","));
    query.set("zoom", String(map.getZoom()));
    const reply = await fetch(`${address}?${query}`, { signal, credentials: "same-origin" });
    if (!reply.ok) throw new Error(String(reply.status));
    return reply.json();
  }

  async function refresh() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const [found, regions] = await Promise.all([
        ask(words.points, signal),
        ask(words.outlines, signal),
      ]);
      answer = found;
      drawOutlines(regions);
      drawPoints();
    } catch (failure) {
      if (failure.name !== "AbortError") status.textContent = words.failed;
    }
  }

  let timer = 0;
  map.on("moveend", () => {
    drawNet();
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });

  part.addEventListener("change", ({ target }) => {
    if (target.name !== "shown") return;
    shown = target.value;
    for (const legend of part.querySelectorAll("[data-legend]")) {
      legend.hidden = legend.dataset.legend !== shown;
    }
    drawPoints();
  });

  const wanted = [[Number(words.south), Number(words.west)], [Number(words.north), Number(words.east)]];
  map.fitBounds(wanted, { padding: [40, 40], maxZoom: AWAY, animate: false });
})();
