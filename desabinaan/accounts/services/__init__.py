"""Every write to accounts, passwords, tickets, receipts and the log of exports."""

from desabinaan.accounts.services.accounts import (
    activate,
    change_account,
    create_account,
    create_demonstration_account,
    deactivate,
    mark_sensitive,
    set_language,
)
from desabinaan.accounts.services.checks import NEEDS_SECOND_APPROVAL
from desabinaan.accounts.services.exports import record_export
from desabinaan.accounts.services.passwords import change_password, end_sessions
from desabinaan.accounts.services.receipts import (
    delete_old_receipts,
    finish_receipt,
    start_receipt,
)
from desabinaan.accounts.services.tickets import (
    NewAccount,
    issue_ticket,
    issue_tickets,
    request_link,
    try_code,
    use_ticket,
)

__all__ = [
    "NEEDS_SECOND_APPROVAL",
    "NewAccount",
    "activate",
    "change_account",
    "change_password",
    "create_account",
    "create_demonstration_account",
    "deactivate",
    "delete_old_receipts",
    "end_sessions",
    "finish_receipt",
    "issue_ticket",
    "issue_tickets",
    "mark_sensitive",
    "record_export",
    "request_link",
    "set_language",
    "start_receipt",
    "try_code",
    "use_ticket",
]
