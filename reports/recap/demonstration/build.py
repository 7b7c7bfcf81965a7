"""The whole demonstration, in the order in which things happened."""

from django.db import transaction

from desabinaan.accounts.models import User
from reports.recap.actions import refresh_coverage
from reports.recap.demonstration.accounts import make_accounts
from reports.recap.demonstration.agencies import make_agencies
from reports.recap.demonstration.decrees import tell_decrees
from reports.recap.demonstration.duplicates import merge_a_duplicate
from reports.recap.demonstration.lists import upload_a_list
from reports.recap.demonstration.notices import remind_and_read
from reports.recap.demonstration.outreach import hold_outreach
from reports.recap.demonstration.people import (
    ask_for_account,
    ask_for_second_person,
    staff_offices,
    staff_villages,
)
from reports.recap.demonstration.places import make_offices, make_villages
from reports.recap.demonstration.portal import Portal
from reports.recap.demonstration.progress import follow_up_actions
from reports.recap.demonstration.reference import make_papers, make_reference
from reports.recap.demonstration.reports import send_reports
from reports.recap.demonstration.session import hold_session
from reports.recap.demonstration.vulnerability import judge_villages


def is_built() -> bool:
    return User.objects.filter(is_demonstration=True).exists()


@transaction.atomic
def build() -> bool:
    """The demonstration stands, whole; False when it stood before."""
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
    tell_decrees(portal)
    merge_a_duplicate(portal)
    judge_villages(portal)
    upload_a_list(portal)
    ask_for_account(portal)
    ask_for_second_person(portal)
    remind_and_read()
    refresh_coverage()
    return True
