"""Recording decrees on a village in order, and correcting them with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import CleanFile, stored_together
from desabinaan.lib.text.days import start_of
from desabinaan.lib.text.folding import without_case
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import check_transition
from desabinaan.lib.workflow.versions import same_version
from desabinaan.notices.kinds import Kind
from villages.places.models import Office
from villages.register import notifications
from villages.register.models import Designation, Village
from villages.register.selectors.timeline import last_correction
from villages.register.selectors.villages import refuse_attached
from villages.register.services.proposals import decide_by, follow_correction
from villages.register.services.villages import locked
from villages.register.workflow import VILLAGE


@dataclass(frozen=True, slots=True)
class Decree:
    """The data of a decree; `file` is the PDF as `lib.files.clean_upload` gives it.

    Without `issued_by`, the regional office above the village has issued it; a
    correction without `file` leaves the PDF as it is.
    """

    number: str
    date: date
    signatory: str
    file: CleanFile | None = None
    issued_by: Office | None = None


def record_decree(
    village: Village,
    verb: str,
    decree: Decree,
    *,
    acting_user: User,
) -> Designation:
    """Record a decree with its PDF and put the village in the state it orders.

    It takes effect on the date of the decree, when the decree before it ends.
    """
    with stored_together() as files:
        current = locked(village)
        access.require(acting_user, VILLAGE[verb].capability, current)
        before = current.status
        current.status = check_transition(VILLAGE, verb, before, current).target
        earlier = list(current.designations.all())
        designation = Designation(village=current, verb=verb, recorded_by=acting_user)
        _write(designation, decree, _issuer(current, decree))
        _refuse_contradiction([designation, *earlier])
        _store(designation, decree.file, files)
        if earlier:
            earlier[0].valid_to = decree.date
            earlier[0].save(update_fields=["valid_to"])
        designation.save()
        decide_by([designation])
        current.save(update_fields=["status"])
        event = record_event(
            current,
            verb,
            acting_user,
            from_status=before,
            note=f"{designation.decree_number} · {decree.signatory}",
            occurred_at=start_of(decree.date),
        )
        if verb == Designation.Verb.DESIGNATE:
            notifications.notify_proposal_decided(event, Kind.VILLAGE_DESIGNATED)
    return designation


def correct_decree(
    designation: Designation,
    *,
    decree: Decree,
    reason: str,
    version: int,
    acting_user: User,
) -> Designation:
    """Correct the data of a decree; the event keeps the wrong values.

    The state of the village does not change. StaleEdit when somebody corrected it
    after the form was opened.
    """
    with stored_together() as files:
        village = locked(designation.village)
        access.require(acting_user, "village.designate", village)
        rows = list(village.designations.all())
        current = next(row for row in rows if row.pk == designation.pk)
        if current.version != version:
            same_version(current.version, version, *last_correction(village))
        if not reason.strip():
            raise ValidationError({"reason": _("Say what was wrong and why.")})
        before = _readable(current)
        _write(current, decree, _issuer(village, decree))
        _refuse_contradiction(rows, current)
        if decree.file is not None:
            _store(current, decree.file, files)
        changes = _changes(before, _readable(current))
        if not changes:
            raise ValidationError(
                _("Nothing has changed. Correct a value, or go back.")
            )
        current.version += 1
        _save_in_order(rows, current)
        note = " · ".join([*changes, reason.strip()])
        record_event(village, "correct_decree", acting_user, note=note)
    return current


def attach_decree(
    designation: Designation, file: CleanFile, *, acting_user: User
) -> Designation:
    """Attach the PDF to a decree imported from a list; later it is a correction."""
    with stored_together() as files:
        village = locked(designation.village)
        access.require(acting_user, "village.designate", village)
        current = village.designations.get(pk=designation.pk)
        refuse_attached(current)
        _store(current, file, files)
        current.version += 1
        current.save(
            update_fields=["decree_file", "decree_size", "decree_sha256", "version"]
        )
        record_event(village, "attach", acting_user, note=current.decree_number)
    return current


def decree_of(designation: Designation) -> Decree:
    """Return the recorded data in the shape that the services take."""
    return Decree(
        number=designation.decree_number,
        date=designation.decree_date,
        signatory=designation.signatory,
        issued_by=designation.issued_by,
    )


# --- Inside ------------------------------------------------------------------


def _issuer(village: Village, decree: Decree) -> Office:
    """Return the office whose head signed, locked, since it gives each number once."""
    office = decree.issued_by or village.office.parent or village.office
    if office.pk not in {village.office_id, village.office.parent_id}:
        raise ValidationError(
            {"issued_by": _("Choose the office of this village, or the one above it.")}
        )
    return Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)


def _write(designation: Designation, decree: Decree, issuer: Office) -> None:
    designation.decree_number = " ".join(decree.number.split())
    designation.decree_date = decree.date
    designation.signatory = decree.signatory
    designation.issued_by = issuer


def _store(
    designation: Designation, file: CleanFile | None, files: list[FieldFile]
) -> None:
    if file is None:
        raise ValidationError({"file": _("Attach the decree as a PDF.")})
    designation.decree_size, designation.decree_sha256 = file.size, file.sha256
    name = file.content.name or ""
    designation.decree_file.save(name, file.content, save=False)
    files.append(designation.decree_file)


def _save_in_order(rows: Sequence[Designation], current: Designation) -> None:
    """Save the corrected decree, and end the one before it on its date."""
    place = rows.index(current)
    before = rows[place + 1] if place + 1 < len(rows) else None
    if before is not None:
        before.valid_to = current.decree_date
        before.save(update_fields=["valid_to"])
    current.save(
        update_fields=[
            "decree_number",
            "decree_date",
            "signatory",
            "issued_by",
            "decree_file",
            "decree_size",
            "decree_sha256",
            "version",
        ]
    )
    follow_correction(current)


def _refuse_contradiction(
    rows: Sequence[Designation], changed: Designation | None = None
) -> None:
    """Refuse a decree in the future, out of order, or recorded twice.

    `rows` are the village's decrees, the latest first; `changed` is the first of them
    unless another is corrected.
    """
    decree = changed or rows[0]
    if decree.decree_date > timezone.localdate():
        raise ValidationError(
            {"date": _("The date of the decree cannot be in the future.")}
        )
    for later, earlier in pairwise(rows):
        if later.decree_date < earlier.decree_date and decree in (later, earlier):
            raise ValidationError({"date": _out_of_order(decree, later, earlier)})
    others = [row for row in rows if row is not decree]
    same = (decree.verb, without_case(decree.decree_number))
    if any((one.verb, without_case(one.decree_number)) == same for one in others):
        raise ValidationError(
            {"number": _("This decree is already recorded for this village.")}
        )
    _refuse_second_use(decree)


def _out_of_order(decree: Designation, later: Designation, earlier: Designation) -> str:
    if decree is later:
        message = _(
            "Decree %(number)s of this village has a later date. Enter that date or a "
            "later one."
        )
        return message % {"number": earlier.decree_number}
    message = _(
        "Decree %(number)s follows this one but has an earlier date. Enter that date "
        "or an earlier one."
    )
    return message % {"number": later.decree_number}


def _refuse_second_use(decree: Designation) -> None:
    """Refuse a number that the office used on another date.

    One decree may name several villages, all with the same date.
    """
    other = (
        Designation.objects.filter(
            issued_by=decree.issued_by, decree_number__iexact=decree.decree_number
        )
        .exclude(decree_date=decree.decree_date)
        .exclude(pk=decree.pk)
        .select_related("village")
        .first()
    )
    if other is not None:
        raise ValidationError(
            {
                "number": _(
                    "%(office)s has already given this number, on %(day)s for "
                    "%(village)s. Check the number and the date."
                )
                % {
                    "office": decree.issued_by,
                    "day": date_format(other.decree_date, "DATE_FORMAT"),
                    "village": other.village,
                }
            }
        )


def _readable(designation: Designation) -> tuple[str, ...]:
    """Return the values that a correction may change, without translated text."""
    return (
        designation.decree_number,
        designation.decree_date.isoformat(),
        designation.signatory,
        str(designation.issued_by),
        f"PDF {designation.decree_sha256[:8]}",
    )


def _changes(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    pairs = zip(before, after, strict=True)
    return [f"{old} → {new}" for old, new in pairs if old != new]
