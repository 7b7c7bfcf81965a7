"""The questions asked before a transition of an action, or before evidence goes."""

from typing import TypedDict

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class ConfirmationTexts(TypedDict):
    """The texts of one confirmation page; `danger` when it cannot be undone."""

    title: StrOrPromise
    question: StrOrPromise
    explanation: StrOrPromise
    submit_label: StrOrPromise
    danger: bool


QUESTIONS: dict[str, ConfirmationTexts] = {
    "report_done": {
        "title": _("Report done"),
        "question": _("Is the action done?"),
        "explanation": _(
            "Immigration staff look at the evidence next, and verify or return it."
        ),
        "submit_label": _("Yes, report it done"),
        "danger": False,
    },
    "verify": {
        "title": _("Verify"),
        "question": _("Have you seen that it is done?"),
        "explanation": _("A verified action is closed. Its evidence stays as it is."),
        "submit_label": _("Verify"),
        "danger": False,
    },
    "return": {
        "title": _("Return with a reason"),
        "question": _("What is still missing?"),
        "explanation": _(
            "The lead agency reads your reason, corrects the action and reports again."
        ),
        "submit_label": _("Return the action"),
        "danger": False,
    },
    "cancel": {
        "title": _("Cancel the action"),
        "question": _("Should this action not be done?"),
        "explanation": _(
            "A cancelled action cannot be opened again. Its history stays."
        ),
        "submit_label": _("Cancel the action"),
        "danger": True,
    },
    "waiver": {
        "title": _("Decide about the waiver"),
        "question": _("Grant the waiver?"),
        "explanation": _(
            "A waived village no longer has to be done before the action is reported "
            "done. The verifier sees the waiver and your decision."
        ),
        "submit_label": _("Save the decision"),
        "danger": False,
    },
    "withdraw_evidence": {
        "title": _("Withdraw evidence"),
        "question": _("Should this evidence no longer count?"),
        "explanation": _(
            "Nobody can open it afterwards. Its title and your reason stay."
        ),
        "submit_label": _("Withdraw evidence"),
        "danger": True,
    },
}
