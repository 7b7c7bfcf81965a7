"""The whole demonstration, in the order in which things happened."""

from io import StringIO

from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.demo.accounts import make_accounts
from desabinaan.demo.agencies import make_agencies
from desabinaan.demo.decrees import record_decrees
from desabinaan.demo.duplicates import merge_a_duplicate
from desabinaan.demo.lists import upload_a_list
from desabinaan.demo.notices import remind_and_read
from desabinaan.demo.outreach import hold_outreach
from desabinaan.demo.people import (
    ask_for_account,
    request_an_approval,
    staff_offices,
    staff_villages,
)
from desabinaan.demo.places import make_offices, make_villages
from desabinaan.demo.portal import Portal
from desabinaan.demo.progress import follow_up_actions
from desabinaan.demo.reference import make_papers, make_reference
from desabinaan.demo.reports import send_reports
from desabinaan.demo.session import hold_session
from desabinaan.demo.vulnerability import score_villages_of_demo
from villages.places.models import Office


def is_built() -> bool:
    return User.objects.filter(is_demonstration=True).exists()


def holds_anybody_else() -> bool:
    """Return whether the database belongs to a portal that is no demonstration."""
    if User.objects.filter(is_demonstration=False).exists():
        return True
    return not is_built() and Office.objects.exists()


@transaction.atomic
def build() -> bool:
    """Build the whole demonstration; return False if it already exists."""
    if holds_anybody_else():
        raise PermissionDenied
    if is_built():
        return False
    portal = Portal()
    make_accounts()
    make_reference(portal)
    make_offices(portal)
    make_papers(portal)
    staff_offices(portal)
    make_villages(portal)
    staff_villages(portal)
    make_agencies(portal)
    hold_session(portal)
    follow_up_actions(portal)
    hold_outreach(portal)
    send_reports(portal)
    record_decrees(portal)
    merge_a_duplicate(portal)
    score_villages_of_demo(portal)
    upload_a_list(portal)
    ask_for_account(portal)
    request_an_approval(portal)
    remind_and_read()
    call_command("refresh_coverage", verbosity=0, stdout=StringIO())
    return True
