"""What the rows of a list of delegates add to a session, checked together."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from desabinaan.accounts.models import User
from desabinaan.lib.text.blanks import meant
from desabinaan.lib.text.telephones import telephone_in
from desabinaan.uploads.kinds import RowCheck
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.refusals import refusal_of
from desabinaan.uploads.sheets.rows import Remark
from fgd.agencies.models import Agency
from fgd.participants.columns import COLUMNS
from fgd.participants.models import Delegate, DelegateList
from fgd.participants.selectors.participants import (
    UNLISTED,
    delegates_of,
    invitations_of,
    value_of,
)
from fgd.participants.selectors.senders import (
    Sender,
    Sending,
    sender_key,
    senders_named,
)
from villages.register.selectors.search import named_code

LONGEST = {"name": 120, "position": 120, "party": 150}
#: more parties are not offered for rows that do not say who sent the person
MOST_INVITED = 30
#: more people of the same name and sender are not named in one row
MOST_ALIKE = 3
#: key of the note on somebody of the same name and sender on the list of the session
SAME_NAME_LISTED = "same_name_listed"
#: the question about rows that say nobody, and about those below a sender
NOBODY, BELOW = "-", "↑"


def check_delegates(
    listed: DelegateList, rows: Sequence[UploadRow], acting_user: User | None
) -> list[RowCheck]:
    """Check the rows, also against each other and the people on the list."""
    cells = [{name: meant(row.cells.get(name, "")) for name in COLUMNS} for row in rows]
    above = [meant(row.above.get("party", "")) for row in rows]
    typed = [*(one["party"] for one in cells), *above]
    parties = [
        party
        for one in invitations_of(listed.session)
        if (party := one.agency or one.village)
    ]
    known = senders_named(typed, acting_user or AnonymousUser(), parties)
    names = {value_of(one): one for one in parties} | {
        value_of(one): one
        for sender in known.values()
        for one in (sender.certain, *sender.likely)
    }
    offices = {
        value_of(village): str(village.office)
        for sender in known.values()
        for village in sender.elsewhere
    }
    invited = [value_of(one) for one in parties]
    checks = []
    for row, said, sender_above in zip(rows, cells, above, strict=True):
        found = RowCheck(problems=_problems(said))
        _set_sender(found, _asked(said["party"], sender_above, known, invited), row)
        if said["name"]:
            found.notes += _written(said, found.subject, names, invited)
            if office := offices.get(found.subject):
                found.notes.append(("other_office", {"office": office}))
        checks.append(found)
    _mark_known(listed, rows, cells, checks)
    return checks


def person_of(cells: Mapping[str, str], subject: str) -> dict[str, Any]:
    """Return the fields of services.Person of a row whose sender is `subject`."""
    said = {name: meant(cells.get(name, "")) for name in COLUMNS}
    return {
        "name": said["name"],
        "position": said["position"],
        "phone": telephone_in(said["phone"]),
        "agency_id": int(subject[1:]) if subject.startswith("a") else None,
        "village_id": int(subject[1:]) if subject.startswith("v") else None,
        "new_agency": said["party"] if subject == UNLISTED else "",
    }


# --- Who sent them -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Question:
    """Who sent a person: `certain`, or one of the `offered`.

    Rows with the same `key` get the same answer.
    """

    key: str
    problem: Remark
    certain: str = ""
    offered: list[str] = field(default_factory=list)


def _asked(
    typed: str, above: str, known: Mapping[str, Sender], invited: Sequence[str]
) -> _Question:
    sender = known.get(sender_key(typed or above), Sender())
    certain = value_of(sender.certain)
    named = [*([certain] if certain else []), *map(value_of, sender.likely)]
    key = sender_key(typed or above)
    if typed:
        problem, new = _problem_of_sender(typed, sender), [UNLISTED]
        if sender.of_that_name and not sender.by_code_alone:
            problem, new = _which_village(typed, sender), []
        return _Question(key, problem, certain, [*named, *new])
    offered = list(dict.fromkeys([*named, *invited[:MOST_INVITED]]))
    if above:
        return _Question(BELOW + key, ("blank_below", {"above": above}), "", offered)
    return _Question(NOBODY, ("no_sender", {}), "", offered)


def _which_village(typed: str, sender: Sender) -> Remark:
    """Return what to ask where a village has the name: no new agency can have it."""
    if sender.elsewhere:
        offices = "; ".join(sorted({str(one.office) for one in sender.elsewhere}))
        return "village_elsewhere", {"typed": typed, "office": offices}
    return "village_or_agency", {"typed": typed}


def _problem_of_sender(typed: str, sender: Sender) -> Remark:
    if sender.by_code_alone:
        return "code_alone", named_code(sender.by_code_alone)
    which = "which_sender" if sender.certain or sender.likely else "unknown_sender"
    return which, {"typed": typed}


def _set_sender(found: RowCheck, asked: _Question, row: UploadRow) -> None:
    """Take the chosen or the certain sender, or ask."""
    found.candidates = asked.offered
    found.subject = row.chosen if row.chosen in asked.offered else asked.certain
    if not found.subject:
        found.question = asked.key
        found.problems.append(asked.problem)


# --- Rows --------------------------------------------------------------------


def _problems(said: Mapping[str, str]) -> list[Remark]:
    problems: list[Remark] = []
    if not said["name"]:
        problems.append(("no_name", {}))
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            problems.append((f"long_{name}", {"most": str(most)}))
    try:
        telephone_in(said["phone"])
    except ValidationError:
        problems.append(refusal_of(lambda: telephone_in(said["phone"])))
    return problems


def _written(
    said: Mapping[str, str],
    subject: str,
    parties: Mapping[str, Sending | None],
    invited: Sequence[str],
) -> list[Remark]:
    """Return what saving the row writes, as far as it is understood."""
    person = ", ".join(filter(None, [said["name"], said["position"]]))
    notes: list[Remark] = [("writes_person", {"person": person})]
    if subject == UNLISTED:
        notes.append(("writes_new_agency", {"name": said["party"]}))
    elif party := parties.get(subject):
        name = party.name if isinstance(party, Agency) else str(party)
        kind = "agency" if isinstance(party, Agency) else "village"
        notes.append((f"writes_{kind}", {"name": name}))
    try:
        phone = telephone_in(said["phone"])
    except ValidationError:
        pass  # it is among the problems
    else:
        notes.append(
            ("writes_phone", {"phone": phone}) if phone else ("writes_no_phone", {})
        )
    if subject and subject not in invited:
        notes.append(("writes_uninvited", {}))
    return notes


# --- The same person, or one of the same name ---------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """A person on the list of the session, or in a `line` of the text."""

    person: Delegate
    new_agency: str = ""
    line: int = 0

    @property
    def identity(self) -> tuple[Hashable, ...]:
        return *self.person.identity, self.new_agency

    @property
    def name_and_sender(self) -> tuple[Hashable, ...]:
        return *self.person.name_and_party, self.new_agency

    def note(self, on_list: str, in_line: str, **details: str) -> Remark:
        """Return the first key for somebody on the list, the other with the line."""
        if not self.line:
            return on_list, details
        return in_line, {"line": str(self.line), **details}


def _mark_known(
    listed: DelegateList,
    rows: Sequence[UploadRow],
    cells: Sequence[Mapping[str, str]],
    checks: Sequence[RowCheck],
) -> None:
    """Mark the people who are on the list of the session, or earlier in this one.

    People of the same name and sender in another position are named.
    """
    seen = [_Entry(person) for person in delegates_of(listed.session)]
    people = {one.identity: one for one in seen}
    of_one_name: dict[tuple[Hashable, ...], list[_Entry]] = defaultdict(list)
    for one in seen:
        of_one_name[one.name_and_sender].append(one)
    for row, said, found in zip(rows, cells, checks, strict=True):
        is_skipped = row.check_result == UploadRow.CheckResult.SKIPPED
        if is_skipped or found.problems:
            continue
        entry = _entry(said, found.subject, row.line)
        same = people.setdefault(entry.identity, entry)
        if same is not entry:
            found.is_known, found.notes = True, _known(same, entry)
            continue
        alike = of_one_name[entry.name_and_sender]
        found.notes += [_same_name(one) for one in alike[:MOST_ALIKE]]
        alike.append(entry)


def _entry(said: Mapping[str, str], subject: str, line: int) -> _Entry:
    fields = person_of(said, subject)
    new = sender_key(fields.pop("new_agency"))
    return _Entry(Delegate(**fields), new, line)


def _known(same: _Entry, entry: _Entry) -> list[Remark]:
    """Return where the person is already, and what of the row is not saved."""
    notes = [same.note("already_listed", "same_as_line")]
    phone = entry.person.phone
    if phone and phone != same.person.phone:
        notes.append(("phone_not_saved", {"phone": phone}))
    return notes


def _same_name(other: _Entry) -> Remark:
    person = other.person.name_and_position
    return other.note(SAME_NAME_LISTED, "same_name_in_line", person=person)
