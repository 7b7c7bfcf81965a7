"""Lists of people who need accounts as a kind of uploaded list."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor, Role
from desabinaan.accounts.models import User
from desabinaan.lib.text.folding import folded
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.sheets.rows import Remark
from villages.people import selectors, services
from villages.people.columns import ACCOUNT_COLUMNS
from villages.people.forms.account_lists import AccountRowForm
from villages.people.models import AccountList
from villages.people.people_lists import (
    PEOPLE_SENTENCES,
    NamedSubject,
    PeopleLists,
    contact_notes,
)
from villages.people.presenters.account_requests import VISIBLE_DATA
from villages.people.selectors.account_lists import (
    AccountFinding,
    WantedAccount,
    compare_with_existing,
)
from villages.places.models import Office, Region
from villages.places.named_places import CODE_ALONE, named_place_in
from villages.places.permissions import has_capability_anywhere
from villages.register.selectors.search import NamedVillages, named_code, villages_named

LIST = "people:account_request_list"


class AccountLists(PeopleLists[AccountList]):
    """People for whom a Kanim requests accounts; the Kanwil decides on each."""

    model = AccountList
    routes = "people:roster"
    task = "people.commit_account_list"
    columns = ACCOUNT_COLUMNS
    always_editable = ACCOUNT_COLUMNS
    row_form = AccountRowForm
    place_columns = ("role", "place")
    sentences: ClassVar[Mapping[str, StrOrPromise]] = {
        **PEOPLE_SENTENCES,
        "code_alone": CODE_ALONE,
        "no_village": gettext_lazy("Enter the village where the person serves."),
        "several_villages": gettext_lazy(
            "There are several villages “%(name)s”. Choose one."
        ),
        "similar_villages": gettext_lazy(
            "You have no village “%(name)s”. Choose a similar one, or correct the name."
        ),
        "unknown_village": gettext_lazy("You have no village with this name or code."),
        "no_office": gettext_lazy("For office staff, enter your office."),
        "of_known_account": gettext_lazy(
            "%(what)s belongs to %(name)s. If it is the same person, assign that "
            "account on the village's page."
        ),
        "of_other_account": gettext_lazy("%(what)s belongs to another account."),
        "requested": gettext_lazy("Already requested; the regional office decides."),
        "registered": gettext_lazy("Already registered in this role as %(name)s."),
        "writes_request": gettext_lazy("Requests: %(role)s, %(where)s"),
        "writes_letter": gettext_lazy("letter of assignment %(number)s, from %(day)s"),
        **{f"sees_{role}": text for role, text in VISIBLE_DATA.items()},
    }

    def may_upload(self, user: Actor) -> bool:
        return has_capability_anywhere(user, "account.request")

    # --- Rows -----------------------------------------------------------------

    def subjects_of(
        self, people: Sequence[Any], rows: Sequence[UploadRow], acting_user: User
    ) -> Sequence[NamedSubject]:
        offices = selectors.requesting_offices(acting_user)
        typed = [person.cleaned_data.get("place", "") for person in people]
        named = villages_named(
            [named_place_in(one) for one in typed], acting_user, "account.request"
        )
        subjects = []
        for person, row, place, found in zip(people, rows, typed, named, strict=True):
            role = person.cleaned_data.get("role")
            if role is None:
                subjects.append(NamedSubject())
            elif role is Role.OFFICE_STAFF:
                subjects.append(_office(place, offices))
            else:
                subjects.append(_village(place, found, row.chosen))
        return subjects

    def findings(
        self, wanted: Sequence[WantedAccount], acting_user: User
    ) -> Sequence[AccountFinding]:
        return compare_with_existing(wanted, acting_user)

    def notes_on(self, finding: AccountFinding) -> list[Remark]:
        wanted = finding.wanted
        details = {"role": wanted.role.value, "where": wanted.where}
        day = wanted.starts_on.isoformat()
        return [
            (f"sees_{wanted.role}", {}),
            ("writes_request", details),
            ("writes_letter", {"number": wanted.letter_number, "day": day}),
            *contact_notes(wanted),
        ]

    def save(
        self,
        upload: AccountList,
        findings: Sequence[AccountFinding],
        acting_user: User,
    ) -> None:
        wanted = [finding.wanted for finding in findings]
        services.request_accounts(wanted, acting_user=acting_user)

    # --- Words ----------------------------------------------------------------

    def sentence(self, key: str, details: Mapping[str, Any]) -> str:
        if "role" in details:
            details = {**details, "role": Role(details["role"]).label}
        return super().sentence(key, details)

    def names_of(self, values: Collection[str]) -> Mapping[str, str]:
        """Return the names of villages by their codes; offices go by their names."""
        villages = Region.objects.filter(pk__in=values).values_list(
            "code", "name", "parent__name", "parent__parent__name"
        )
        return {one: one for one in values} | {
            code: f"{name}, {district}, {regency} ({code})"
            for code, name, district, regency in villages
        }

    def start_crumbs(self, upload: AccountList | None) -> list[tuple[object, str]]:
        return [
            (_("Accounts"), reverse(LIST)),
            (_("Request many accounts"), reverse("people:roster_upload")),
        ]

    def facts(self, upload: AccountList) -> list[tuple[StrOrPromise, object]]:
        return []

    def onward(self, upload: AccountList) -> tuple[str, str]:
        return _("To the account requests"), reverse(LIST)

    def commit_label(self, count: int) -> str:
        text = ngettext("Send %(count)s request", "Send %(count)s requests", count)
        return text % {"count": count}

    def saved_title(self) -> str:
        return _("The requests are sent. The regional office decides.")


ACCOUNT_LISTS = AccountLists()


def _village(typed: str, named: NamedVillages, chosen: str) -> NamedSubject:
    """Return the village of the row: the only one of that name, or the chosen one."""
    if not typed:
        return NamedSubject(problem=("no_village", {}))
    is_code_alone = named_place_in(typed).is_code_alone
    if len(named.villages) == 1 and not is_code_alone:
        village = named.villages[0]
        return NamedSubject(village, village.code)
    offered = {village.code: village for village in named.villages or named.similar}
    if chosen in offered:
        return NamedSubject(offered[chosen], chosen, [*offered])
    if not offered:
        return NamedSubject(problem=("unknown_village", {}))
    return NamedSubject(
        candidates=[*offered],
        problem=_question(typed, named),
        question=f"village {folded(typed)}",
    )


def _question(typed: str, named: NamedVillages) -> Remark:
    if not named.villages:
        return "similar_villages", {"name": typed}
    if len(named.villages) == 1:  # a code without dots or name
        return "code_alone", named_code(named.villages[0])
    return "several_villages", {"name": typed}


def _office(typed: str, offices: Sequence[Office]) -> NamedSubject:
    found = [
        office
        for office in offices
        if folded(typed) in {folded(office.name), folded(office.short_name)}
    ]
    if not typed and len(offices) == 1:
        found = [*offices]
    if not found:
        return NamedSubject(problem=("no_office", {}))
    return NamedSubject(found[0], found[0].short_name)
