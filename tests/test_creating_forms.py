"""A form that creates something is saved once, however often it is sent."""

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection

from tests.cached_rows import cached_rows
from tests.creating_forms import CREATING_FORMS, CreatingForm, build_records
from tests.matrix.dataset import MatrixData
from tests.test_architecture import named_routes

ALREADY_SAVED = "Sudah tersimpan sebelumnya. Tidak ada yang disimpan dua kali."

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(db: None) -> MatrixData:
    return cached_rows(build_records)


def rows_inserted() -> Counter[str]:
    """Rows inserted in this transaction so far, by table, sessions aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables "
            "WHERE relname <> 'django_session' AND n_tup_ins > 0"
        )
        return Counter(dict(cursor.fetchall()))


@pytest.mark.parametrize("form", CREATING_FORMS, ids=str)
def test_a_form_sent_twice_is_saved_once(
    dataset: MatrixData, form: CreatingForm
) -> None:
    client = dataset.client(form.role)
    shown = form.page is not None
    number = form.number_on_page(dataset, client) if shown else uuid4()
    before = form.creates._default_manager.count()
    first = form.send(dataset, client, number)
    assert first.status_code == 302
    assert form.creates._default_manager.count() == before + 1
    once = rows_inserted()
    second = form.send(dataset, client, number)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert rows_inserted() - once == Counter()
    said = [str(message) for message in get_messages(second.wsgi_request)]
    assert said[-1] == ALREADY_SAVED


# --- No creating form is forgotten -------------------------------------------

#: Routes that take a POST and create nothing by a form, or make one row of themselves.
NOT_CREATING = {
    "changes what exists, under its version or its state": {
        "accounts:account",
        "accounts:change_password",
        "accounts:language",
        "accounts:new_password",
        "accounts:sign_out_everywhere",
        "agencies:agency_contact",
        "imports:import_choose",
        "imports:import_columns",
        "imports:import_commit",
        "imports:import_discard",
        "imports:import_restart",
        "imports:import_row",
        "imports:import_row_restore",
        "imports:import_row_skip",
        "imports:import_skip_rest",
        "minutes:delegate_merge",
        "minutes:minutes_change",
        "monthly:report_excuse",
        "monthly:report_request_correction",
        "monthly:report_return",
        "monthly:report_save_draft",
        "monthly:report_verify",
        "notices:mark_all",
        "notices:notice_mark",
        "notices:notice_open",
        "notices:preferences",
        "outreach:outreach_cancel",
        "outreach:outreach_edit",
        "outreach:outreach_record",
        "outreach:photo_caption",
        "outreach:test_close",
        "outreach:test_open",
        "outreach:test_paper",
        "participants:attendance_mark",
        "participants:attendance_save",
        "participants:delegate_change",
        "participants:delegate_list_choose",
        "participants:delegate_list_columns",
        "participants:delegate_list_commit",
        "participants:delegate_list_discard",
        "participants:delegate_list_restart",
        "participants:delegate_list_row",
        "participants:delegate_list_row_restore",
        "participants:delegate_list_row_skip",
        "participants:delegate_list_skip_rest",
        "participants:invitation_change",
        "people:account_request_decline",
        "people:approval_decline",
        "plan:action_cancel",
        "plan:action_change",
        "plan:action_report_done",
        "plan:action_return",
        "plan:action_verify",
        "plan:evidence_withdraw",
        "plan:recommendation_change",
        "plan:session_finalise",
        "plan:village_settle",
        "plan:waiver_decide",
        "register:assignment_end",
        "register:contact_edit",
        "register:decree_attach",
        "register:decree_correct",
        "register:proposal_decline",
        "register:proposal_withdraw",
        "register:village_edit",
        "sessions:agenda_change",
        "sessions:rundown_list_choose",
        "sessions:rundown_list_commit",
        "sessions:rundown_list_discard",
        "sessions:rundown_list_restart",
        "sessions:rundown_list_row",
        "sessions:rundown_list_row_restore",
        "sessions:rundown_list_row_skip",
        "sessions:rundown_list_skip_rest",
        "sessions:session_announce",
        "sessions:session_cancel",
        "sessions:session_change",
        "sessions:session_open",
        "sessions:session_undo_opening",
        "sessions:topic_change",
        "sessions:topic_move",
        "sessions:topic_outcomes",
        "vulnerability:figure_import_choose",
        "vulnerability:figure_import_columns",
        "vulnerability:figure_import_commit",
        "vulnerability:figure_import_discard",
        "vulnerability:figure_import_restart",
        "vulnerability:figure_import_row",
        "vulnerability:figure_import_row_restore",
        "vulnerability:figure_import_row_skip",
        "vulnerability:figure_import_skip_rest",
        "vulnerability:vulnerability_edit_weights",
        "vulnerability:vulnerability_propose",
        "vulnerability:vulnerability_put_in_force",
        "vulnerability:vulnerability_return",
    },
    "removes a row": {
        "accounts:drop_preserved_post",
        "minutes:minutes_remove",
        "outreach:photo_remove",
        "participants:attendance_unmark",
        "participants:delegate_remove",
        "participants:invitation_withdraw",
        "people:roster_choose",
        "people:roster_columns",
        "people:roster_commit",
        "people:roster_discard",
        "people:roster_restart",
        "people:roster_row",
        "people:roster_row_restore",
        "people:roster_row_skip",
        "people:roster_skip_rest",
        "plan:action_remove",
        "plan:recommendation_remove",
        "register:contact_remove",
        "sessions:agenda_remove",
        "sessions:topic_remove",
    },
    "shows rows to check, or a file": {
        "agencies:agency_export",
        "imports:import_export",
        "monthly:report_export",
        "notices:notice_export",
        "outreach:learning_export",
        "outreach:outreach_export",
        "people:account_request_export",
        "people:account_slips",
        "people:person_export",
        "people:zoning_export",
        "plan:action_export",
        "register:village_export",
        "sessions:session_export",
        "vulnerability:figure_import_export",
        "vulnerability:vulnerability_export",
        "vulnerability:vulnerability_model_export",
    },
    "shows a link or code once: the last answer has to hold the valid one": {
        "accounts:forgot",
        "accounts:use_code",
        "people:account_request_approve",
        "people:account_requests_approve",
        "people:approval_grant",
        "people:person_issue_code",
    },
    "needs no row of its own": {
        "accounts:sign_in",
        "accounts:sign_out",
        "outreach:test_again",
    },
    "is counted by a number of its own, without a user": {"outreach:test_answer"},
    "sends a version of a report, whose number stays with it (decision 22)": {
        "monthly:report_fill",
        "monthly:report_nil",
        "monthly:report_on_behalf",
    },
}
OTHERS = set().union(*NOT_CREATING.values())
LISTED = {form.route for form in CREATING_FORMS}


def views() -> Iterator[tuple[str, Any]]:
    """The views of the portal by route, without those of other packages."""
    for name, pattern in named_routes():
        if not name.startswith("admin:"):
            yield name, pattern.callback


def source_of(view: Any) -> str:
    return inspect.getsource(inspect.unwrap(view))


def takes_post(view: Any) -> bool:
    words = source_of(view)
    return "@require_form_methods" in words or "@require_POST" in words


def test_every_route_that_takes_a_post_is_known() -> None:
    """A new form is decorated with `once_per_form` and listed, or named above."""
    found = {name for name, view in views() if takes_post(view)}
    assert found - LISTED - OTHERS == set()
    assert (LISTED | OTHERS) - found == set()


def test_no_view_takes_a_post_without_saying_so() -> None:
    silent = [
        name
        for name, view in views()
        if not takes_post(view)
        and re.search(r"\bPOST\b|post_or_none|run_service", source_of(view))
    ]
    assert silent == []


def test_the_listed_forms_are_those_that_save_once() -> None:
    decorated = {name for name, view in views() if getattr(view, "saves_once", False)}
    assert decorated == LISTED
    assert LISTED.isdisjoint(OTHERS)


@pytest.mark.parametrize(
    "route", ["sessions:agenda_paste", "participants:delegates_paste"]
)
def test_a_list_may_be_brought_again_in_another_form(
    dataset: MatrixData, route: str
) -> None:
    """One that was discarded, or whose rows were deleted since."""
    (form,) = (one for one in CREATING_FORMS if one.route == route)
    client, rows = dataset.client(form.role), form.creates._default_manager
    before = rows.count()
    answers = [form.send(dataset, client, uuid4()) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert rows.count() == before + 2
    assert answers[0]["Location"] != answers[1]["Location"]
