"""The figures of a month with their labels, beside last month's."""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from reports.monthly.models import FIGURE_GROUPS, PART_OF, MonthlyReport

LABELS = {field.name: field.verbose_name for field in MonthlyReport._meta.fields}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure, of a draft as typed; `before` is last month's, None without one."""

    name: str
    label: StrOrPromise
    value: int | str
    before: int | None
    is_part: bool


def figure_groups(
    report: MonthlyReport, before: MonthlyReport | None
) -> list[tuple[StrOrPromise, list[FigureRow]]]:
    """Return the form's groups, each a heading and its figures."""
    return [
        (heading, [_row(name, report, before) for name in names])
        for heading, names in FIGURE_GROUPS
    ]


def _row(name: str, report: MonthlyReport, before: MonthlyReport | None) -> FigureRow:
    return FigureRow(
        name=name,
        label=LABELS[name],
        value=report.figures[name],
        before=getattr(before, name) if before else None,
        is_part=name in PART_OF,
    )
