"""What uploaded lists of people share: each row is a person at a place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.lib.text.blanks import meant
from desabinaan.lib.text.telephones import telephone_text
from desabinaan.uploads.kinds import ListKind, RowCheck, U
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.services import refuse_other_writes
from desabinaan.uploads.sheets.rows import Remark
from villages.people.forms.people_rows import PersonRowForm, with_user_names
from villages.people.selectors.account_requests import MOST_AT_ONCE

MADE_NAME = "made_name"
#: sentences of every list of people
PEOPLE_SENTENCES: Mapping[str, StrOrPromise] = {
    MADE_NAME: gettext_lazy("The user name %(username)s was made from the name."),
    "in_waiting_request": gettext_lazy(
        "%(what)s is in a request that is still waiting."
    ),
    "twice_in_list": gettext_lazy("%(what)s appears twice in this list."),
    "holders": gettext_lazy("Currently in this role: %(names)s."),
    "writes_phone": gettext_lazy("telephone %(phone)s"),
    "writes_email": gettext_lazy("e-mail %(email)s"),
}


#: what two people share
SHARED: Mapping[str, StrOrPromise] = {
    "username": gettext_lazy("User name %(it)s"),
    "email": gettext_lazy("E-mail %(it)s"),
    "phone": gettext_lazy("Telephone %(it)s"),
}


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """What the cell for the place means: `found`, or `problem` and `candidates`.

    `key` stands for it in the row. After a choice, `candidates` can still be chosen.
    """

    found: Any = None
    key: str = ""
    candidates: Sequence[str] = ()
    problem: Remark | None = None
    notes: Sequence[Remark] = ()
    #: what the cell says, folded: rows with the same doubt get the same answer
    question: str = ""


class PeopleLists(ListKind[U]):
    """A list of people, seen only by who uploaded it.

    Rows are checked together: no two may have the same user name, address or number.
    """

    row_form: ClassVar[type[PersonRowForm]]
    #: columns that say, beside the name, for what place the row is
    place_columns: ClassVar[Sequence[str]]
    needed = ("name",)
    checks_all_rows = True
    refuses_known = True
    most_rows = MOST_AT_ONCE
    days_stored = 7

    # --- Its own in each kind -------------------------------------------------

    def may_upload(self, user: Actor) -> bool:
        """Return whether the user may bring such lists."""
        raise NotImplementedError

    def subjects_of(
        self, people: Sequence[Any], rows: Sequence[UploadRow], acting_user: User
    ) -> Sequence[NamedSubject]:
        """Return for each person, as validated form, the place that the row names."""
        raise NotImplementedError

    def findings(self, wanted: Sequence[Any], acting_user: User) -> Sequence[Any]:
        """Compare the valid rows with what exists; with `there` and `clashes`."""
        raise NotImplementedError

    def notes_on(self, finding: Any) -> list[Remark]:
        """Return the notes on a row that writes something, and what it writes."""
        raise NotImplementedError

    def save(self, upload: U, findings: Sequence[Any], acting_user: User) -> None:
        """Write what was found of all rows."""
        raise NotImplementedError

    # --- Who may --------------------------------------------------------------

    def visible_to(self, user: Actor) -> QuerySet[U]:
        lists: QuerySet[U] = cast(Any, self.model).objects.all()
        if not self.may_upload(user):
            return lists.none()
        return lists.filter(uploaded_by=user.pk)

    def require(self, acting_user: User | None, upload: U) -> None:
        if acting_user is None or not self.may_upload(acting_user):
            raise PermissionDenied(self.routes)
        if upload.uploaded_by_id not in {None, acting_user.pk}:
            raise PermissionDenied(self.routes)

    # --- Rows -----------------------------------------------------------------

    def check(
        self, upload: U, rows: Sequence[UploadRow], acting_user: User | None
    ) -> Sequence[RowCheck]:
        return [check for check, _finding in self.checked(rows, acting_user)]

    def write(
        self, upload: U, rows: Sequence[UploadRow], acting_user: User | None
    ) -> Iterator[int]:
        checked = self.checked(rows, acting_user)
        refuse_other_writes(self, rows, [check for check, _finding in checked])
        findings = [finding for _check, finding in checked]
        self.save(upload, findings, cast(User, acting_user))
        for row in rows:
            row.outcome = UploadRow.Outcome.ADDED
        UploadRow.objects.bulk_update(rows, ["outcome"])
        yield len(rows)

    def checked(
        self, rows: Sequence[UploadRow], acting_user: User | None
    ) -> list[tuple[RowCheck, Any]]:
        """Return the check of each row with its finding; None where it is in doubt."""
        user = cast(User, acting_user)  # `require` refuses the console
        checked: dict[int, tuple[RowCheck, Any]] = {}
        active = [row for row in rows if not _is_skipped(row)]
        cells = with_user_names([row.cells for row in active])
        people = [self.row_form(one) for one in cells]
        for person in people:
            person.full_clean()
        subjects = self.subjects_of(people, active, user)
        ready = []
        for row, person, subject in zip(active, people, subjects, strict=True):
            check = _first_check(person, subject)
            checked[row.line] = check, None
            if subject.found is not None and person.lacks_contacts_only:
                ready.append((row, person.wanted(subject.found)))
        found = self.findings([wanted for _row, wanted in ready], user)
        for (row, _wanted), finding in zip(ready, found, strict=True):
            check, _none = checked[row.line]
            self._add_finding(check, finding)
            checked[row.line] = check, finding
        for row, one in zip(active, cells, strict=True):
            _keep_user_name(row, one, checked[row.line][0])
        return [checked.get(row.line) or (_as_it_was(row), None) for row in rows]

    def sentence(self, key: str, details: Mapping[str, Any]) -> str:
        if (shared := details.get("shared", "")) in SHARED:
            it = details["it"]
            it = telephone_text(it) if shared == "phone" else it
            details = {**details, "what": str(SHARED[shared]) % {"it": it}}
        return super().sentence(key, details)

    def typed(self, cells: Mapping[str, str]) -> str:
        parts = (cells.get(name, "") for name in ("name", *self.place_columns))
        return ", ".join(part for part in parts if part) or "–"

    def needed_text(self) -> str:
        return _("Say which column holds the names of the people.")

    # --- Inside ---------------------------------------------------------------

    def _add_finding(self, check: RowCheck, finding: Any) -> None:
        if finding.there:
            check.is_known, check.notes = True, [finding.there]
            return
        check.problems += finding.clashes
        if finding.current_holders:
            names = ", ".join(finding.current_holders)
            check.notes.append(("holders", {"names": names}))
        check.notes += self.notes_on(finding)


def contact_notes(wanted: Any) -> list[Remark]:
    """Return what is written of the ways to reach a person, as far as it is filled."""
    said = {"phone": wanted.phone, "email": wanted.email}
    return [(f"writes_{key}", {key: value}) for key, value in said.items() if value]


def _is_skipped(row: UploadRow) -> bool:
    return row.check_result == UploadRow.CheckResult.SKIPPED


def _as_it_was(row: UploadRow) -> RowCheck:
    """Return what was found before the row was skipped; nobody compares it now."""
    return RowCheck(
        subject=row.subject,
        problems=[(key, details) for key, details in row.problems],
        notes=[(key, details) for key, details in row.notes],
        candidates=row.candidates,
        question=row.question,
    )


def _first_check(person: PersonRowForm, subject: NamedSubject) -> RowCheck:
    """Return what the fields and the place say, before the rows are compared."""
    problems = person.problems()
    if subject.problem:
        problems.append(subject.problem)
    return RowCheck(
        subject=subject.key,
        problems=problems,
        notes=[*subject.notes],
        candidates=[*subject.candidates],
        question=subject.question,
    )


def _keep_user_name(row: UploadRow, cells: Mapping[str, str], check: RowCheck) -> None:
    """Put the user name that was made into the row, and say so: it does not change."""
    username = cells["username"]
    note: Remark = (MADE_NAME, {"username": username})
    is_new = not meant(row.cells.get("username", ""))
    if check.is_known or not cells.get("name") or not username:
        return
    if is_new:
        row.cells = {**row.cells, "username": username}
    if is_new or list(note) in row.notes:
        check.notes.insert(0, note)
