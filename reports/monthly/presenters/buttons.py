"""The buttons of one month: what this user may do with it now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from reports.monthly.models import ReportSlot
from reports.monthly.workflow import REPORT

ROUTES = {
    "submit": "monthly:report_fill",
    "enter_on_behalf": "monthly:report_on_behalf",
    "return": "monthly:report_return",
    "request_correction": "monthly:report_request_correction",
    "excuse": "monthly:report_excuse",
}
_S = ReportSlot.Status
FILL_WORDS = {
    _S.OPEN: gettext_lazy("Fill in the report"),
    _S.DRAFT: gettext_lazy("Continue the draft"),
    _S.SUBMITTED: gettext_lazy("Change the report"),
    _S.RETURNED: gettext_lazy("Correct the report"),
    _S.CORRECTION_REQUESTED: gettext_lazy("Correct the report"),
}
#: The operations expected next, by state.
NEXT = {
    _S.OPEN: ("submit", "enter_on_behalf"),
    _S.DRAFT: ("submit", "enter_on_behalf"),
    _S.SUBMITTED: ("verify",),
    _S.RETURNED: ("submit", "enter_on_behalf"),
    _S.CORRECTION_REQUESTED: ("submit", "enter_on_behalf"),
}


@dataclass(frozen=True, slots=True)
class Button:
    """One operation: `page` asks first, `url` does it at once."""

    label: str
    url: str = ""
    page: str = ""
    version: int = 0


def buttons(slot: ReportSlot, user: User) -> tuple[Button | None, list[Button]]:
    """Return the button of the expected next operation, and the other ones."""
    verbs = [
        verb
        for verb in access.available_transitions(user, REPORT, slot.status, slot)
        if verb != "save_draft"
        and not (verb == "verify" and was_entered_by(user, slot))
    ]
    expected = NEXT.get(_S(slot.status), ())
    main = next((verb for verb in expected if verb in verbs), None)
    others = [_button(slot, verb) for verb in verbs if verb != main]
    return (_button(slot, main) if main else None), others


def was_entered_by(user: User, slot: ReportSlot) -> bool:
    """Say whether `user` entered the slot's report."""
    report = slot.current_report
    return report is not None and report.entered_by_id == user.pk


def _button(slot: ReportSlot, verb: str) -> Button:
    place = [slot.village.code, slot.month]
    if verb == "verify":
        report = slot.current_report
        url = reverse("monthly:report_verify", args=place)
        return Button(_("Verify"), url=url, version=report.version if report else 0)
    label = FILL_WORDS[_S(slot.status)] if verb == "submit" else REPORT[verb].label
    return Button(str(label), page=reverse(ROUTES[verb], args=place))
