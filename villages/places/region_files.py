"""Reading a folder of region files, with a list of its wrong lines."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

DATA_FOLDER = Path(__file__).resolve().parent / "data" / "regions-36"
LONGEST_NAME = 100
MOST_PROBLEMS = 20
#: first digit of a village's own number -> its kind
KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}


@dataclass(frozen=True, slots=True)
class RegionFile:
    name: str
    level: int
    parent_column: str
    code: re.Pattern[str]


FILES = (
    RegionFile("provinces.csv", 1, "", re.compile(r"\d{2}", re.ASCII)),
    RegionFile(
        "regencies.csv", 2, "province_code", re.compile(r"\d{2}\.\d{2}", re.ASCII)
    ),
    RegionFile(
        "districts.csv", 3, "regency_code", re.compile(r"(\d{2}\.){2}\d{2}", re.ASCII)
    ),
    RegionFile(
        "villages.csv",
        4,
        "district_code",
        re.compile(r"(\d{2}\.){3}[123]\d{3}", re.ASCII),
    ),
)


@dataclass(frozen=True, slots=True)
class RegionRow:
    code: str
    name: str
    level: int
    parent: str

    @property
    def kind(self) -> str:
        return KINDS[self.code[9]] if self.level == 4 else ""


class BadRegionFiles(Exception):
    """The files cannot be imported; `problems` are full sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def read_regions(folder: Path) -> dict[str, RegionRow]:
    """Return every region by code, upper levels first; may raise BadRegionFiles."""
    found: dict[str, RegionRow] = {}
    for file in FILES:
        _read(folder, file, found)
    return found


def _read(folder: Path, file: RegionFile, found: dict[str, RegionRow]) -> None:
    """Add the regions of a file to `found`, or report all its bad rows at once."""
    problems: list[str] = []
    for line, row in _rows(folder, file):
        if problem := _problem(file, row, found):
            place = {"file": file.name, "line": line, "problem": problem}
            problems.append(_("%(file)s, line %(line)s: %(problem)s") % place)
            if len(problems) == MOST_PROBLEMS:
                problems.append(_("There may be more."))
                break
        else:
            region = _region(file, row)
            found[region.code] = region
    if problems:
        raise BadRegionFiles(problems)


def _rows(folder: Path, file: RegionFile) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells; BadRegionFiles when the file is unreadable."""
    try:
        with (folder / file.name).open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, strict=True)
            _refuse_missing_columns(file, reader.fieldnames or [])
            for row in reader:
                yield reader.line_num, row
    except FileNotFoundError as missing:
        raise BadRegionFiles(
            [_("The file %(path)s is missing.") % {"path": folder / file.name}]
        ) from missing
    except (OSError, UnicodeDecodeError, csv.Error) as unreadable:
        raise BadRegionFiles(
            [
                _("%(file)s cannot be read as a CSV file in UTF-8: %(why)s.")
                % {"file": file.name, "why": unreadable}
            ]
        ) from unreadable


def _refuse_missing_columns(file: RegionFile, columns: Sequence[str]) -> None:
    wanted = [name for name in ("code", file.parent_column, "name") if name]
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise BadRegionFiles(
            [
                _("%(file)s has no column “%(columns)s”; it needs %(wanted)s.")
                % {
                    "file": file.name,
                    "columns": "”, “".join(missing),
                    "wanted": ", ".join(wanted),
                }
            ]
        )


def _problem(file: RegionFile, row: dict[str, str], found: dict[str, RegionRow]) -> str:
    """Return what is wrong with a row; empty when nothing is."""
    if None in row or None in row.values():
        return _("this row has more or fewer cells than the first line.")
    code, name = row["code"].strip(), row["name"].strip()
    if not file.code.fullmatch(code):
        return _("“%(code)s” is not a code of this level.") % {"code": code[:20]}
    if code in found:
        return _("the code %(code)s is listed twice.") % {"code": code}
    if not name:
        return _("the name of %(code)s is empty.") % {"code": code}
    if len(name) > LONGEST_NAME or not name.isprintable():
        return _("the name of %(code)s is too long or holds odd characters.") % {
            "code": code
        }
    return _parent_problem(file, row, code, found)


def _parent_problem(
    file: RegionFile, row: dict[str, str], code: str, found: dict[str, RegionRow]
) -> str:
    if not file.parent_column:
        return ""
    parent = row[file.parent_column].strip()
    if parent not in found:
        return _("“%(parent)s”, which %(code)s should lie in, is unknown.") % {
            "parent": parent[:20],
            "code": code,
        }
    if code.rpartition(".")[0] != parent:
        return _("%(code)s does not lie in %(parent)s.") % {
            "parent": parent,
            "code": code,
        }
    return ""


def _region(file: RegionFile, row: dict[str, str]) -> RegionRow:
    code = row["code"].strip()
    return RegionRow(code, row["name"].strip(), file.level, code.rpartition(".")[0])
