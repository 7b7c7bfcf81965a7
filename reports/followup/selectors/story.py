"""The story of one action, as the components of its page take it."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.accounts.access import Actor, may
from desabinaan.lib.timeline import Month, by_month
from fgd.models import Action, ActionVillage
from fgd.selectors.timelines import timeline_of_action
from fgd.workflow import ACTION_TONES
from reports.followup.models import Evidence, ProgressUpdate
from reports.followup.selectors.dossier import Dossier
from reports.followup.selectors.plan import WAITING
from villages.models import Village

PLACE_TONES = {
    ActionVillage.Status.PENDING: "waiting",
    ActionVillage.Status.DONE: "done",
    ActionVillage.Status.WAIVED: "quiet",
}


def tone_of(action: Action) -> str:
    return ACTION_TONES[Action.Status(action.status)]


def months_of(action: Action) -> list[Month]:
    return by_month(timeline_of_action(action))


# --- Facts, villages, progress -----------------------------------------------


def facts(told: Dossier) -> list[tuple[str, object]]:
    """What one wants to know first."""
    action = told.action
    return [
        (_("Lead agency"), action.lead_agency.name),
        (_("Due"), date_format(action.due_on, "DATE_FORMAT")),
        (_("Indicator"), action.indicator),
    ]


def details(told: Dossier) -> list[tuple[str, object]]:
    action = told.action
    return [
        (_("Supported by"), ", ".join(str(one) for one in told.supporters)),
        (_("Pillar"), action.get_pillar_display()),
        (_("Source of funds"), action.funding),
        (_("Host of the FGD"), str(action.office)),
    ]


def places(told: Dossier) -> list[dict[str, Any]]:
    """The villages with their state, and where to settle those one may."""
    return [
        {
            "label": str(place.village),
            "tone": PLACE_TONES[ActionVillage.Status(place.status)],
            "state": place.get_status_display(),
            "reason": place.reason,
            "settle_url": _settle_address(told, place),
        }
        for place in told.places
    ]


def _settle_address(told: Dossier, place: ActionVillage) -> str:
    if place.pk not in told.settled_by_me:
        return ""
    keys = {"pk": told.action.pk, "village_pk": place.village_id}
    return reverse("followup:village_settle", kwargs=keys)


def updates(told: Dossier) -> list[dict[str, Any]]:
    """Progress, the newest first, each with the evidence that came with it."""
    return [
        {
            "update": update,
            "party": str(update.agency or update.village),
            "late_entry": _late_entry(update),
            "evidence": [pieces(told, one) for one in told.evidence_of(update)],
        }
        for update in told.updates
    ]


def _late_entry(update: ProgressUpdate) -> bool:
    return localdate(update.recorded_at) != update.occurred_on


def loose_evidence(told: Dossier) -> list[dict[str, Any]]:
    return [pieces(told, one) for one in told.loose_evidence]


def pieces(told: Dossier, piece: Evidence) -> dict[str, Any]:
    """One piece of evidence; without an address where only its title may be read."""
    stands, rights = piece.withdrawn_at is None, told.rights
    keys = {"pk": piece.pk}
    opens, withdraws = stands and rights.open_evidence, stands and rights.withdraw
    return {
        "piece": piece,
        "stands": stands,
        "kind": "PDF" if piece.content_type == "application/pdf" else _("photo"),
        "url": reverse("followup:evidence_file", kwargs=keys) if opens else "",
        "withdraw_url": (
            reverse("followup:evidence_withdraw", kwargs=keys) if withdraws else ""
        ),
    }


# --- What is still missing ---------------------------------------------------


def missing(told: Dossier) -> list[str]:
    """What stands between the action and "reported done", in sentences."""
    action = told.action
    if not action.is_agreed or action.status not in WAITING:
        return []
    gaps = []
    if not action.evidence_count:
        gaps.append(_("Evidence: add at least one photo or document."))
    if action.villages_open:
        names = [
            place.village.name
            for place in told.places
            if place.status == ActionVillage.Status.PENDING
        ]
        gaps.append(
            ngettext(
                "One village is still open: %(names)s.",
                "%(count)d villages are still open: %(names)s.",
                len(names),
            )
            % {"count": len(names), "names": ", ".join(names)}
        )
    return gaps


# --- The chain ---------------------------------------------------------------


def chain(told: Dossier, user: Actor) -> list[dict[str, object]]:
    """Decree, session, recommendation, action, evidence: for components/chain.html."""
    action = told.action
    return [
        _decree_step(told, user),
        _session_step(action),
        _recommendation_step(action),
        {
            "label": action.reference,
            "sub": str(action.get_status_display()),
            "url": None,
            "state": "current",
        },
        {
            "label": _("Evidence"),
            "sub": ngettext(
                "%(count)d piece", "%(count)d pieces", action.evidence_count
            )
            % {"count": action.evidence_count},
            "url": "#evidence" if told.rights.see_evidence else None,
            "state": "done" if action.evidence_count else "todo",
        },
    ]


def _decree_step(told: Dossier, user: Actor) -> dict[str, object]:
    decreed = [place for place in told.places if place.decree_number]  # type: ignore[attr-defined]
    if not decreed:
        return {"label": _("Decree"), "sub": "", "url": None, "state": "todo"}
    if len(decreed) > 1:
        count = len(decreed)
        sub = ngettext("%(count)d village", "%(count)d villages", count)
        return {
            "label": _("Decree"),
            "sub": sub % {"count": count},
            "url": None,
            "state": "done",
        }
    village = decreed[0].village
    return {
        "label": decreed[0].decree_number,  # type: ignore[attr-defined]
        "sub": str(village),
        "url": _decrees_of(village) if may(user, "village.view", village) else None,
        "state": "done",
    }


def _decrees_of(village: Village) -> str:
    return reverse("villages:village_designations", kwargs={"code": village.code})


def _session_step(action: Action) -> dict[str, object]:
    day = date_format(localdate(action.session.starts_at), "DATE_FORMAT")
    return {
        "label": _("FGD of %(day)s") % {"day": day},
        "sub": action.session.theme,
        "url": _session_address(action, "fgd:session_detail"),
        "state": "done",
    }


def _recommendation_step(action: Action) -> dict[str, object]:
    number = action.recommendation.number
    return {
        "label": _("Recommendation %(number)d") % {"number": number},
        "sub": action.recommendation.text,
        "url": _session_address(action, "fgd:session_agreements"),
        "state": "done",
    }


def _session_address(action: Action, url_name: str) -> str | None:
    if not getattr(action, "session_in_sight", False):
        return None
    return reverse(url_name, kwargs={"pk": action.session_id})
