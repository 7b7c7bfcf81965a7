"""Everything the page of one action tells."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, may
from desabinaan.lib.transitions import IllegalTransition, step
from fgd import parties
from fgd.models import Action, ActionVillage, Agency, Session
from fgd.workflow import ACTION
from reports.followup.models import Evidence, ProgressUpdate
from reports.followup.selectors.plan import WAITING
from villages.models import Designation

CLOSED = frozenset({Action.Status.VERIFIED_DONE, Action.Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class Rights:
    """What the user may do with this action in its present state."""

    report: bool
    report_done: bool
    verify: bool
    cancel: bool
    add_evidence: bool
    see_evidence: bool
    open_evidence: bool
    withdraw: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    action: Action
    rights: Rights
    places: list[ActionVillage]
    supporters: list[Agency]
    updates: list[ProgressUpdate]
    evidence: list[Evidence]
    settled_by_me: set[int] = field(default_factory=set)

    @property
    def loose_evidence(self) -> list[Evidence]:
        """Evidence that came by itself, without a progress report."""
        return [piece for piece in self.evidence if piece.update_id is None]

    def evidence_of(self, update: ProgressUpdate) -> list[Evidence]:
        return [piece for piece in self.evidence if piece.update_id == update.pk]


def visible_actions(user: Actor) -> QuerySet[Action]:
    """The actions in sight with what their page needs of other tables."""
    session_in_sight = Session.objects.visible_to(user).filter(pk=OuterRef("session"))
    return (
        Action.objects.visible_to(user)
        .select_related(
            "recommendation",
            "session",
            "office",
            "lead_agency",
            "reported_by",
            "verified_by",
        )
        .defer("session__search")
        .annotate(session_in_sight=Exists(session_in_sight))
    )


def visible_action(user: Actor, pk: int) -> Action:
    """The action; 404 when out of sight."""
    return get_object_or_404(visible_actions(user), pk=pk)


def dossier(action: Action, user: Actor) -> Dossier:
    here = parties.held_at(action, user)
    places = _places(action)
    rights = _rights(action, user, here)
    return Dossier(
        action=action,
        rights=rights,
        places=places,
        supporters=list(Agency.objects.filter(supports__action=action)),
        updates=_updates(action),
        evidence=_evidence(action) if rights.see_evidence else [],
        settled_by_me={
            place.pk
            for place in places
            if action.is_agreed
            and action.status in WAITING
            and parties.may_settle(user, action, place.village, here)
        },
    )


def _rights(action: Action, user: Actor, here: parties.Held) -> Rights:
    state = action.status if action.is_agreed else ""
    moving, reported = state in WAITING, state == Action.Status.REPORTED_DONE
    changeable = action.is_agreed and state not in CLOSED
    opens = may(user, "evidence.view", here)
    return Rights(
        report=moving and parties.may_report(user, action, here),
        report_done=moving and parties.may_report_done(user, action, here),
        verify=reported and may(user, "action.verify", here),
        cancel=moving and may(user, "action.cancel", here),
        add_evidence=changeable and may(user, "evidence.add", here),
        see_evidence=opens or may(user, "evidence.list", here),
        open_evidence=opens,
        withdraw=moving and may(user, "evidence.withdraw", here),
    )


def places_of(action: Action) -> QuerySet[ActionVillage]:
    rows = action.action_villages.select_related("village")
    return rows.defer("village__search", "village__profile", "village__access_note")


def _places(action: Action) -> list[ActionVillage]:
    """The action's villages, each knowing the decree that designated it."""
    decree = Designation.objects.filter(
        village_id=OuterRef("village_id"), verb=Designation.Verb.DESIGNATE
    ).order_by("-decree_date", "-id")
    rows = places_of(action).annotate(
        decree_number=Subquery(decree.values("decree_number")[:1])
    )
    return list(rows.order_by("village__name", "id"))


def _updates(action: Action) -> list[ProgressUpdate]:
    rows = action.progress_updates.select_related("agency", "village", "reported_by")
    return list(rows.defer("village__search", "village__profile"))


def _evidence(action: Action) -> list[Evidence]:
    rows = action.evidence.select_related("uploaded_by", "withdrawn_by")
    return list(rows.order_by("id"))


# --- Not now -----------------------------------------------------------------


def refuse_unless_moving(action: Action) -> None:
    """IllegalTransition unless progress can be told: agreed, and not yet done."""
    _refuse_unagreed(action)
    step(ACTION, "report_done", action.status)


def refuse_incomplete(action: Action) -> None:
    """IllegalTransition while it cannot be reported done yet."""
    refuse_unless_moving(action)
    if not action.evidence_count:
        raise IllegalTransition(_("Add evidence before you report it done."))
    if action.villages_open:
        raise IllegalTransition(
            _(
                "Some villages are still open. Mark each as done, "
                "or waive it with a reason."
            )
        )


def refuse_closed(action: Action) -> None:
    """IllegalTransition when no evidence can be added any more."""
    _refuse_unagreed(action)
    if action.status in CLOSED:
        raise IllegalTransition(
            _("This action is closed. Its evidence stays as it is.")
        )


def _refuse_unagreed(action: Action) -> None:
    if not action.is_agreed:
        raise IllegalTransition(
            _("This action is not agreed yet. Finalise the minutes of its FGD first.")
        )
