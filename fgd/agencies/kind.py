"""Lists of future focal points as a kind of uploaded list."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeAlias

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.lib.text.bilingual import in_each_language
from desabinaan.lib.text.folding import folded
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.refusals import TEXT
from desabinaan.uploads.sheets.rows import Remark
from fgd.agencies.columns import FOCAL_POINT_COLUMNS
from fgd.agencies.forms.focal_points import FocalPointRowForm
from fgd.agencies.models import Agency, FocalPointList
from fgd.agencies.selectors.focal_points import (
    FocalPointFinding,
    VisibleCounts,
    WantedFocalPoint,
    compared,
)
from fgd.agencies.selectors.named_agencies import NamedAgencies, agencies_named
from fgd.agencies.services.focal_point_lists import appoint_list
from fgd.agencies.services.focal_points import APPOINT_MANY
from villages.people.people_lists import (
    PEOPLE_SENTENCES,
    NamedSubject,
    PeopleLists,
    contact_notes,
)

#: ids of agencies -> what a focal point of each of them sees
CountsOf: TypeAlias = Callable[[Iterable[int]], Mapping[int, VisibleCounts]]
CHANGELIST = "admin:agencies_focalpoint_changelist"


class FocalPointLists(PeopleLists[FocalPointList]):
    """People whom an administrator appoints; those without an account get one."""

    model = FocalPointList
    routes = "admin:agencies_focalpoint_list"
    task = "plan.commit_focal_point_list"
    columns = FOCAL_POINT_COLUMNS
    always_editable = FOCAL_POINT_COLUMNS
    row_form = FocalPointRowForm
    place_columns = ("agency",)
    sentences: ClassVar[Mapping[str, StrOrPromise]] = {
        **PEOPLE_SENTENCES,
        "holders": gettext_lazy("Current focal points: %(names)s."),
        "several_agencies": gettext_lazy(
            "There are several agencies “%(name)s”. Choose one."
        ),
        "likely_agencies": gettext_lazy(
            "No agency has the name “%(name)s”. Choose a similar one, or correct the "
            "name."
        ),
        "unknown_agency": gettext_lazy(
            "No agency has this name. Enter it first, or correct the name."
        ),
        "own_role": gettext_lazy("Nobody grants a role to himself or herself."),
        "closed_account": gettext_lazy("This account is closed. Open it first."),
        "of_account": gettext_lazy("%(what)s belongs to %(name)s."),
        "served_until": gettext_lazy(
            "Was a focal point of this agency until %(day)s. Begin after that."
        ),
        "merged": gettext_lazy("%(typed)s was merged into %(agency)s."),
        "serves": gettext_lazy("Already a focal point of this agency, as %(name)s."),
        "by_mail": gettext_lazy("The link is sent by e-mail."),
        "on_slip": gettext_lazy("The link is printed on a slip."),
        "keeps_address": gettext_lazy("The e-mail address in the list is ignored."),
        "keeps_phone": gettext_lazy("The telephone number in the list is ignored."),
        "sees": gettext_lazy(
            "Will see at once: %(sessions)s sessions, %(led)s actions as lead agency, "
            "%(supported)s actions as supporting agency."
        ),
        "writes_new_account": gettext_lazy("New account: %(username)s"),
        "writes_to_account": gettext_lazy(
            "Already has an account: %(name)s (%(username)s). It is not changed, and "
            "no link is issued."
        ),
        "writes_term": gettext_lazy("Focal point of %(agency)s from %(day)s"),
        "writes_term_with_position": gettext_lazy(
            "%(position)s, focal point of %(agency)s from %(day)s"
        ),
    }

    def __init__(self, counts_of: CountsOf) -> None:
        self._counts_of = counts_of

    def may_upload(self, user: Actor) -> bool:
        return user.has_perms(APPOINT_MANY)

    # --- Rows -----------------------------------------------------------------

    def subjects_of(
        self, people: Sequence[Any], rows: Sequence[UploadRow], acting_user: User
    ) -> Sequence[NamedSubject]:
        typed = [person.cleaned_data.get("agency", "") for person in people]
        return [
            _agency(name, named, row.chosen)
            for name, named, row in zip(typed, agencies_named(typed), rows, strict=True)
        ]

    def findings(
        self, wanted: Sequence[WantedFocalPoint], acting_user: User
    ) -> Sequence[FocalPointFinding]:
        found = compared(wanted, acting_user)
        counts = self._counts_of({one.agency.pk for one in wanted})
        for finding in found:
            finding.visible_counts = counts[finding.wanted.agency.pk]
        return found

    def notes_on(self, finding: FocalPointFinding) -> list[Remark]:
        wanted, account, counts = (
            finding.wanted,
            finding.account,
            finding.visible_counts,
        )
        sees = {
            "sessions": str(counts.sessions),
            "led": str(counts.led),
            "supported": str(counts.supported),
        }
        term = {
            "agency": wanted.agency.name,
            "day": wanted.starts_on.isoformat(),
            "position": wanted.position,
        }
        notes: list[Remark] = [("sees", sees)]
        if account is None:
            notes.append(("by_mail" if wanted.email else "on_slip", {}))
            notes.append(("writes_new_account", {"username": wanted.username}))
            notes += contact_notes(wanted)
        else:
            if finding.keeps_address:
                notes.append(("keeps_address", {}))
            if finding.keeps_phone:
                notes.append(("keeps_phone", {}))
            details = {"name": account.name, "username": account.username}
            notes.append(("writes_to_account", details))
        key = "writes_term_with_position" if wanted.position else "writes_term"
        return [*notes, (key, term)]

    def save(
        self,
        upload: FocalPointList,
        findings: Sequence[FocalPointFinding],
        acting_user: User,
    ) -> None:
        appoint_list(upload, findings, acting_user=acting_user)

    # --- Words ----------------------------------------------------------------

    def names_of(self, values: Collection[str]) -> Mapping[str, str]:
        agencies = Agency.objects.filter(pk__in=values)
        return {str(pk): name for pk, name in agencies.values_list("pk", "name")}

    def start_crumbs(self, upload: FocalPointList | None) -> list[tuple[object, str]]:
        return [
            (_("Administration"), reverse("admin:index")),
            (_("Focal points"), reverse(CHANGELIST)),
            (_("From a file"), reverse(f"{self.routes}_upload")),
        ]

    def facts(self, upload: FocalPointList) -> list[tuple[StrOrPromise, object]]:
        return []

    def onward(self, upload: FocalPointList) -> tuple[str, str]:
        if upload.new_accounts.exists():
            return _("Links for the new accounts"), self.url("links", upload.pk)
        return _("To the focal points"), reverse(CHANGELIST)

    def commit_label(self, count: int) -> str:
        text = ngettext("Appoint %(count)s person", "Appoint %(count)s people", count)
        return text % {"count": count}

    def saved_title(self) -> str:
        return _("The focal points are appointed")


def _agency(typed: str, named: NamedAgencies, chosen: str) -> NamedSubject:
    """Return the agency of the row: the only one of that name, or the chosen one."""
    if not typed:
        return NamedSubject()  # the field says that it is missing
    offered = {str(one.pk): one for one in named.agencies or named.likely}
    is_sole = len(named.agencies) == 1
    key = str(named.agencies[0].pk) if is_sole else chosen
    if key in offered:
        agency, candidates = offered[key], [] if is_sole else [*offered]
        if agency.why_closed():
            refusal: Remark = (TEXT, {"text": in_each_language(agency.why_closed)})
            return NamedSubject(key=key, candidates=candidates, problem=refusal)
        merged: Remark = ("merged", {"typed": typed, "agency": str(agency)})
        notes = [merged] if named.is_merged else []
        return NamedSubject(agency, key, candidates, notes=notes)
    if not offered:
        return NamedSubject(problem=("unknown_agency", {}))
    problem = "several_agencies" if named.agencies else "likely_agencies"
    return NamedSubject(
        candidates=[*offered],
        problem=(problem, {"name": typed}),
        question=f"agency {folded(typed)}",
    )
