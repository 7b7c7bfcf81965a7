"""One word looked for in every room: villages, sessions, actions, agencies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor
from fgd.models import Action, Agency, Session
from fgd.selectors.agencies import agency_rows
from fgd.standing import may_somewhere
from fgd.workflow import ACTION_TONES, SESSION_TONES
from reports.followup.selectors.plan import actions_in_plan
from reports.recap.selectors.tasks import filtered
from villages.models import Village
from villages.selectors.search import ranked_villages
from villages.workflow import VILLAGE_TONES

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One row found; without `tone` it has no state to tell."""

    title: str
    url: str
    hint: str
    tone: str = ""
    state: StrOrPromise = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What one room found, at most SHOWN; `all_url` is its list, narrowed alike."""

    title: StrOrPromise
    icon: str
    hits: Sequence[Hit]
    all_url: str
    are_more: bool


@dataclass(frozen=True, slots=True)
class Room:
    """Where to look, who may, and how a row is told."""

    title: StrOrPromise
    icon: str
    capability: str
    rows: Callable[[Actor, str], QuerySet[Any]]
    told: Callable[[Any], Hit]
    all_url: Callable[[str], str]


def may_search(user: Actor) -> bool:
    return any(may_somewhere(user, room.capability) for room in ROOMS)


def groups_for(user: Actor, typed: str) -> list[Group]:
    """What is found in the rooms open to `user`; one query each."""
    return [
        _group(room, user, typed)
        for room in ROOMS
        if may_somewhere(user, room.capability)
    ]


def _group(room: Room, user: Actor, typed: str) -> Group:
    found = list(room.rows(user, typed)[: SHOWN + 1])
    return Group(
        title=room.title,
        icon=room.icon,
        hits=[room.told(row) for row in found[:SHOWN]],
        all_url=room.all_url(typed),
        are_more=len(found) > SHOWN,
    )


# --- The rooms ---------------------------------------------------------------


def _villages(user: Actor, typed: str) -> QuerySet[Village]:
    scope = Village.objects.visible_to(user).select_related("region").defer("search")
    return ranked_villages(typed, scope)


def _village(village: Village) -> Hit:
    return Hit(
        title=str(village),
        url=reverse("recap:village_overview", kwargs={"code": village.code}),
        hint=f"{village.code} · {village.regency_name}",
        tone=VILLAGE_TONES[Village.Status(village.status)],
        state=village.get_status_display(),
    )


def _sessions(user: Actor, typed: str) -> QuerySet[Session]:
    rows = Session.objects.visible_to(user).matching(typed).select_related("office")
    return rows.defer("search", "purpose").order_by("-starts_at", "-id")


def _session(session: Session) -> Hit:
    day = date_format(localtime(session.starts_at), "DATE_FORMAT")
    return Hit(
        title=session.theme,
        url=reverse("fgd:session_detail", kwargs={"pk": session.pk}),
        hint=f"{day} · {session.office} · {session.venue}",
        tone=SESSION_TONES[Session.Status(session.status)],
        state=session.get_status_display(),
    )


def _actions(user: Actor, typed: str) -> QuerySet[Action]:
    rows = actions_in_plan(user).matching(typed).select_related("lead_agency")
    return rows.defer("search", "lead_agency__search").order_by("-due_on", "-id")


def _action(action: Action) -> Hit:
    day = date_format(action.due_on, "DATE_FORMAT")
    is_late = action.is_overdue()
    return Hit(
        title=action.title,
        url=reverse("followup:action_detail", kwargs={"pk": action.pk}),
        hint=f"{action.reference} · {action.lead_agency} · "
        + _("due %(day)s") % {"day": day},
        tone="late" if is_late else ACTION_TONES[Action.Status(action.status)],
        state=_("overdue") if is_late else action.get_status_display(),
    )


def _agencies(user: Actor, typed: str) -> QuerySet[Agency]:
    return agency_rows(user, typed).prefetch_related(None).defer("search")


def _agency(agency: Agency) -> Hit:
    return Hit(
        title=agency.short_name,
        url=filtered("fgd:agency_list", cari=agency.short_name),
        hint=" · ".join(filter(None, (agency.name, agency.hotline))),
    )


ROOMS = (
    Room(
        gettext_lazy("Villages"),
        "map-pin",
        "village.view",
        _villages,
        _village,
        lambda typed: filtered("villages:village_list", q=typed),
    ),
    Room(
        gettext_lazy("FGD sessions"),
        "users",
        "session.view_final",
        _sessions,
        _session,
        lambda typed: filtered("fgd:session_list", cari=typed),
    ),
    Room(
        gettext_lazy("Action plan"),
        "list-checks",
        "action.view",
        _actions,
        _action,
        lambda typed: filtered("followup:action_list", q=typed),
    ),
    Room(
        gettext_lazy("Agencies"),
        "landmark",
        "agency.look_up",
        _agencies,
        _agency,
        lambda typed: filtered("fgd:agency_list", cari=typed),
    ),
)
