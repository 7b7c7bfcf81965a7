"""One action with everything its page shows."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from desabinaan.accounts.access import Actor, may
from desabinaan.lib.workflow.seen import latest_event
from fgd.agencies.models import Agency
from fgd.plan.models import (
    Action,
    ActionEvent,
    ActionVillage,
    Evidence,
    ProgressUpdate,
    WaiverDecision,
)
from fgd.plan.permissions import Conflict, verification_conflict
from fgd.plan.selectors.plan import WAITING
from fgd.plan.selectors.rights import (
    RolesAtPlace,
    decidable_waivers,
    may_act_for_lead,
    may_open_evidence,
    may_report,
    may_settle,
    roles_at,
    waiver_deciders,
)
from fgd.plan.workflow import CLOSED, village_steps
from fgd.sessions.models import Session
from villages.register.models import Designation


@dataclass(frozen=True, slots=True)
class Rights:
    """What the user may do with the action in its current state."""

    report: bool
    report_done: bool
    verify: bool
    send_back: bool
    cancel: bool
    add_evidence: bool
    see_evidence: bool
    open_evidence: bool
    all_evidence: bool
    withdraw: bool


@dataclass(frozen=True, slots=True)
class ActionDetail:
    """An action, what belongs to it, and what the user may do with it.

    `settleable_ids`: rows in `places` whose state the user may set; `decidable_ids`:
    those whose requested waiver the user may grant or decline; `deciders`: the
    offices that do, if one waits; `conflict`: why a user who verifies actions may not
    verify this one.
    """

    action: Action
    rights: Rights
    places: list[ActionVillage]
    supporters: list[Agency]
    updates: list[ProgressUpdate]
    evidence: list[Evidence]
    settleable_ids: set[int] = field(default_factory=set)
    decidable_ids: set[int] = field(default_factory=set)
    deciders: list[str] = field(default_factory=list)
    conflict: Conflict = ""

    @property
    def loose_evidence(self) -> list[Evidence]:
        """Evidence that was added without a progress report."""
        return [evidence for evidence in self.evidence if evidence.update_id is None]

    def evidence_of(self, update: ProgressUpdate) -> list[Evidence]:
        return [
            evidence for evidence in self.evidence if evidence.update_id == update.pk
        ]


def visible_actions(user: Actor) -> QuerySet[Action]:
    """Return the visible actions with the related rows that their page shows."""
    session_is_visible = Session.objects.visible_to(user).filter(pk=OuterRef("session"))
    return (
        Action.objects.visible_to(user)
        .select_related(
            "recommendation",
            "session",
            "office",
            "lead_agency__office",
            "reported_by",
            "verified_by",
        )
        .defer("session__search")
        .annotate(
            session_is_visible=Exists(session_is_visible),
            latest_event=latest_event(ActionEvent.objects, "action"),
        )
    )


def visible_action(user: Actor, pk: int) -> Action:
    """Return the action, or 404 when it is not visible to `user`."""
    return get_object_or_404(visible_actions(user), pk=pk)


def action_detail_for(action: Action, user: Actor) -> ActionDetail:
    place_roles = roles_at(action, user)
    places = _places(action)
    conflict = _conflict(action, user, place_roles)
    rights = _rights(action, user, place_roles, conflict)
    moving = action.is_agreed and action.status in WAITING
    updates = action.progress_updates.select_related("agency", "village", "reported_by")
    evidence = Evidence.objects.visible_to(user).filter(action=action)
    return ActionDetail(
        action=action,
        rights=rights,
        places=places,
        supporters=list(Agency.objects.filter(supports__action=action)),
        updates=list(updates.defer("village__search", "village__profile")),
        evidence=list(
            evidence.select_related("uploaded_by", "withdrawn_by", "village")
            .defer("village__search", "village__profile")
            .order_by("id")
        ),
        settleable_ids={
            place.pk
            for place in places
            if moving
            and village_steps(place, for_lead=rights.report_done)
            and may_settle(user, action, place.village, place_roles)
        },
        decidable_ids=(
            decidable_waivers(user, action, places, place_roles) if moving else set()
        ),
        deciders=waiver_deciders(action, places) if moving else [],
        conflict=conflict,
    )


def _conflict(action: Action, user: Actor, place_roles: RolesAtPlace) -> Conflict:
    """Return why a verifier may not verify what is reported; "" for all others."""
    reported = action.is_agreed and action.status == Action.Status.REPORTED_DONE
    if reported and may(user, "action.verify", place_roles):
        return verification_conflict(user, action)
    return ""


def _rights(
    action: Action, user: Actor, place_roles: RolesAtPlace, conflict: Conflict
) -> Rights:
    state = action.status if action.is_agreed else ""
    moving, reported = state in WAITING, state == Action.Status.REPORTED_DONE
    changeable = action.is_agreed and state not in CLOSED
    opens = may_open_evidence(user, place_roles)
    checks = reported and may(user, "action.verify", place_roles)
    return Rights(
        report=moving and may_report(user, action, place_roles),
        report_done=moving and may_act_for_lead(user, action, place_roles),
        verify=checks and not conflict,
        send_back=checks,
        cancel=moving and may(user, "action.cancel", place_roles),
        add_evidence=changeable and may(user, "evidence.add", place_roles),
        see_evidence=opens or may(user, "evidence.list", place_roles),
        open_evidence=opens,
        all_evidence=not opens or may(user, "evidence.view", place_roles),
        withdraw=moving and may(user, "evidence.withdraw", place_roles),
    )


def places_of(action: Action) -> QuerySet[ActionVillage]:
    rows = action.action_villages.select_related(
        "village", "requested_by", "decided_by", "changed_by"
    )
    decisions = WaiverDecision.objects.select_related("requested_by", "decided_by")
    rows = rows.prefetch_related(Prefetch("decisions", decisions))
    return rows.defer("village__search", "village__profile", "village__access_note")


def _places(action: Action) -> list[ActionVillage]:
    """Return the villages of the action with the number of their decree."""
    decree = Designation.objects.filter(
        village_id=OuterRef("village_id"), verb=Designation.Verb.DESIGNATE
    ).order_by("-decree_date", "-id")
    rows = places_of(action).annotate(
        decree_number=Subquery(decree.values("decree_number")[:1])
    )
    return list(rows.order_by("village__name_folded", "id"))
