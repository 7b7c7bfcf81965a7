"""The URL arguments of each route of the matrix, from the records of the dataset."""

from collections.abc import Callable
from typing import Any

from tests.matrix.dataset import MatrixData, Records
from tests.matrix.reports import MONTHS

Address = dict[str, Any]
#: URL arguments of what does not exist, by their names; every number is MISSING_PK
MISSING: Address = {"code": "36.99.99.2999", "verb": "designate", "token": "tidak-ada"}
MISSING_PK = 2_000_000_000


def address_of(route: str, dataset: MatrixData, place: str, role: str) -> Address:
    """URL arguments of `route` for this role's own, foreign or missing object."""
    if place == "none":
        return {}
    if route.startswith("notices:"):
        arguments: Address = {"pk": dataset.notice_for(place, role)}
    else:
        arguments = ADDRESSES[route](dataset.records_for(place, role))
    if place == "missing":
        return {name: _missing(name, value) for name, value in arguments.items()}
    return arguments


def _missing(name: str, value: object) -> object:
    return MISSING_PK if isinstance(value, int) else MISSING.get(name, value)


def _pk(attribute: str) -> Callable[[Records], Address]:
    return lambda records: {"pk": getattr(records, attribute).pk}


def _village(records: Records) -> Address:
    return {"code": records.village.code}


def _in_village(attribute: str) -> Callable[[Records], Address]:
    """Address a record under the address of its village."""
    return lambda records: _village(records) | {"pk": getattr(records, attribute).pk}


def _proposed_village(**more: str) -> Callable[[Records], Address]:
    return lambda records: {"code": records.proposed_village.code} | more


def _waiver(records: Records) -> Address:
    """Return the village for which a waiver is requested: everybody has a step."""
    return {"pk": records.fgd.waiver_action.pk, "village_pk": records.village.pk}


def _month(status: str) -> Callable[[Records], Address]:
    return lambda records: _village(records) | {"month": MONTHS[status]}


def _row_of(attribute: str) -> Callable[[Records], Address]:
    """Address the only row of an uploaded list."""

    def address(records: Records) -> Address:
        listed = getattr(records, attribute)
        return {"pk": listed.pk, "row": listed.rows.get().pk}

    return address


def _rundown_line(records: Records) -> Address:
    listed = records.fgd.rundown_list
    return {"pk": listed.pk, "row": listed.rows.get().pk}


def _delegate_list(records: Records) -> Address:
    return {"pk": records.fgd.delegate_list.pk}


def _delegate_list_row(records: Records) -> Address:
    listed = records.fgd.delegate_list
    return {"pk": listed.pk, "row": listed.rows.get().pk}


def _model(records: Records) -> Address:
    return {"pk": records.vulnerability.model.pk}


def _figure_import(records: Records) -> Address:
    return {"pk": records.vulnerability.figure_import.pk}


def _figure_row(records: Records) -> Address:
    listed = records.vulnerability.figure_import
    return {"pk": listed.pk, "row": listed.rows.get().pk}


def _outreach(attribute: str, **more: str) -> Callable[[Records], Address]:
    """Address the planned activity, the held one or its photo, and name `more`."""
    return lambda records: {"pk": getattr(records.outreach, attribute).pk} | more


def _photo(records: Records) -> Address:
    return {"pk": records.outreach.past.pk, "photo": records.outreach.photo.pk}


def _running(**attributes: str) -> Callable[[Records], Address]:
    """Address the running session and its records, attributes by URL argument."""
    return lambda records: (
        {"pk": records.fgd.running.pk}
        | {
            argument: getattr(records.fgd, attribute).pk
            for argument, attribute in attributes.items()
        }
    )


def _fgd(attribute: str) -> Callable[[Records], Address]:
    return lambda records: {"pk": getattr(records.fgd, attribute).pk}


ADDRESSES: dict[str, Callable[[Records], Address]] = {
    "portal:village_overview": _village,
    "portal:handover": _in_village("assignment"),
    "portal:officer_recap": _pk("person"),
    "register:village_propose": lambda records: {"code": records.region.code},
    "register:village_profile": _village,
    "register:village_edit": _village,
    "register:contact_add": _village,
    "register:contact_edit": _in_village("contact"),
    "register:contact_remove": _in_village("contact"),
    "register:village_designations": _village,
    "vulnerability:village_vulnerability": _village,
    "vulnerability:vulnerability_score": lambda records: (
        _village(records) | {"pk": records.vulnerability.score.pk}
    ),
    "vulnerability:vulnerability_enter": _village,
    "vulnerability:vulnerability_correct": lambda records: (
        _village(records) | {"pk": records.vulnerability.figure.pk}
    ),
    "vulnerability:vulnerability_model": _model,
    "vulnerability:vulnerability_edit_weights": _model,
    "vulnerability:vulnerability_propose": _model,
    "vulnerability:vulnerability_return": _model,
    "vulnerability:vulnerability_put_in_force": _model,
    "vulnerability:figure_import_detail": _figure_import,
    "vulnerability:figure_import_columns": _figure_import,
    "vulnerability:figure_import_choose": _figure_import,
    "vulnerability:figure_import_skip_rest": _figure_import,
    "vulnerability:figure_import_commit": _figure_import,
    "vulnerability:figure_import_restart": _figure_import,
    "vulnerability:figure_import_discard": _figure_import,
    "vulnerability:figure_import_row": _figure_row,
    "vulnerability:figure_import_row_skip": _figure_row,
    "vulnerability:figure_import_row_restore": _figure_row,
    "register:village_decree": _proposed_village(verb="designate"),
    "register:proposal_withdraw": _proposed_village(),
    "register:proposal_decline": _proposed_village(),
    "register:decree_correct": _in_village("designation"),
    "register:decree_file": _pk("designation"),
    "register:decree_attach": _pk("designation"),
    **{
        f"people:roster_{page}": _pk("account_list")
        for page in (
            "detail",
            "columns",
            "choose",
            "skip_rest",
            "commit",
            "restart",
            "discard",
        )
    },
    "people:roster_row": _row_of("account_list"),
    "people:roster_row_skip": _row_of("account_list"),
    "people:roster_row_restore": _row_of("account_list"),
    "imports:import_detail": _pk("village_import"),
    "imports:import_columns": _pk("village_import"),
    "imports:import_choose": _pk("village_import"),
    "imports:import_skip_rest": _pk("village_import"),
    "imports:import_commit": _pk("village_import"),
    "imports:import_restart": _pk("village_import"),
    "imports:import_discard": _pk("village_import"),
    "imports:import_row": _row_of("village_import"),
    "imports:import_row_skip": _row_of("village_import"),
    "imports:import_row_restore": _row_of("village_import"),
    "register:village_assignments": _village,
    "register:assignment_add": _village,
    "register:assignment_end": _in_village("assignment"),
    "outreach:village_outreach": _village,
    "outreach:outreach_detail": _outreach("past"),
    "outreach:outreach_edit": _outreach("past"),
    "outreach:outreach_record": _outreach("planned"),
    "outreach:outreach_cancel": _outreach("planned"),
    "outreach:photo_add": _outreach("past"),
    "outreach:photo_caption": _photo,
    "outreach:photo_remove": _photo,
    "outreach:photo_file": _outreach("photo"),
    "outreach:material_file": _outreach("past"),
    "outreach:outreach_test": _outreach("past"),
    "outreach:test_open": _outreach("planned", kind="before"),
    "outreach:test_close": _outreach("past", kind="before"),
    "outreach:test_sheet": _outreach("past", kind="before"),
    "outreach:test_paper": _outreach("past", kind="before"),
    "outreach:test_again": lambda _records: {"code": "abcd"},
    "register:letter_file": _pk("assignment"),
    "people:account_request_detail": _pk("account_request"),
    "people:account_request_approve": _pk("account_request"),
    "people:account_request_decline": _pk("account_request"),
    "people:approval_detail": _pk("approval"),
    "people:approval_grant": _pk("approval"),
    "people:approval_decline": _pk("approval"),
    "people:person_issue_code": _pk("person"),
    "agencies:agency_contact": _pk("agency"),
    "sessions:session_detail": _running(),
    "sessions:session_change": _running(),
    "sessions:session_announce": _fgd("draft"),
    "sessions:session_open": _fgd("draft"),
    "sessions:session_undo_opening": _running(),
    "plan:session_finalise": _running(),
    "sessions:session_cancel": _fgd("draft"),
    "sessions:session_agenda": _running(),
    "sessions:agenda_add": _running(),
    "sessions:agenda_paste": _running(),
    "sessions:agenda_change": _running(item="agenda_item"),
    "sessions:agenda_remove": _running(item="agenda_item"),
    "sessions:rundown_list_detail": _fgd("rundown_list"),
    "sessions:rundown_list_choose": _fgd("rundown_list"),
    "sessions:rundown_list_skip_rest": _fgd("rundown_list"),
    "sessions:rundown_list_commit": _fgd("rundown_list"),
    "sessions:rundown_list_restart": _fgd("rundown_list"),
    "sessions:rundown_list_discard": _fgd("rundown_list"),
    "sessions:rundown_list_row": _rundown_line,
    "sessions:rundown_list_row_skip": _rundown_line,
    "sessions:rundown_list_row_restore": _rundown_line,
    "sessions:session_topics": _running(),
    "sessions:topic_add": _running(),
    "sessions:topic_change": _running(topic="topic"),
    "sessions:topic_remove": _running(topic="topic"),
    "sessions:topic_move": _running(topic="topic"),
    "sessions:topic_outcomes": _running(topic="topic"),
    "participants:session_participants": _running(),
    "participants:invite": _running(),
    "participants:invitation_change": _running(invitation="invitation"),
    "participants:invitation_withdraw": _running(invitation="invitation"),
    "participants:delegate_add": _running(),
    "participants:delegates_paste": _running(),
    "participants:delegate_list_detail": _delegate_list,
    "participants:delegate_list_columns": _delegate_list,
    "participants:delegate_list_choose": _delegate_list,
    "participants:delegate_list_skip_rest": _delegate_list,
    "participants:delegate_list_commit": _delegate_list,
    "participants:delegate_list_restart": _delegate_list,
    "participants:delegate_list_discard": _delegate_list,
    "participants:delegate_list_row": _delegate_list_row,
    "participants:delegate_list_row_skip": _delegate_list_row,
    "participants:delegate_list_row_restore": _delegate_list_row,
    "participants:delegate_change": _running(delegate="delegate"),
    "minutes:delegate_merge": _running(delegate="delegate"),
    "participants:delegate_remove": _running(delegate="delegate"),
    "participants:attendance": _running(),
    "participants:attendance_save": _running(),
    "participants:attendance_mark": _running(delegate="delegate"),
    "participants:attendance_unmark": _running(delegate="delegate"),
    "minutes:session_minutes": _running(),
    "minutes:minutes_add": _running(topic="topic"),
    "minutes:minutes_change": _running(entry="minutes_entry"),
    "minutes:minutes_remove": _running(entry="minutes_entry"),
    "plan:session_agreements": _running(),
    "plan:recommendation_add": _running(),
    "plan:recommendation_change": _running(recommendation="recommendation"),
    "plan:recommendation_remove": _running(recommendation="recommendation"),
    "plan:action_add": _running(recommendation="recommendation"),
    "plan:action_change": _running(action="unagreed_action"),
    "plan:action_remove": _running(action="unagreed_action"),
    "monthly:village_reports": _village,
    "monthly:report_detail": _month("submitted"),
    "monthly:report_receipt": _month("submitted"),
    "monthly:report_fill": _month("open"),
    "monthly:report_save_draft": _month("open"),
    "monthly:report_nil": _month("open"),
    "monthly:report_on_behalf": _month("open"),
    "monthly:report_verify": _month("submitted"),
    "monthly:report_return": _month("submitted"),
    "monthly:report_request_correction": _month("verified"),
    "monthly:report_excuse": _month("open"),
    "plan:evidence_file": _pk("evidence"),
    "plan:evidence_withdraw": _pk("evidence"),
    "plan:action_detail": _fgd("agreed_action"),
    "plan:report_progress": _fgd("agreed_action"),
    "plan:evidence_add": _fgd("agreed_action"),
    "plan:village_settle": _waiver,
    "plan:waiver_decide": _waiver,
    "plan:action_report_done": _fgd("agreed_action"),
    "plan:action_verify": _fgd("reported_action"),
    "plan:action_return": _fgd("reported_action"),
    "plan:action_cancel": _fgd("agreed_action"),
}
