"""Photos of an activity: at most ten, drawn anew, counted under the activity's lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.files import CleanFile, stored_together
from desabinaan.lib.transitions import IllegalTransition
from villages.actions.outreach_row import locked, record, refuse_cancelled
from villages.models import MOST_PHOTOS, OutreachActivity, OutreachPhoto


@dataclass(frozen=True, slots=True)
class Photo:
    """A cleaned picture and what it shows."""

    file: CleanFile
    caption: str = ""


@dataclass(frozen=True, slots=True)
class AddedPhotos:
    """How many photos were stored, and how many were there already."""

    stored: int
    known: int


def add_photos(
    activity: OutreachActivity,
    photos: Sequence[Photo],
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AddedPhotos:
    """The activity has these photos more; one that it has already is passed over.

    Where all were there already, nothing happened and nothing is recorded.
    """
    with stored_together() as files:
        current = locked(activity)
        access.require(acting_user, "outreach.change", current)
        refuse_cancelled(current)
        files.extend(hang(current, photos))
        if files:
            record(current, "photo_add", acting_user, occurred_at=occurred_at)
    return AddedPhotos(len(files), len(photos) - len(files))


@transaction.atomic
def caption_photo(photo: OutreachPhoto, caption: str, *, acting_user: User) -> None:
    """The photo says what it shows."""
    activity = locked(photo.activity)
    access.require(acting_user, "outreach.change", activity)
    OutreachPhoto.objects.filter(pk=photo.pk).update(caption=caption)


@transaction.atomic
def remove_photo(photo: OutreachPhoto, *, acting_user: User) -> None:
    """The photo is gone, its file too; the record keeps that there was one."""
    activity = locked(photo.activity)
    access.require(acting_user, "outreach.change", activity)
    current = OutreachPhoto.objects.filter(pk=photo.pk).first()
    if current is None:
        raise IllegalTransition(_("Somebody removed this photo in the meantime."))
    record(activity, "photo_remove", acting_user)
    storage, name = current.file.storage, current.file.name or ""
    current.delete()
    transaction.on_commit(lambda: storage.delete(name))


def hang(activity: OutreachActivity, photos: Sequence[Photo]) -> list[FieldFile]:
    """The files that were stored; the caller holds the activity's lock."""
    standing = list(activity.photos.all())
    known = {photo.sha256 for photo in standing}
    new = list(
        {p.file.sha256: p for p in photos if p.file.sha256 not in known}.values()
    )
    free = sorted({*range(1, MOST_PHOTOS + 1)} - {photo.number for photo in standing})
    if len(new) > len(free):
        raise ValidationError({"photos": _too_many(len(free))})
    return [
        _stored(activity, photo, number)
        for number, photo in zip(free, new, strict=False)
    ]


def _stored(activity: OutreachActivity, photo: Photo, number: int) -> FieldFile:
    row = OutreachPhoto(
        activity=activity,
        number=number,
        caption=photo.caption,
        content_type=photo.file.content_type,
        size=photo.file.size,
        sha256=photo.file.sha256,
    )
    row.file.save(photo.file.content.name or "", photo.file.content, save=False)
    row.save()
    return row.file


def _too_many(free: int) -> str:
    return ngettext(
        "An activity has at most ten photos; there is room for %(free)s more. "
        "Choose fewer, or remove one first.",
        "An activity has at most ten photos; there is room for %(free)s more. "
        "Choose fewer, or remove some first.",
        free,
    ) % {"free": free}
