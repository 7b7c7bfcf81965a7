"""One action as the components of its page show it."""

from collections.abc import Iterator, Set
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor, may
from desabinaan.lib.web.timeline import TimelineMonth, by_month
from fgd.plan.models import Action, ActionVillage, Evidence
from fgd.plan.presenters.states import state_badge
from fgd.plan.presenters.timelines import timeline_of_action
from fgd.plan.selectors.details import ActionDetail
from fgd.plan.selectors.plan import WAITING

_V = ActionVillage.Status
ACTION_VILLAGE_BADGE_STYLES = {
    _V.PENDING: "waiting",
    _V.WAIVER_REQUESTED: "waiting",
    _V.DONE: "done",
    _V.WAIVED: "quiet",
}

CONFLICTS: dict[str, StrOrPromise] = {
    "": "",
    "own_report": gettext_lazy(
        "You reported this action done, so a colleague verifies it."
    ),
    "own_entry": gettext_lazy(
        "You entered part of what is reported here, so a colleague verifies it."
    ),
    "own_office": gettext_lazy(
        "Your own office takes part in this action. Another office verifies it."
    ),
    "unlinked": gettext_lazy(
        "The lead agency is not linked to its immigration office, so nobody can verify "
        "it. Ask the administrator to link it."
    ),
}


def contents_of(detail: ActionDetail) -> dict[str, Any]:
    """Return what plan/_contents.html shows: villages, progress and evidence."""
    return {
        "action": detail.action,
        "rights": detail.rights,
        "facts": facts(detail),
        "places": places(detail),
        "updates": updates(detail),
        "loose_evidence": loose_evidence(detail),
        "has_evidence": bool(detail.evidence),
    }


def months_of(action: Action) -> list[TimelineMonth]:
    return by_month(timeline_of_action(action))


# --- Facts, villages, progress -----------------------------------------------


def facts(detail: ActionDetail) -> list[tuple[str, object]]:
    """Return the facts shown at the top of the page."""
    action = detail.action
    return [
        (_("Lead agency"), action.lead_agency.name),
        (_("Due"), date_format(action.due_on, "DATE_FORMAT")),
        (_("Indicator"), action.indicator),
    ]


def details(detail: ActionDetail) -> list[tuple[str, object]]:
    action = detail.action
    return [
        (_("Supported by"), ", ".join(str(one) for one in detail.supporters)),
        (_("Pillar"), action.get_pillar_display()),
        (_("Source of funds"), action.funding),
        (_("Host of the FGD"), str(action.office)),
    ]


def places(detail: ActionDetail) -> list[dict[str, Any]]:
    """Return the villages with their state, their waiver, and what the user may do."""
    return [
        {
            "label": str(place.village),
            "badge_style": ACTION_VILLAGE_BADGE_STYLES[_V(place.status)],
            "state": place.get_status_display(),
            "place": place,
            "waits_for": detail.deciders if _waits_for_others(place, detail) else [],
            "settle_label": _settle_label(place, detail),
            "settle_url": _village_url(
                detail, place, "plan:village_settle", detail.settleable_ids
            ),
            "decide_url": _village_url(
                detail, place, "plan:waiver_decide", detail.decidable_ids
            ),
        }
        for place in detail.places
    ]


def _waits_for_others(place: ActionVillage, detail: ActionDetail) -> bool:
    """Return whether somebody else decides: who may do it reads the button instead."""
    return place.waits and place.pk not in detail.decidable_ids


def _settle_label(place: ActionVillage, detail: ActionDetail) -> str:
    if place.waits and detail.rights.report_done:
        return _("Correct or withdraw the request")
    return _("Done here after all") if place.waits else _("Settle")


def _village_url(
    detail: ActionDetail, place: ActionVillage, url_name: str, ids: Set[int]
) -> str:
    keys = {"pk": detail.action.pk, "village_pk": place.village_id}
    return reverse(url_name, kwargs=keys) if place.pk in ids else ""


def updates(detail: ActionDetail) -> list[dict[str, Any]]:
    """Return the progress, the newest first, each with its evidence."""
    return [
        {
            "update": update,
            "party": str(update.agency or update.village),
            "is_part": not update.is_about_action(detail.action),
            "late_entry": localdate(update.recorded_at) != update.occurred_on,
            "evidence": [
                evidence_row(detail, one) for one in detail.evidence_of(update)
            ],
        }
        for update in detail.updates
    ]


def loose_evidence(detail: ActionDetail) -> list[dict[str, Any]]:
    return [evidence_row(detail, one) for one in detail.loose_evidence]


def evidence_row(detail: ActionDetail, evidence: Evidence) -> dict[str, Any]:
    """Return one evidence file; without a URL if only its title may be read."""
    counts, rights = evidence.withdrawn_at is None, detail.rights
    keys = {"pk": evidence.pk}
    opens, withdraws = counts and rights.open_evidence, counts and rights.withdraw
    return {
        "evidence": evidence,
        "counts": counts,
        "kind": "PDF" if evidence.content_type == "application/pdf" else _("photo"),
        "url": reverse("plan:evidence_file", kwargs=keys) if opens else "",
        "withdraw_url": (
            reverse("plan:evidence_withdraw", kwargs=keys) if withdraws else ""
        ),
    }


# --- What is still missing ---------------------------------------------------


def missing(detail: ActionDetail) -> list[str]:
    """Return sentences on what is missing before it can be reported done."""
    action = detail.action
    if not action.is_agreed or action.status not in WAITING:
        return []
    gaps = []
    if action.return_reason:
        sentence = _(
            "Something new of the lead agency after the return: progress or evidence."
        )
        gaps.append(sentence)
    if not action.evidence_count:
        gaps.append(_("Evidence: add at least one photo or document."))
    if action.villages_open:
        gaps += _open_villages(detail)
    return gaps


def _open_villages(detail: ActionDetail) -> Iterator[str]:
    """Yield which villages are to be settled, and which wait for a decision."""
    waiting = [
        one.village.name for one in detail.places if _waits_for_others(one, detail)
    ]
    names = [one.village.name for one in detail.places if one.status == _V.PENDING]
    if names:
        yield ngettext(
            "One village is still open: %(names)s.",
            "%(count)d villages are still open: %(names)s.",
            len(names),
        ) % {"count": len(names), "names": ", ".join(names)}
    if waiting:
        text = _("Waiting for %(offices)s to decide about a waiver: %(names)s.")
        offices = ", ".join(detail.deciders)
        yield text % {"offices": offices, "names": ", ".join(waiting)}


# --- Stepper -----------------------------------------------------------------


def stepper(detail: ActionDetail, user: Actor) -> list[dict[str, object]]:
    """Return the steps from decree to evidence, for components/stepper.html."""
    action = detail.action
    return [
        _decree_step(detail, user),
        _session_step(action),
        _recommendation_step(action),
        {
            "label": action.reference,
            "sub": str(state_badge(action).label),
            "url": None,
            "state": "current",
        },
        {
            "label": _("Evidence"),
            "sub": ngettext("%(count)d file", "%(count)d files", action.evidence_count)
            % {"count": action.evidence_count},
            "url": "#evidence" if detail.rights.see_evidence else None,
            "state": "done" if action.evidence_count else "todo",
        },
    ]


def _decree_step(detail: ActionDetail, user: Actor) -> dict[str, object]:
    decreed = [place for place in detail.places if place.decree_number]  # type: ignore[attr-defined]
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
    url = reverse("register:village_designations", kwargs={"code": village.code})
    return {
        "label": decreed[0].decree_number,  # type: ignore[attr-defined]
        "sub": str(village),
        "url": url if may(user, "village.view", village) else None,
        "state": "done",
    }


def _session_step(action: Action) -> dict[str, object]:
    day = date_format(localdate(action.session.starts_at), "DATE_FORMAT")
    return {
        "label": _("FGD of %(day)s") % {"day": day},
        "sub": action.session.theme,
        "url": _session_url(action, "sessions:session_detail"),
        "state": "done",
    }


def _recommendation_step(action: Action) -> dict[str, object]:
    number = action.recommendation.number
    return {
        "label": _("Recommendation %(number)d") % {"number": number},
        "sub": action.recommendation.text,
        "url": _session_url(action, "plan:session_agreements"),
        "state": "done",
    }


def _session_url(action: Action, url_name: str) -> str | None:
    if not getattr(action, "session_is_visible", False):
        return None
    return reverse(url_name, kwargs={"pk": action.session_id})
