"""Some hundred rows at a time become villages, decrees, contacts and their events."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.days import start_of
from desabinaan.lib.transitions import step
from villages.actions.assignments import Letter, issue_letter
from villages.actions.proposals import decide_by
from villages.actions.villages import village_on
from villages.models import (
    Designation,
    Proposal,
    Region,
    Village,
    VillageContact,
    VillageEvent,
    VillageImport,
    VillageImportRow,
)
from villages.selectors.importing.judging import Judgement
from villages.selectors.importing.plans import Plan
from villages.selectors.importing.register import PLAIN
from villages.workflow import VILLAGE

Outcome = VillageImportRow.Outcome
_DESIGNATE = Designation.Verb.DESIGNATE
WRITTEN = (*PLAIN, "reason", "status", "version")


@dataclass(slots=True)
class Entry:
    """A row with its plan and its village; `is_new` when the register lacked it."""

    row: VillageImportRow
    plan: Plan
    village: Village
    is_new: bool


def write_rows(
    listed: VillageImport,
    rows: Sequence[VillageImportRow],
    told: Sequence[Judgement],
    acting_user: User | None,
) -> None:
    """The rows stand in the register; about twenty queries, however many they are."""
    entries = _entries(listed, rows, told)
    _ask_rights(entries, acting_user)
    before = {id(entry): entry.village.status for entry in entries}
    for entry in entries:
        _change(entry)
    Village.objects.bulk_create([one.village for one in entries if one.is_new])
    known = [one.village for one in entries if not one.is_new and not one.plan.is_empty]
    Village.objects.bulk_update(known, WRITTEN)
    decrees = _write_decrees(listed, entries, acting_user)
    _write_proposals(entries, decrees)
    _write_schemes(entries)
    _write_contacts(entries)
    _write_events(listed, entries, before, acting_user)
    _assign_officers(entries, acting_user)
    VillageImportRow.objects.bulk_update([one.row for one in entries], ["outcome"])


# --- Before ------------------------------------------------------------------


def _entries(
    listed: VillageImport,
    rows: Sequence[VillageImportRow],
    told: Sequence[Judgement],
) -> list[Entry]:
    codes = [row.region_id for row in rows]
    regions = Region.objects.select_related("parent__parent").in_bulk(codes)
    standing = {
        village.region_id: village
        for village in Village.objects.select_for_update(of=("self",))
        .select_related("office")
        .defer("search")
        .filter(region__in=codes)
        .order_by("pk")
    }
    return [
        Entry(
            row,
            judgement.plan,
            standing.get(row.region_id or "")
            or _new_village(listed, regions[row.region_id or ""], judgement),
            row.region_id not in standing,
        )
        for row, judgement in zip(rows, told, strict=True)
    ]


def _new_village(listed: VillageImport, region: Region, told: Judgement) -> Village:
    if told.office is None:
        raise ValueError(f"{region.pk} lies in no office's care")
    return village_on(
        region,
        office_id=told.office,
        reason=_("Taken over from the list “%(list)s”.") % {"list": listed},
    )


def _ask_rights(entries: Iterable[Entry], acting_user: User | None) -> None:
    """The same rights as on the pages, at each village."""
    if acting_user is None:
        return
    for entry in entries:
        access.require(acting_user, "village.import", entry.village)
        if not entry.is_new and entry.plan.profile:
            access.require(acting_user, "village.change", entry.village)
        if entry.plan.decree:
            access.require(acting_user, "village.designate", entry.village)


# --- Writing -----------------------------------------------------------------


def _change(entry: Entry) -> None:
    village, plan = entry.village, entry.plan
    for name, value in plan.profile.items():
        setattr(village, name, value)
    if plan.decree:
        village.status = step(VILLAGE, _DESIGNATE, village.status).target
    if entry.is_new:
        entry.row.outcome = Outcome.ADDED
    elif plan.is_empty:
        entry.row.outcome = Outcome.UNCHANGED
    else:
        entry.row.outcome = Outcome.CHANGED
        village.version += bool(plan.profile)


def _write_decrees(
    listed: VillageImport, entries: Iterable[Entry], acting_user: User | None
) -> list[Designation]:
    """Each decree by its number, day and signatory; its PDF is attached afterwards."""
    return Designation.objects.bulk_create(
        Designation(
            village=entry.village,
            verb=_DESIGNATE,
            decree_number=entry.plan.decree[0],
            decree_date=entry.plan.decree[1],
            signatory=entry.plan.decree[2],
            issued_by=listed.office,
            recorded_by=acting_user,
            source=listed,
        )
        for entry in entries
        if entry.plan.decree
    )


def _write_proposals(entries: Iterable[Entry], decrees: Sequence[Designation]) -> None:
    """A new village is proposed; a decree ends the waiting of each that it names."""
    Proposal.objects.bulk_create(
        Proposal(village=one.village, proposed_on=timezone.localdate(_proposed_at(one)))
        for one in entries
        if one.is_new
    )
    decide_by(decrees)


def _write_schemes(entries: Iterable[Entry]) -> None:
    between = Village.schemes.through
    between.objects.bulk_create(
        [
            between(village_id=entry.village.pk, scheme_id=scheme)
            for entry in entries
            for scheme in sorted(entry.plan.schemes)
        ],
        ignore_conflicts=True,
    )


def _write_contacts(entries: Iterable[Entry]) -> None:
    VillageContact.objects.bulk_create(
        VillageContact(village=entry.village, **entry.plan.contact)
        for entry in entries
        if entry.plan.contact
    )


def _write_events(
    listed: VillageImport,
    entries: Iterable[Entry],
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
        for verb, from_status, to_status, note, when in _deeds(
            listed, entry, before[id(entry)]
        )
    )


def _deeds(
    listed: VillageImport, entry: Entry, before: str
) -> Iterable[tuple[str, str, str, str, datetime]]:
    """Verb, state before and after, note, day of each deed that the row stands for."""
    source = _("%(list)s, line %(line)s") % {"list": listed, "line": entry.row.line}
    now, plan, village = timezone.now(), entry.plan, entry.village
    if entry.is_new:
        yield "propose", "", before, source, _proposed_at(entry)
    elif plan.profile or plan.schemes:
        yield "edit", before, before, source, now
    if plan.decree:
        number, day, signatory = plan.decree
        note = f"{number} · {signatory}"
        yield _DESIGNATE, before, village.status, note, start_of(day)
    if plan.contact:
        yield "contact_add", village.status, village.status, source, now


def _proposed_at(entry: Entry) -> datetime:
    """Now; what has its decree already was proposed by the day of it."""
    decree = entry.plan.decree
    return min(start_of(decree[1]), timezone.now()) if decree else timezone.now()


def _assign_officers(entries: Iterable[Entry], acting_user: User | None) -> None:
    """By the action of the page, letter by letter: letters have rules of their own."""
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
