from django.utils.translation import gettext_lazy as _

from desabinaan.lib.workflow.transitions import Table, Transition
from villages.people.models import AccountRequest, ApprovalRequest

ACCOUNT_REQUEST: Table = {
    "approve": Transition(
        frozenset({AccountRequest.Status.REQUESTED}),
        AccountRequest.Status.APPROVED,
        "account.approve",
        _("Approve the account"),
    ),
    "decline": Transition(
        frozenset({AccountRequest.Status.REQUESTED}),
        AccountRequest.Status.DECLINED,
        "account.approve",
        _("Decline the request"),
    ),
}

APPROVAL_REQUEST: Table = {
    "approve": Transition(
        frozenset({ApprovalRequest.Status.REQUESTED}),
        ApprovalRequest.Status.APPROVED,
        "account.approve_sensitive",
        _("Approve"),
    ),
    "decline": Transition(
        frozenset({ApprovalRequest.Status.REQUESTED}),
        ApprovalRequest.Status.DECLINED,
        "account.approve_sensitive",
        _("Decline"),
    ),
}
REQUEST_BADGE_STYLES = {
    AccountRequest.Status.REQUESTED: "waiting",
    AccountRequest.Status.APPROVED: "done",
    AccountRequest.Status.DECLINED: "late",
}
APPROVAL_BADGE_STYLES = {
    ApprovalRequest.Status.REQUESTED: "waiting",
    ApprovalRequest.Status.APPROVED: "done",
    ApprovalRequest.Status.DECLINED: "late",
}
