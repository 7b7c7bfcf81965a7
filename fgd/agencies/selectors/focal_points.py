"""A list of future focal points, compared with accounts and current terms.

The number of queries does not depend on the length of the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.lib.text.folding import without_case
from desabinaan.uploads.sheets.rows import Remark
from fgd.agencies.models import Agency, FocalPoint, FocalPointList
from villages.people.models import AccountRequest
from villages.people.selectors.duplicates import (
    can_be_reached_alike,
    identity_repeated,
    people_with_same_identity,
    shared_by,
)

#: ids of a user and of an agency
PersonAtAgency: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WantedFocalPoint:
    """One valid row of the list: a person, an agency and the first day."""

    agency: Agency
    name: str
    position: str
    username: str
    email: str
    phone: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class VisibleCounts:
    """Numbers of sessions and actions that a focal point of an agency sees."""

    sessions: int = 0
    led: int = 0
    supported: int = 0


@dataclass(slots=True)
class FocalPointFinding:
    """Result of comparing a row with existing accounts and terms.

    `account` is the existing account of the person, which is not changed; `there` says
    that the person is already a focal point; `clashes` are reasons for a refusal.
    """

    wanted: WantedFocalPoint
    account: User | None = None
    there: Remark | None = None
    clashes: list[Remark] = field(default_factory=list)
    current_holders: list[str] = field(default_factory=list)
    visible_counts: VisibleCounts = field(default_factory=VisibleCounts)

    @property
    def keeps_address(self) -> bool:
        """Whether the list has another e-mail address than the account."""
        typed, current = self.wanted.email, self.account.email if self.account else ""
        return bool(self.account and typed and typed.lower() != current.lower())

    @property
    def keeps_phone(self) -> bool:
        """Whether the list has another telephone number than the account."""
        typed = self.wanted.phone
        return bool(self.account and typed and typed != self.account.phone)


@dataclass(frozen=True, slots=True)
class _Known:
    """Possible accounts and requests, and all terms at these agencies."""

    accounts: Sequence[User]
    asked: Sequence[AccountRequest]
    terms: Mapping[PersonAtAgency, Sequence[FocalPoint]]

    def serves(self, account: User, agency: Agency) -> bool:
        terms = self.terms.get((account.pk, agency.pk), ())
        return any(map(_is_running, terms))

    def serving(self, agency: Agency) -> list[str]:
        """Return names of the current and future focal points of the agency."""
        return [
            term.user.name
            for (_user, pk), terms in self.terms.items()
            for term in terms
            if pk == agency.pk and _is_running(term)
        ]


def compared(wanted: Sequence[WantedFocalPoint], user: User) -> list[FocalPointFinding]:
    """Return for each row the existing account or term, and all clashes."""
    known = _known(wanted)
    findings = []
    for number, row in enumerate(wanted):
        finding = FocalPointFinding(row)
        finding.current_holders = known.serving(row.agency)
        _check_finding(finding, known, user)
        if not finding.there:
            finding.clashes += identity_repeated(wanted[:number], row)
        findings.append(finding)
    return findings


# --- Reading -----------------------------------------------------------------


def _known(wanted: Sequence[WantedFocalPoint]) -> _Known:
    ids = {row.agency.pk for row in wanted}
    terms: dict[PersonAtAgency, list[FocalPoint]] = defaultdict(list)
    points = FocalPoint.objects.filter(agency__in=ids).select_related("user")
    for point in points.order_by("pk"):
        terms[point.user_id, point.agency_id].append(point)
    serving = Q(pk__in={user for user, _agency in terms})
    waiting = AccountRequest.objects.filter(status=AccountRequest.Status.REQUESTED)
    return _Known(
        accounts=list(
            people_with_same_identity(User.objects.all(), wanted, serving).order_by(
                "pk"
            )
        ),
        asked=list(people_with_same_identity(waiting, wanted)),
        terms=terms,
    )


def accounts_never_used(upload: FocalPointList) -> QuerySet[User]:
    """Return the new accounts of the list with which nobody has signed in."""
    return upload.new_accounts.filter(is_active=True, last_login=None).order_by("pk")


def counted(
    rows: QuerySet[Any], agency: str, what: str, ids: Sequence[int]
) -> dict[int, int]:
    """Count distinct rows by agency, including those of merged agencies."""
    family = Agency.objects.filter(Q(pk__in=ids) | Q(successor__in=ids)).order_by()
    mine = rows.order_by().filter(**{f"{agency}__in": family.values("pk")})
    successor = Coalesce(f"{agency}__successor_id", F(f"{agency}_id"))
    counts = (
        mine.annotate(current=successor)
        .values("current")
        .annotate(many=Count(what, distinct=True))
    )
    return dict(counts.values_list("current", "many"))


# --- Comparing ---------------------------------------------------------------


def _check_finding(finding: FocalPointFinding, known: _Known, user: User) -> None:
    row = finding.wanted
    same = next((one for one in known.accounts if _is_same(one, row, known)), None)
    finding.account = same
    if same is not None:
        _check_terms(finding, known.terms.get((same.pk, row.agency.pk), []))
        if finding.there:
            return
        if same.pk == user.pk:
            finding.clashes.append(("own_role", {}))
        elif not same.is_active:
            finding.clashes.append(("closed_account", {}))
    for other in known.accounts:
        taken = shared_by(other, row) if other is not same else {}
        if taken:
            name = f"{other.name} ({other.username})"
            finding.clashes.append(("of_account", taken | {"name": name}))
    asked = [shared_by(one, row) for one in known.asked]
    finding.clashes += [("in_waiting_request", taken) for taken in asked if taken]


def _is_same(account: User, row: WantedFocalPoint, known: _Known) -> bool:
    """Whether the account belongs to the person of the row.

    Name and one unique detail must match; for a current focal point of the agency
    the name is enough. User name and address together are enough, too.
    """
    same_name = without_case(account.name) == without_case(row.name)
    if same_name:
        return known.serves(account, row.agency) or bool(shared_by(account, row))
    return account.username == row.username and can_be_reached_alike(account, row)


def _check_terms(finding: FocalPointFinding, terms: Iterable[FocalPoint]) -> None:
    """Record a current term, or one that ended after the requested first day."""
    for term in terms:
        if _is_running(term):
            finding.there = "serves", {"name": term.user.username}
        elif term.ends_on and term.ends_on >= finding.wanted.starts_on:
            day = term.ends_on.isoformat()
            finding.clashes.append(("served_until", {"day": day}))


def _is_running(term: FocalPoint) -> bool:
    return term.ends_on is None or term.ends_on >= timezone.localdate()
