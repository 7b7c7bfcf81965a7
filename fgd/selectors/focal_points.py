"""A list of people who are to speak for agencies, compared with who does already.

However long the list is, it takes the same number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.lib.workbooks import folded
from fgd.models import Action, ActionSupport, Agency, FocalPoint, Invitation, Session
from villages.models import AccountRequest
from villages.selectors.namesakes import (
    can_be_reached_alike,
    folded_name,
    people_like,
    shared_by,
    standing_twice,
    told_waiting,
)

#: ids of a user and of an agency
Post: TypeAlias = tuple[int, int]


#: folded name -> the agencies that bear it, by id
Names: TypeAlias = Mapping[str, Mapping[int, Agency]]
MOST_SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Named:
    """The agencies an entry may mean; the names of some that hold its words if none."""

    agencies: tuple[Agency, ...] = ()
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row that could be read: who, for which agency, from which day on."""

    agency: Agency
    name: str
    position: str
    username: str
    email: str
    phone: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Sight:
    """How much an agency's focal point sees: sessions, actions led, and supported."""

    sessions: int = 0
    led: int = 0
    supported: int = 0


@dataclass(slots=True)
class Finding:
    """What is known about a row; it is new unless one of these says otherwise.

    `account` is the one that this person has already: it is used as it is.
    """

    wanted: Wanted
    account: User | None = None
    there: str = ""
    clashes: list[str] = field(default_factory=list)
    held_by: list[str] = field(default_factory=list)
    sight: Sight = Sight()

    @property
    def keeps_address(self) -> bool:
        """Whether the list names an address that is not the account's."""
        typed, held = self.wanted.email, self.account.email if self.account else ""
        return bool(self.account and typed and typed.lower() != held.lower())


@dataclass(frozen=True, slots=True)
class _Known:
    """People who may be meant, and every term at these agencies, ended ones as well."""

    accounts: Sequence[User]
    asked: Sequence[AccountRequest]
    terms: Mapping[Post, Sequence[FocalPoint]]

    def serves(self, account: User, agency: Agency) -> bool:
        terms = self.terms.get((account.pk, agency.pk), ())
        return any(map(_is_running, terms))

    def serving(self, agency: Agency) -> list[str]:
        """The names of who speaks for the agency today, or will."""
        return [
            term.user.name
            for (_user, pk), terms in self.terms.items()
            for term in terms
            if pk == agency.pk and _is_running(term)
        ]


def compared(wanted: Sequence[Wanted], user: User) -> list[Finding]:
    """For each row who is there already, who clashes, and what there is to see."""
    known = _known(wanted)
    sights = sight_of({row.agency.pk for row in wanted})
    findings = []
    for number, row in enumerate(wanted):
        finding = Finding(row, sight=sights.get(row.agency.pk, Sight()))
        finding.held_by = known.serving(row.agency)
        _judge(finding, known, user)
        if not finding.there:
            finding.clashes += standing_twice(wanted[:number], row)
        findings.append(finding)
    return findings


def agencies_named(typed: Sequence[str]) -> list[Named]:
    """For each entry the agencies that bear this name, or else this short name.

    However it is spelt; of one that was merged, the agency it was merged into.
    """
    by_name: dict[str, dict[int, Agency]] = defaultdict(dict)
    by_short: dict[str, dict[int, Agency]] = defaultdict(dict)
    for row in Agency.objects.select_related("successor").order_by("pk"):
        heir = row.successor or row
        by_name[folded(row.name)][heir.pk] = heir
        by_short[folded(row.short_name)][heir.pk] = heir
    return [_named(folded(entry), by_name, by_short) for entry in typed]


def sight_of(agencies: Iterable[int]) -> dict[int, Sight]:
    """What a focal point of each agency sees, with what was of those merged into it."""
    ids = list(agencies)
    announced = Session.objects.announced()
    agreed = Action.objects.agreed()
    calls = Invitation.objects.filter(session__in=announced)
    helps = ActionSupport.objects.filter(action__in=agreed)
    sessions = _counted(calls, "agency", "session", ids)
    led = _counted(agreed, "lead_agency", "pk", ids)
    supported = _counted(helps, "agency", "action", ids)
    return {
        pk: Sight(sessions.get(pk, 0), led.get(pk, 0), supported.get(pk, 0))
        for pk in ids
    }


def posts_of(holders: Iterable[int]) -> dict[int, str]:
    """User id -> whose focal point, in Indonesian, for the slip."""
    points = FocalPoint.objects.filter(user__in=holders).select_related("agency")
    with override(User.Language.INDONESIAN):
        return {
            point.user_id: f"{Role.FOCAL_POINT.label}, {point.agency}"
            for point in points.order_by("pk")
        }


# --- Agencies by name --------------------------------------------------------


def _named(word: str, by_name: Names, by_short: Names) -> Named:
    if not word:
        return Named()
    if found := by_name.get(word) or by_short.get(word):
        return Named(tuple(found.values()))
    parts = set(word.split())
    like = {
        heir.pk: heir
        for names in (by_name, by_short)
        for name, heirs in names.items()
        if parts <= set(name.split())
        for heir in heirs.values()
    }
    return Named(similar=tuple(one.name for one in like.values())[:MOST_SIMILAR])


# --- Reading -----------------------------------------------------------------


def _known(wanted: Sequence[Wanted]) -> _Known:
    ids = {row.agency.pk for row in wanted}
    terms: dict[Post, list[FocalPoint]] = defaultdict(list)
    points = FocalPoint.objects.filter(agency__in=ids).select_related("user")
    for point in points.order_by("pk"):
        terms[point.user_id, point.agency_id].append(point)
    serving = Q(pk__in={user for user, _agency in terms})
    waiting = AccountRequest.objects.filter(status=AccountRequest.Status.REQUESTED)
    return _Known(
        accounts=list(people_like(User.objects.all(), wanted, serving).order_by("pk")),
        asked=list(people_like(waiting, wanted)),
        terms=terms,
    )


def _counted(
    rows: QuerySet[Any], agency: str, what: str, ids: Sequence[int]
) -> dict[int, int]:
    """Agency -> how many different ones, those of its predecessors among them."""
    family = Agency.objects.filter(Q(pk__in=ids) | Q(successor__in=ids)).order_by()
    mine = rows.order_by().filter(**{f"{agency}__in": family.values("pk")})
    heir = Coalesce(f"{agency}__successor_id", F(f"{agency}_id"))
    counts = (
        mine.annotate(heir=heir)
        .values("heir")
        .annotate(many=Count(what, distinct=True))
    )
    return dict(counts.values_list("heir", "many"))


# --- Comparing ---------------------------------------------------------------


def _judge(finding: Finding, known: _Known, user: User) -> None:
    row = finding.wanted
    same = next((one for one in known.accounts if _is_same(one, row, known)), None)
    finding.account = same
    if same is not None:
        _judge_terms(finding, known.terms.get((same.pk, row.agency.pk), []))
        if finding.there:
            return
        if same.pk == user.pk:
            text = _("Nobody grants a role to himself or herself.")
            finding.clashes.append(text)
        elif not same.is_active:
            finding.clashes.append(_("This account is closed. Open it first."))
    for other in known.accounts:
        taken = shared_by(other, row) if other is not same else ""
        if taken:
            words = {"what": taken, "name": f"{other.name} ({other.username})"}
            finding.clashes.append(_("%(what)s belongs to %(name)s.") % words)
    asked = [shared_by(one, row) for one in known.asked]
    finding.clashes += [told_waiting(taken) for taken in asked if taken]


def _is_same(account: User, row: Wanted, known: _Known) -> bool:
    """Whether the account is this person's: the name, and what only one person has.

    Of somebody who serves the agency already the name is enough, as it is for the
    user name and the address together.
    """
    same_name = folded_name(account.name) == folded_name(row.name)
    if same_name:
        return known.serves(account, row.agency) or bool(shared_by(account, row))
    return account.username == row.username and can_be_reached_alike(account, row)


def _judge_terms(finding: Finding, terms: Iterable[FocalPoint]) -> None:
    """There already, or a term that ended only after the day that is wanted."""
    for term in terms:
        if _is_running(term):
            text = _("Speaks for this agency already, as %(name)s.")
            finding.there = text % {"name": term.user.username}
        elif term.ends_on and term.ends_on >= finding.wanted.starts_on:
            text = _("Spoke for this agency until %(day)s already. Begin after that.")
            day = date_format(term.ends_on, "DATE_FORMAT")
            finding.clashes.append(text % {"day": day})


def _is_running(term: FocalPoint) -> bool:
    return term.ends_on is None or term.ends_on >= timezone.localdate()
