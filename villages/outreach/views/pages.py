"""Context, links and form pages of an activity."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import AnyForm, back_to, form_page
from desabinaan.lib.web.tags import day
from villages.outreach.models import OutreachActivity
from villages.outreach.selectors.activities import outreach_for, villages_of
from villages.outreach.workflow import OUTREACH_BADGE_STYLES
from villages.register.models import Village
from villages.register.selectors.villages import villages_for

LIST = "outreach:outreach_list"

back_to_activity = back_to("outreach:outreach_detail", "pk")

back_to_test = back_to("outreach:outreach_test", "pk")


def visible_activity(request: Request, pk: int) -> OutreachActivity:
    """Return an activity that the user may see, or raise 404."""
    return get_object_or_404(outreach_for(request.user), pk=pk)


def activity_page(
    request: Request, activity: OutreachActivity, tab: str
) -> dict[str, object]:
    """Return the context of one tab of an activity."""
    names = {"detail": _("Activity"), "test": _("Awareness test")}
    return {
        "activity": activity,
        "villages": villages_of(activity),
        "badge_style": OUTREACH_BADGE_STYLES[OutreachActivity.Status(activity.status)],
        "may_change": may(request.user, "outreach.change", activity),
        "tabs": [
            {
                "label": label,
                "url": reverse(f"outreach:outreach_{key}", kwargs={"pk": activity.pk}),
                "current": key == tab,
            }
            for key, label in names.items()
        ],
        "crumbs": activity_crumbs(activity)
        if tab == "detail"
        else [*activity_crumbs(activity, linked=True), (names[tab], None)],
    }


def activity_form_page(
    request: Request,
    form: AnyForm,
    activity: OutreachActivity | None = None,
    *,
    title: StrOrPromise,
    submit_label: StrOrPromise,
    **context: Any,
) -> HttpResponse:
    """Show a form of an activity; without `activity` it creates one."""
    return form_page(
        request,
        form,
        title=title,
        submit_label=submit_label,
        cancel_url=activity_url(activity) if activity else reverse(LIST),
        crumbs=activity_crumbs(activity, linked=True),
        template="outreach/outreach_form.html",
        activity=activity,
        **context,
    )


def activity_crumbs(
    activity: OutreachActivity | None = None, *, linked: bool = False
) -> list[tuple[object, str | None]]:
    crumbs: list[tuple[object, str | None]] = [
        (_("Villages"), reverse("register:village_list")),
        (_("Activities"), reverse(LIST)),
    ]
    if activity is not None:
        title = f"{activity}, {day(activity.starts_at)}"
        crumbs.append((title, activity_url(activity) if linked else None))
    return crumbs


def activity_url(activity: OutreachActivity, name: str = "outreach_detail") -> str:
    return reverse(f"outreach:{name}", kwargs={"pk": activity.pk})


def villages_in_query(request: Request) -> list[Village]:
    """Return the village named by the query parameter "desa", if it is visible."""
    code = request.GET.get("desa", "")[:20].replace("\0", "")
    return list(villages_for(request.user).filter(region_id=code)) if code else []
