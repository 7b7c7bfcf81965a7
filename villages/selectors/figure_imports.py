"""A spreadsheet of figures, judged row by row against the register as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.workbooks import HeadedRow, day_in, number_in
from villages.models import (
    MEASURES,
    FigureImport,
    Indicator,
    Village,
    VulnerabilityInput,
)
from villages.querysets import FigureImportQuerySet
from villages.selectors.vulnerability_words import refuse_impossible

CODE, DAY, SOURCE = "code", "day", "source"
MOST_ROWS = 5000
LONGEST_SOURCE = 200
#: column -> the words that may stand above it, the first in the template
HEADINGS: Mapping[str, Sequence[str]] = {
    CODE: ("kode desa", "kode wilayah", "kode"),
    DAY: ("tanggal data", "tanggal", "per tanggal"),
    SOURCE: ("sumber", "sumber data"),
    Indicator.MIGRATION.value: ("pekerja migran per 1.000", "pekerja migran", "pmi"),
    Indicator.POVERTY.value: ("kemiskinan (%)", "kemiskinan", "miskin"),
    Indicator.UNEMPLOYMENT.value: ("pengangguran (%)", "pengangguran"),
    Indicator.SCHOOLING.value: (
        "tidak bersekolah 16-18 (%)",
        "tidak bersekolah",
        "putus sekolah",
    ),
    Indicator.PRIOR_CASES.value: ("kasus diumumkan", "kasus"),
    Indicator.BROKERS.value: ("calo tanpa izin", "calo"),
    Indicator.BORDER.value: ("pantai atau perbatasan", "pantai", "perbatasan"),
    Indicator.TRAVEL_TIME.value: ("waktu tempuh (menit)", "waktu tempuh"),
    Indicator.SIGNAL.value: ("sinyal (0-3)", "sinyal"),
    Indicator.INACTIVITY.value: ("bulan tanpa kegiatan",),
}
YES_NO = {"ya": Decimal(1), "tidak": Decimal(0)}


@dataclass(slots=True)
class JudgedRow:
    """One line of the file: whose figures, and every fault as a sentence."""

    line: int
    code: str
    village: Village | None = None
    as_of: date | None = None
    source: str = ""
    values: dict[Indicator, Decimal] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the file would do: `new` figures to add, `known` ones that stand already."""

    rows: Sequence[JudgedRow]
    new: int
    known: int

    @property
    def faulty(self) -> list[JudgedRow]:
        return [row for row in self.rows if row.faults]

    @property
    def is_clean(self) -> bool:
        return bool(self.new) and not self.faulty


def imports_for(user: Actor) -> FigureImportQuerySet:
    return FigureImport.objects.visible_to(user).select_related(
        "office", "uploaded_by", "applied_by"
    )


def as_typed(row: HeadedRow) -> dict[str, str]:
    """A row as it is kept until somebody takes it over."""
    return {"line": str(row.line), **row.cells}


def dry_run(rows: Sequence[Mapping[str, str]], user: Actor) -> DryRun:
    """The rows judged; three queries whatever their number."""
    codes = {row.get(CODE, "") for row in rows}
    villages = {
        village.code: village
        for village in Village.objects.open_for(user, "vulnerability.enter")
        .filter(region__in=codes)
        .select_related("office")
    }
    judged = [_judged(row, villages) for row in rows]
    _mark_doubles(judged)
    standing = standing_figures(judged)
    figures = [key for row in judged for key in keys_of(row)]
    known = sum(key in standing for key in figures)
    return DryRun(judged, len(figures) - known, known)


Key = tuple[int, str, date, Decimal, str]


def keys_of(row: JudgedRow) -> list[Key]:
    """What tells one figure of a clean row from every other."""
    if row.faults or row.village is None or row.as_of is None:
        return []
    return [
        (row.village.pk, indicator.value, row.as_of, value, row.source)
        for indicator, value in row.values.items()
    ]


def standing_figures(rows: Sequence[JudgedRow]) -> set[Key]:
    """The figures of these villages that count already, so that none is doubled."""
    villages = {row.village.pk for row in rows if row.village}
    found = (
        VulnerabilityInput.objects.known_at(timezone.now())
        .filter(village__in=villages)
        .values_list("village_id", "indicator", "as_of", "value", "source")
    )
    return {
        (village, indicator, as_of, value, source)
        for village, indicator, as_of, value, source in found
        if value is not None
    }


# --- Inside ------------------------------------------------------------------


def _judged(row: Mapping[str, str], villages: Mapping[str, Village]) -> JudgedRow:
    found = JudgedRow(int(row["line"]), row.get(CODE, ""), source=row.get(SOURCE, ""))
    found.village = villages.get(found.code)
    if found.village is None:
        found.faults.append(
            _("No village in your care has the code “%(code)s”.") % {"code": found.code}
            if found.code
            else _("The code of the village is missing.")
        )
    _read_day(found, row.get(DAY, ""))
    if not 0 < len(found.source) <= LONGEST_SOURCE:
        found.faults.append(
            _("Name the source in at most %(most)s characters.")
            % {"most": LONGEST_SOURCE}
        )
    for indicator in Indicator:
        _read_value(found, indicator, row.get(indicator.value, ""))
    if not found.values and not found.faults:
        found.faults.append(_("The row holds no figure."))
    return found


def _read_day(found: JudgedRow, typed: str) -> None:
    try:
        found.as_of = day_in(typed)
    except ValidationError as fault:
        found.faults += fault.messages
        return
    if found.as_of is None:
        found.faults.append(_("The day of the figures is missing."))
    elif found.as_of > timezone.localdate():
        found.faults.append(_("The day of the figures lies in the future."))


def _read_value(found: JudgedRow, indicator: Indicator, typed: str) -> None:
    try:
        value = _number(indicator, typed)
    except ValidationError as fault:
        found.faults += [f"{indicator.label}: {told}" for told in fault.messages]
        return
    if value is None:
        return
    found.values[indicator] = value
    try:
        refuse_impossible(indicator, value)
    except ValidationError as fault:
        found.faults += fault.messages


def _number(indicator: Indicator, typed: str) -> Decimal | None:
    """A number, or an answer by its number or its words."""
    answers = MEASURES[indicator].answers
    if answers is None or not typed:
        return number_in(typed)
    known = {str(text).casefold(): Decimal(key) for key, text in answers.items()}
    known |= {str(key): Decimal(key) for key in answers}
    known |= YES_NO if indicator is Indicator.BORDER else {}
    if typed.casefold() not in known:
        raise ValidationError(
            _("“%(typed)s” is none of the answers. Write one of these: %(answers)s.")
            % {"typed": typed[:40], "answers": "; ".join(map(str, answers.values()))}
        )
    return known[typed.casefold()]


def _mark_doubles(rows: Sequence[JudgedRow]) -> None:
    """The same figure twice in one file: the later row says so."""
    met: dict[tuple[str, date | None, Indicator], int] = {}
    for row in rows:
        for indicator in row.values:
            key = (row.code, row.as_of, indicator)
            if key in met and row.village is not None:
                row.faults.append(
                    _("“%(label)s” of this day stands in line %(line)s already.")
                    % {"label": indicator.label, "line": met[key]}
                )
            met.setdefault(key, row.line)
