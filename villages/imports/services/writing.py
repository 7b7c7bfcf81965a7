"""Write checked rows as villages, decrees, contacts and events, in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.text.days import start_of
from desabinaan.lib.workflow.locking import lock_rows
from desabinaan.lib.workflow.transitions import check_transition
from desabinaan.uploads.models import UploadRow
from villages.imports.models import VillageImport
from villages.imports.selectors.checking import RowResult
from villages.imports.selectors.existing_villages import PLAIN
from villages.imports.selectors.row_changes import RowChanges
from villages.places.models import Region
from villages.register.line_notes import line_note, list_reason
from villages.register.models import (
    Designation,
    Proposal,
    Village,
    VillageContact,
    VillageEvent,
)
from villages.register.services.assignments import Letter, issue_letter
from villages.register.services.proposals import decide_by
from villages.register.services.villages import village_on
from villages.register.workflow import VILLAGE

Outcome = UploadRow.Outcome
_DESIGNATE = Designation.Verb.DESIGNATE
STATED = (
    *("stated_number", "stated_date", "stated_signatory"),
    *("stated_list", "stated_by"),
)
WRITTEN = (*PLAIN, "reason", "status", "version")


@dataclass(slots=True)
class RowToWrite:
    """A row, its planned changes and its village; `is_new` if not in the register."""

    row: UploadRow
    plan: RowChanges
    village: Village
    is_new: bool


def write_rows(
    listed: VillageImport,
    rows: Sequence[UploadRow],
    results: Sequence[RowResult],
    acting_user: User | None,
) -> None:
    """Write the rows to the register in about twenty queries, however many."""
    entries = _entries(listed, rows, results)
    _require_rights(entries, acting_user)
    before = {id(entry): entry.village.status for entry in entries}
    for entry in entries:
        _change(entry)
    Village.objects.bulk_create([one.village for one in entries if one.is_new])
    known = [one.village for one in entries if not one.is_new and not one.plan.is_empty]
    Village.objects.bulk_update(known, WRITTEN)
    decrees = _write_decrees(listed, entries, acting_user)
    _write_proposals(listed, entries, decrees, acting_user)
    _write_schemes(entries)
    _write_contacts(entries)
    _write_events(listed, entries, before, acting_user)
    _assign_officers(entries, acting_user)
    UploadRow.objects.bulk_update([one.row for one in entries], ["outcome"])


# --- Reading -----------------------------------------------------------------


def _entries(
    listed: VillageImport,
    rows: Sequence[UploadRow],
    results: Sequence[RowResult],
) -> list[RowToWrite]:
    codes = [row.subject for row in rows]
    regions = Region.objects.select_related("parent__parent").in_bulk(codes)
    existing = {
        village.region_id: village
        for village in lock_rows(
            Village.objects.select_related("office")
            .defer("search")
            .filter(region__in=codes)
        )
    }
    return [
        RowToWrite(
            row,
            result.plan,
            existing.get(row.subject)
            or _new_village(listed, regions[row.subject], result),
            row.subject not in existing,
        )
        for row, result in zip(rows, results, strict=True)
    ]


def _new_village(listed: VillageImport, region: Region, result: RowResult) -> Village:
    if result.office is None:
        raise ValueError(f"{region.pk} is in no office's area")
    return village_on(
        region,
        office_id=result.office,
        reason=list_reason(listed),
    )


def _require_rights(entries: Iterable[RowToWrite], acting_user: User | None) -> None:
    """Require the same rights as on the pages, for each village."""
    if acting_user is None:
        return
    for entry in entries:
        access.require(acting_user, "village.import", entry.village)
        if not entry.is_new and entry.plan.profile:
            access.require(acting_user, "village.change", entry.village)
        if entry.plan.contact:
            access.require(acting_user, "village.change_contacts", entry.village)
        if entry.plan.decree:
            access.require(acting_user, "village.designate", entry.village)


# --- Writing -----------------------------------------------------------------


def _change(entry: RowToWrite) -> None:
    village, plan = entry.village, entry.plan
    for name, value in plan.profile.items():
        setattr(village, name, value)
    if plan.decree:
        village.status = check_transition(
            VILLAGE, _DESIGNATE, village.status, village
        ).target
    if entry.is_new:
        entry.row.outcome = Outcome.ADDED
    elif plan.is_empty:
        entry.row.outcome = Outcome.UNCHANGED
    else:
        entry.row.outcome = Outcome.CHANGED
        village.version += bool(plan.profile or plan.schemes)


def _write_decrees(
    listed: VillageImport, entries: Iterable[RowToWrite], acting_user: User | None
) -> list[Designation]:
    """Create the decrees; their PDF files are attached later."""
    return Designation.objects.bulk_create(
        Designation(
            village=entry.village,
            verb=_DESIGNATE,
            decree_number=entry.plan.decree[0],
            decree_date=entry.plan.decree[1],
            signatory=entry.plan.decree[2],
            issued_by=listed.office,
            recorded_by=acting_user,
            import_number=listed.pk,
        )
        for entry in entries
        if entry.plan.decree
    )


def _write_proposals(
    listed: VillageImport,
    entries: Sequence[RowToWrite],
    decrees: Sequence[Designation],
    acting_user: User | None,
) -> None:
    """Create a proposal for each new village; its decree decides it at once."""
    source = (str(listed), acting_user)
    stated = {
        one.village.pk: dict(zip(STATED, (*one.plan.stated, *source), strict=True))
        for one in entries
        if one.plan.stated
    }
    Proposal.objects.bulk_create(
        Proposal(
            village=one.village,
            proposed_on=timezone.localdate(_proposed_at(one)),
            **stated.get(one.village.pk, {}),
        )
        for one in entries
        if one.is_new
    )
    known = [one.village.pk for one in entries if one.plan.stated and not one.is_new]
    waiting = list(Proposal.objects.filter(village__in=known, ended_on=None))
    for proposal in waiting:
        for name, value in stated[proposal.village_id].items():
            setattr(proposal, name, value)
    Proposal.objects.bulk_update(waiting, STATED)
    decide_by(decrees)


def _write_schemes(entries: Iterable[RowToWrite]) -> None:
    between = Village.schemes.through
    between.objects.bulk_create(
        [
            between(village_id=entry.village.pk, scheme_id=scheme)
            for entry in entries
            for scheme in sorted(entry.plan.schemes)
        ],
        ignore_conflicts=True,
    )


def _write_contacts(entries: Iterable[RowToWrite]) -> None:
    VillageContact.objects.bulk_create(
        VillageContact(village=entry.village, **entry.plan.contact)
        for entry in entries
        if entry.plan.contact
    )


def _write_events(
    listed: VillageImport,
    entries: Iterable[RowToWrite],
    before: dict[int, str],
    acting_user: User | None,
) -> None:
    VillageEvent.objects.bulk_create(
        VillageEvent(
            village=entry.village,
            actor=acting_user,
            verb=verb,
            from_status=from_status,
            to_status=to_status,
            note=note,
            occurred_at=when,
        )
        for entry in entries
        for verb, from_status, to_status, note, when in _events(
            listed, entry, before[id(entry)]
        )
    )


def _events(
    listed: VillageImport, entry: RowToWrite, before: str
) -> Iterable[tuple[str, str, str, str, datetime]]:
    """Yield verb, status before and after, note and time of each change of the row."""
    source = line_note(listed, entry.row.line)
    now, plan, village = timezone.now(), entry.plan, entry.village
    if entry.is_new:
        yield "propose", "", before, source, _proposed_at(entry)
    elif plan.profile or plan.schemes or plan.stated:
        yield "edit", before, before, source, now
    if plan.decree:
        number, day, signatory = plan.decree
        note = f"{number} · {signatory}"
        yield _DESIGNATE, before, village.status, note, start_of(day)
    if plan.contact:
        yield "contact_add", village.status, village.status, source, now


def _proposed_at(entry: RowToWrite) -> datetime:
    """Return the time of the proposal: now, or the day of an earlier decree."""
    decree = entry.plan.decree
    return min(start_of(decree[1]), timezone.now()) if decree else timezone.now()


def _assign_officers(entries: Iterable[RowToWrite], acting_user: User | None) -> None:
    """Assign the officers, one service call per letter of assignment."""
    if acting_user is None:
        return
    villages: dict[tuple[int, str, date], list[Village]] = defaultdict(list)
    for entry in entries:
        if entry.plan.officer:
            villages[entry.plan.officer].append(entry.village)
    people = User.objects.in_bulk([person for person, _number, _day in villages])
    for (person, number, day), served in villages.items():
        letter = Letter(number, day)
        issue_letter(served, people[person], letter, acting_user=acting_user)
