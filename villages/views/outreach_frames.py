"""What every page of an activity shows around its content."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import back_to
from desabinaan.lib.templatetags.portal import day
from villages.models import OutreachActivity, Village
from villages.selectors import villages_for
from villages.selectors.outreach import outreach_for, villages_of
from villages.workflow import OUTREACH_TONES

back_to_activity = back_to("villages:outreach_detail", "pk")
back_to_test = back_to("villages:outreach_test", "pk")


def activity_in_sight(request: Request, pk: int) -> OutreachActivity:
    return get_object_or_404(outreach_for(request.user), pk=pk)


def activity_page(
    request: Request, activity: OutreachActivity, tab: str
) -> dict[str, object]:
    """Title, badge, facts, tabs and crumbs of one tab of an activity."""
    names = {"detail": _("Activity"), "test": _("Awareness test")}
    return {
        "activity": activity,
        "villages": villages_of(activity),
        "tone": OUTREACH_TONES[OutreachActivity.Status(activity.status)],
        "may_change": may(request.user, "outreach.change", activity),
        "tabs": [
            {
                "label": label,
                "url": reverse(f"villages:outreach_{key}", kwargs={"pk": activity.pk}),
                "current": key == tab,
            }
            for key, label in names.items()
        ],
        "crumbs": activity_crumbs(activity)
        if tab == "detail"
        else [*activity_crumbs(activity, linked=True), (names[tab], None)],
    }


def activity_crumbs(
    activity: OutreachActivity | None = None, *, linked: bool = False
) -> list[tuple[object, str | None]]:
    crumbs: list[tuple[object, str | None]] = [
        (_("Villages"), reverse("villages:village_list")),
        (_("Activities"), reverse("villages:outreach_list")),
    ]
    if activity is not None:
        here = f"{activity}, {day(activity.starts_at)}"
        crumbs.append((here, activity_url(activity) if linked else None))
    return crumbs


def activity_url(activity: OutreachActivity, name: str = "outreach_detail") -> str:
    return reverse(f"villages:{name}", kwargs={"pk": activity.pk})


def villages_meant(request: Request) -> list[Village]:
    """The village from whose page one came, as the address names it, if in sight."""
    code = request.GET.get("desa", "")[:20].replace("\0", "")
    return list(villages_for(request.user).filter(region_id=code)) if code else []
