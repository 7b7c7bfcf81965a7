"""Reading outlines from a GeoJSON file, with a list of its wrong features."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from villages.places.coordinates import doubt_about, lies_inside
from villages.places.extents import extent_of
from villages.places.outlines import Ring, area_of, box_of
from villages.places.region_codes import region_code_in

MOST_PROBLEMS = 20
LEAST_POINTS = 4
POLYGONS = ("Polygon", "MultiPolygon")
#: degrees around its villages within which a regency ends
AROUND_CENTROIDS = 1.0
#: square degrees; an islet of a few square metres has more
NO_AREA = 1e-12
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Outline:
    """One region's rings of (longitude, latitude), in full detail."""

    code: str
    rings: list[Ring]
    #: as the file wrote it, perhaps without dots
    written: str


@dataclass(frozen=True, slots=True)
class FileOptions:
    """Which property names the region, and whether outlines may lie far away."""

    code_property: str = "code"
    accept_far: bool = False


class BadBoundaryFile(Exception):
    """The file cannot be imported; `problems` are full sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class _OddFeature(Exception):
    """A feature cannot be used; the message is the second half of a sentence."""


def read_outlines(
    path: Path, levels: Mapping[str, int], options: FileOptions
) -> list[Outline]:
    """Return the outlines of a file; `levels` holds the level of each known code.

    Raises BadBoundaryFile.
    """
    features = _features(path)
    _refuse_unnamed(features, options)
    found: dict[str, Outline] = {}
    problems: list[str] = []
    for number, feature in enumerate(features, start=1):
        written = _written_code(feature, options)
        try:
            outline = _outline(feature, written, levels)
            if not options.accept_far:
                _refuse_far(outline)
            if outline.code in found:
                raise _OddFeature(_("its code is in the file twice."))
            found[outline.code] = outline
        except _OddFeature as bad:
            problems.append(_problem_sentence(number, written, str(bad)))
        if len(problems) == MOST_PROBLEMS:
            problems.append(_("There may be more."))
            break
    if problems:
        raise BadBoundaryFile(problems)
    return list(found.values())


def _features(path: Path) -> list[Any]:
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
    return features


def _refuse_unnamed(features: list[Any], options: FileOptions) -> None:
    """Name the properties of the file when none of its features has the right one."""
    names = dict.fromkeys(name for feature in features for name in _properties(feature))
    if not names or options.code_property in names:
        return
    problem = _(
        "No feature has the property “%(property)s” with the code of its region. The "
        "file has %(names)s: name the right one with --property."
    )
    found = ", ".join(list(names)[:MOST_NAMES])
    raise BadBoundaryFile(
        [problem % {"property": options.code_property, "names": found}]
    )


def _outline(feature: Any, written: str, levels: Mapping[str, int]) -> Outline:
    code = region_code_in(written) or written
    if code not in levels:
        raise _OddFeature(
            _(
                "no region has this code. Import the regions first; codes of the "
                "statistics office (BPS) are others."
            )
        )
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
    return Outline(code, rings, written)


def _refuse_odd_ring(ring: Ring) -> None:
    if len(ring) < LEAST_POINTS or ring[0] != ring[-1]:
        raise _OddFeature(_("one of its outlines is not closed."))
    for longitude, latitude in ring:
        if not lies_inside(latitude, longitude):
            raise _OddFeature(doubt_about(latitude, longitude))
    if area_of(ring) < NO_AREA:
        raise _OddFeature(_("one of its outlines is a line, without an area."))


def _refuse_far(outline: Outline) -> None:
    known = extent_of(outline.code)
    near = known.widened(AROUND_CENTROIDS) if known else None
    if near and not near.covers(box_of(outline.rings)):
        raise _OddFeature(
            _(
                "it lies far from the villages with such codes. If that is right, "
                "import the file with --accept-far."
            )
        )


def _properties(feature: Any) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def _written_code(feature: Any, options: FileOptions) -> str:
    code = _properties(feature).get(options.code_property)
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return str("" if code is None else code).strip()


def _problem_sentence(number: int, written: str, problem: str) -> str:
    return _("Feature %(number)s (%(code)s): %(problem)s") % {
        "number": number,
        "code": written[:20] or _("without code"),
        "problem": problem,
    }
