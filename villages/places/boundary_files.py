"""Reading outlines from a GeoJSON file, with a list of its wrong features."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from villages.places.coordinates import doubt_about, lies_inside

MOST_PROBLEMS = 20
LEAST_POINTS = 4
POLYGONS = ("Polygon", "MultiPolygon")

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Outline:
    """One region's rings of (longitude, latitude), in full detail."""

    code: str
    rings: list[Ring]


class BadBoundaryFile(Exception):
    """The file cannot be imported; `problems` are full sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class _OddFeature(Exception):
    """A feature cannot be used; the message is the second half of a sentence."""


def read_outlines(path: Path, levels: Mapping[str, int]) -> list[Outline]:
    """Return the outlines of a file; `levels` holds the level of each known code.

    Raises BadBoundaryFile.
    """
    found: dict[str, Outline] = {}
    problems: list[str] = []
    for number, feature in enumerate(_features(path), start=1):
        try:
            outline = _outline(feature, levels)
            if outline.code in found:
                raise _OddFeature(_("its code is in the file twice."))
            found[outline.code] = outline
        except _OddFeature as bad:
            problems.append(_problem_sentence(number, feature, str(bad)))
        if len(problems) == MOST_PROBLEMS:
            problems.append(_("There may be more."))
            break
    if problems:
        raise BadBoundaryFile(problems)
    return list(found.values())


def _features(path: Path) -> Iterator[Any]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as missing:
        problem = _("The file %(path)s is missing.") % {"path": path}
        raise BadBoundaryFile([problem]) from missing
    except (OSError, ValueError, RecursionError) as unreadable:
        problem = _("%(file)s cannot be read as GeoJSON in UTF-8: %(why)s.")
        message = problem % {"file": path.name, "why": unreadable}
        raise BadBoundaryFile([message]) from unreadable
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        problem = _("%(file)s holds no features.") % {"file": path.name}
        raise BadBoundaryFile([problem])
    yield from features


def _outline(feature: Any, levels: Mapping[str, int]) -> Outline:
    code = _code(feature)
    if code not in levels:
        raise _OddFeature(_("no region has this code; import the regions first."))
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in POLYGONS:
        raise _OddFeature(_("it is not a polygon."))
    parts: Any = geometry.get("coordinates")
    polygons: Any = [parts] if geometry["type"] == "Polygon" else parts
    try:
        rings = [
            [(float(position[0]), float(position[1])) for position in ring]
            for polygon in polygons
            for ring in polygon
        ]
    except (TypeError, ValueError, LookupError, OverflowError) as odd:
        raise _OddFeature(_("its coordinates are not lists of numbers.")) from odd
    if not rings:
        raise _OddFeature(_("it has no points."))
    for ring in rings:
        _refuse_odd_ring(ring)
    return Outline(code, rings)


def _refuse_odd_ring(ring: Ring) -> None:
    if len(ring) < LEAST_POINTS or ring[0] != ring[-1]:
        raise _OddFeature(_("one of its outlines is not closed."))
    for longitude, latitude in ring:
        if not lies_inside(latitude, longitude):
            raise _OddFeature(doubt_about(latitude, longitude))


def _code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = properties.get("code") if isinstance(properties, dict) else None
    return str(code or "").strip()


def _problem_sentence(number: int, feature: Any, problem: str) -> str:
    return _("Feature %(number)s (%(code)s): %(problem)s") % {
        "number": number,
        "code": _code(feature)[:20] or _("without code"),
        "problem": problem,
    }
