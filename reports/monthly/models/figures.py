"""The figures of a month's report: their order, groups and parts."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

#: the figures of the form in its order, group by group, each with its heading
FIGURE_GROUPS: tuple[tuple[StrOrPromise, tuple[str, ...]], ...] = (
    (
        _("Activities in the village"),
        (
            "outreach_held",
            "people_reached",
            "coordination_meetings",
            "office_questions",
        ),
    ),
    (
        _("Job offers and departures"),
        (
            "job_offers_heard",
            "new_recruiters_seen",
            "departures_known",
            "departures_undocumented",
        ),
    ),
    (
        _("Returns and foreigners"),
        (
            "returns_known",
            "returns_with_problems",
            "families_without_news",
            "foreigners_reported",
        ),
    ),
)
FIGURES = tuple(name for _heading, names in FIGURE_GROUPS for name in names)

#: a figure that counts a part of another, and what to say when it is the larger one
PART_OF: dict[str, tuple[str, StrOrPromise]] = {
    "departures_undocumented": (
        "departures_known",
        _("More left without papers than left in total. Check both figures."),
    ),
    "returns_with_problems": (
        "returns_known",
        _("More returned with problems than returned in total. Check both figures."),
    ),
}
