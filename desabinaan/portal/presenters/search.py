"""Search results by section: villages, sessions, actions, agencies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor
from desabinaan.portal.presenters.tasks import filtered
from desabinaan.portal.selectors.search import (
    actions_matching,
    agencies_matching,
    sessions_matching,
    villages_matching,
)
from fgd.agencies.models import Agency
from fgd.agencies.permissions import has_capability_anywhere
from fgd.plan.models import Action
from fgd.plan.presenters.states import short_state_badge
from fgd.sessions.models import Session
from fgd.sessions.workflow import SESSION_BADGE_STYLES
from villages.register.models import Village
from villages.register.workflow import VILLAGE_BADGE_STYLES

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result; without a `badge_style` it has no state."""

    title: str
    url: str
    hint: str
    badge_style: str = ""
    state: StrOrPromise = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one section, at most SHOWN; `all_url` lists all of them."""

    title: StrOrPromise
    icon: str
    hits: Sequence[Hit]
    all_url: str
    are_more: bool


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A part of the portal to search: who may, which rows, how one is shown."""

    title: StrOrPromise
    icon: str
    capability: str
    rows: Callable[[Actor, str], QuerySet[Any]]
    to_hit: Callable[[Any], Hit]
    all_url: Callable[[str], str]


def may_search(user: Actor) -> bool:
    return any(
        has_capability_anywhere(user, section.capability) for section in SEARCH_SECTIONS
    )


def groups_for(user: Actor, typed: str) -> list[Group]:
    """Return the results of each section open to `user`; one query each."""
    return [
        _group(section, user, typed)
        for section in SEARCH_SECTIONS
        if has_capability_anywhere(user, section.capability)
    ]


def _group(section: SearchSection, user: Actor, typed: str) -> Group:
    found = list(section.rows(user, typed)[: SHOWN + 1])
    return Group(
        title=section.title,
        icon=section.icon,
        hits=[section.to_hit(row) for row in found[:SHOWN]],
        all_url=section.all_url(typed),
        are_more=len(found) > SHOWN,
    )


# --- The sections ------------------------------------------------------------


def _village(village: Village) -> Hit:
    return Hit(
        title=str(village),
        url=reverse("portal:village_overview", kwargs={"code": village.code}),
        hint=f"{village.code} · {village.regency_name}",
        badge_style=VILLAGE_BADGE_STYLES[Village.Status(village.status)],
        state=village.get_status_display(),
    )


def _session(session: Session) -> Hit:
    day = date_format(session.first_day, "DATE_FORMAT")
    return Hit(
        title=session.theme,
        url=reverse("sessions:session_detail", kwargs={"pk": session.pk}),
        hint=f"{day} · {session.office} · {session.venue}",
        badge_style=SESSION_BADGE_STYLES[Session.Status(session.status)],
        state=session.get_status_display(),
    )


def _action(action: Action) -> Hit:
    day = date_format(action.due_on, "DATE_FORMAT")
    state = short_state_badge(action, _("overdue"))
    return Hit(
        title=action.title,
        url=reverse("plan:action_detail", kwargs={"pk": action.pk}),
        hint=f"{action.reference} · {action.lead_agency} · "
        + _("due %(day)s") % {"day": day},
        badge_style=state.badge_style,
        state=str(state.label),
    )


def _agency(agency: Agency) -> Hit:
    return Hit(
        title=agency.short_name,
        url=filtered("agencies:agency_list", cari=agency.short_name),
        hint=" · ".join(filter(None, (agency.name, agency.hotline))),
    )


SEARCH_SECTIONS = (
    SearchSection(
        gettext_lazy("Villages"),
        "map-pin",
        "village.view",
        villages_matching,
        _village,
        lambda typed: filtered("register:village_list", q=typed),
    ),
    SearchSection(
        gettext_lazy("FGD sessions"),
        "users",
        "session.view_final",
        sessions_matching,
        _session,
        lambda typed: filtered("sessions:session_list", cari=typed),
    ),
    SearchSection(
        gettext_lazy("Action plan"),
        "list-checks",
        "action.view",
        actions_matching,
        _action,
        lambda typed: filtered("plan:action_list", q=typed),
    ),
    SearchSection(
        gettext_lazy("Agencies"),
        "landmark",
        "agency.look_up",
        agencies_matching,
        _agency,
        lambda typed: filtered("agencies:agency_list", cari=typed),
    ),
)
