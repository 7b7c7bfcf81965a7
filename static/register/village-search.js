"use strict";

// Fields marked data-village-search get suggestions from the server while one types.
// Without this file they are plain text fields that take a name or a code.
(() => {
  const PAUSE = 250;
  let lists = 0;

  async function suggest(address, typed, list) {
    const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    if (!answer.ok) return;
    const { villages } = await answer.json();
    list.replaceChildren(
      ...villages.map((label) => {
        const option = document.createElement("option");
        option.value = label;
        return option;
      }),
    );
  }

  function helped(input, address) {
    const list = document.createElement("datalist");
    lists += 1;
    list.id = `villages-${lists}`;
    input.setAttribute("list", list.id);
    input.after(list);
    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const typed = input.value.trim();
      if (typed.length < 2) return;
      timer = setTimeout(() => {
        suggest(address, typed, list).catch(() => undefined);
      }, PAUSE);
    });
  }

  // Several villages: a search entry of its own adds a line to the text below it.
  function adder(area) {
    const { villageSearch, searchLabel, addLabel } = area.dataset;
    const row = document.createElement("div");
    row.className = "village-adder";
    const input = document.createElement("input");
    input.type = "search";
    input.className = "form-control";
    input.autocomplete = "off";
    input.setAttribute("aria-label", searchLabel);
    input.placeholder = searchLabel;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = addLabel;
    const add = () => {
      const label = input.value.trim();
      if (!label) return;
      const lines = area.value.split("\n").filter((line) => line.trim());
      if (!lines.includes(label)) area.value = [...lines, label].join("\n");
      input.value = "";
      input.focus();
    };
    button.addEventListener("click", add);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      add();
    });
    row.append(input, button);
    area.before(row);
    helped(input, villageSearch);
  }

  for (const field of document.querySelectorAll("[data-village-search]")) {
    if (field.tagName === "TEXTAREA") adder(field);
    else helped(field, field.dataset.villageSearch);
  }
})();
