"""Add, describe and remove photos; an activity has at most ten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import ngettext

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.files.uploads import CleanFile, stored_together
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.versions import check_version, next_version
from villages.outreach.models import MOST_PHOTOS, OutreachActivity, OutreachPhoto
from villages.outreach.services.locking import locked, refuse_cancelled


@dataclass(frozen=True, slots=True)
class Photo:
    """A cleaned picture with its caption."""

    file: CleanFile
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PhotoCounts:
    """The number of photos stored, and of photos that were already there."""

    stored: int
    known: int


def add_photos(
    activity: OutreachActivity,
    photos: Sequence[Photo],
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> PhotoCounts:
    """Add photos to the activity; photos that it already has are skipped.

    When all of them were already there, no event is recorded.
    """
    with stored_together() as files:
        current = locked(activity)
        access.require(acting_user, "outreach.change", current)
        refuse_cancelled(current)
        files.extend(store_photos(current, photos))
        if files:
            record_event(current, "photo_add", acting_user, occurred_at=occurred_at)
    return PhotoCounts(len(files), len(photos) - len(files))


@transaction.atomic
def caption_photo(
    photo: OutreachPhoto, caption: str, *, version: int, acting_user: User
) -> OutreachPhoto:
    """Change the caption of a photo; StaleEdit when it is not as it was shown."""
    activity = locked(photo.activity)
    access.require(acting_user, "outreach.change", activity)
    photos = OutreachPhoto.objects.select_related("changed_by")
    current = get_or_refuse(photos, photo.pk)
    check_version(current, version)
    current.caption = caption
    current.save(update_fields=["caption", *next_version(current, acting_user)])
    return current


@transaction.atomic
def remove_photo(photo: OutreachPhoto, *, acting_user: User) -> None:
    """Delete a photo and its file; an event records the removal."""
    activity = locked(photo.activity)
    access.require(acting_user, "outreach.change", activity)
    current = get_or_refuse(OutreachPhoto.objects.all(), photo.pk)
    record_event(activity, "photo_remove", acting_user)
    storage, name = current.file.storage, current.file.name or ""
    remove_row(current, within=activity, acting_user=acting_user)
    transaction.on_commit(lambda: storage.delete(name))


def store_photos(
    activity: OutreachActivity, photos: Sequence[Photo]
) -> list[FieldFile]:
    """Store new photos and return their files; the caller locks the activity."""
    photos_now = list(activity.photos.all())
    known = {photo.sha256 for photo in photos_now}
    new = list(
        {p.file.sha256: p for p in photos if p.file.sha256 not in known}.values()
    )
    free = sorted({*range(1, MOST_PHOTOS + 1)} - {photo.number for photo in photos_now})
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
        "An activity has at most ten photos; you can add %(free)s more. Choose fewer, "
        "or remove one first.",
        "An activity has at most ten photos; you can add %(free)s more. Choose fewer, "
        "or remove some first.",
        free,
    ) % {"free": free}
