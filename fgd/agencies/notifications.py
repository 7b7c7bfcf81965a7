from datetime import datetime

from django.urls import reverse

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.services.notifying import Subject, notify
from fgd.agencies.models import FocalPoint


def notify_of_term(
    point: FocalPoint, kind: Kind, by: User | None, occurred_at: datetime | None = None
) -> None:
    """Notify the focal point of the beginning or the end of the term."""
    day = point.ends_on if kind == Kind.FOCAL_POINT_ENDED else point.starts_on
    subject = Subject(
        path=reverse("portal:home"),
        once=f"{point.pk}:{day}",
        about=point.agency.short_name,
        day=day,
    )
    people = User.objects.filter(pk=point.user_id)
    notify(people, kind, subject, by=by, occurred_at=occurred_at)
