"""How each route of the matrix is addressed on a side of the scene."""

from collections.abc import Callable
from typing import Any

from tests.matrix_scene import MONTHS, Scene, Side

Address = dict[str, Any]
#: the address of what does not exist, by the name of the URL argument
MISSING: Address = {"code": "36.99.99.2999", "verb": "designate", "token": "tidak-ada"}
NOWHERE = 2_000_000_000


def place_of(route: str, scene: Scene, place: str, role: str) -> Address:
    """URL arguments of `route` for this role's own, foreign or missing thing."""
    if route.startswith("notices:notice_") and place in {"own", "foreign"}:
        return {"pk": scene.notice(place, role)}
    address = ADDRESSES.get(route)
    if address is None or place == "none":
        return {}
    arguments = address(scene.side("foreign" if place == "missing" else place, role))
    if place != "missing":
        return arguments
    return {name: _missing(name, value) for name, value in arguments.items()}


def _missing(name: str, value: object) -> object:
    return NOWHERE if isinstance(value, int) else MISSING.get(name, value)


def _village(side: Side) -> Address:
    return {"code": side.village.code}


def _month(status: str) -> Callable[[Side], Address]:
    return lambda side: {"code": side.village.code, "month": MONTHS[status]}


def _running(**names: str) -> Callable[[Side], Address]:
    """The running session, and things of it by URL argument and attribute name."""
    return lambda side: (
        {"pk": side.running.pk}
        | {
            argument: getattr(side, attribute).pk
            for argument, attribute in names.items()
        }
    )


def _draft(side: Side) -> Address:
    return {"pk": side.draft.pk}


def _agreed(side: Side) -> Address:
    return {"pk": side.agreed.pk}


def _reported(side: Side) -> Address:
    return {"pk": side.reported.pk}


def _pk(attribute: str) -> Callable[[Side], Address]:
    return lambda side: {"pk": getattr(side, attribute).pk}


def _weighing(side: Side) -> Address:
    return {"pk": side.judged.weighing.pk}


def _figures(side: Side) -> Address:
    return {"pk": side.judged.figures.pk}


def _outreach(what: str, **more: object) -> Callable[[Side], Address]:
    """The planned or the held activity, and what else the address names."""
    return lambda side: {"pk": getattr(side.outreach, what).pk} | more


def _photo(side: Side) -> Address:
    return {"pk": side.outreach.held.pk, "photo": side.outreach.photo.pk}


def _line(side: Side) -> Address:
    return {"pk": side.listed.pk, "row": side.listed.rows.get().pk}


ADDRESSES: dict[str, Callable[[Side], Address]] = {
    "accounts:set_password": lambda side: {"token": "tidak-ada"},
    "notices:notice_open": lambda side: {"pk": NOWHERE},
    "notices:notice_mark": lambda side: {"pk": NOWHERE},
    "recap:village_overview": _village,
    "recap:handover": lambda side: _village(side) | {"pk": side.assignment.pk},
    "recap:officer_recap": _pk("person"),
    "villages:village_propose": lambda side: {"code": side.open_region.code},
    "villages:village_profile": _village,
    "villages:village_edit": _village,
    "villages:contact_add": _village,
    "villages:contact_edit": lambda side: _village(side) | {"pk": side.contact.pk},
    "villages:contact_remove": lambda side: _village(side) | {"pk": side.contact.pk},
    "villages:village_designations": _village,
    "villages:village_vulnerability": _village,
    "villages:vulnerability_score": lambda side: (
        _village(side) | {"pk": side.judged.score.pk}
    ),
    "villages:vulnerability_enter": _village,
    "villages:vulnerability_correct": lambda side: (
        _village(side) | {"pk": side.judged.figure.pk}
    ),
    "villages:vulnerability_model": _weighing,
    "villages:vulnerability_weigh": _weighing,
    "villages:vulnerability_propose": _weighing,
    "villages:vulnerability_return": _weighing,
    "villages:vulnerability_put_in_force": _weighing,
    "villages:figure_import_detail": _figures,
    "villages:figure_import_apply": _figures,
    "villages:village_decree": lambda side: {
        "code": side.proposed.code,
        "verb": "designate",
    },
    "villages:proposal_withdraw": lambda side: {"code": side.proposed.code},
    "villages:proposal_decline": lambda side: {"code": side.proposed.code},
    "villages:decree_correct": lambda side: (
        _village(side) | {"pk": side.designation.pk}
    ),
    "villages:decree_file": _pk("designation"),
    "villages:decree_attach": _pk("designation"),
    "villages:import_detail": _pk("listed"),
    "villages:import_columns": _pk("listed"),
    "villages:import_choose": _pk("listed"),
    "villages:import_leave_out_rest": _pk("listed"),
    "villages:import_apply": _pk("listed"),
    "villages:import_again": _pk("listed"),
    "villages:import_discard": _pk("listed"),
    "villages:import_row": _line,
    "villages:import_row_leave_out": _line,
    "villages:import_row_take_back": _line,
    "villages:village_assignments": _village,
    "villages:assignment_add": _village,
    "villages:assignment_end": lambda side: _village(side) | {"pk": side.assignment.pk},
    "villages:village_outreach": _village,
    "villages:outreach_detail": _outreach("held"),
    "villages:outreach_edit": _outreach("held"),
    "villages:outreach_held": _outreach("planned"),
    "villages:outreach_cancel": _outreach("planned"),
    "villages:photo_add": _outreach("held"),
    "villages:photo_caption": _photo,
    "villages:photo_remove": _photo,
    "villages:photo_file": _outreach("photo"),
    "villages:material_file": _outreach("held"),
    "villages:outreach_test": _outreach("held"),
    "villages:test_open": _outreach("planned", moment="before"),
    "villages:test_close": _outreach("held", moment="before"),
    "villages:test_sheet": _outreach("held", moment="before"),
    "villages:test_paper": _outreach("held", moment="before"),
    "villages:letter_file": _pk("assignment"),
    "villages:account_request_detail": _pk("request"),
    "villages:account_request_approve": _pk("request"),
    "villages:account_request_decline": _pk("request"),
    "villages:guarded_detail": _pk("guarded"),
    "villages:guarded_confirm": _pk("guarded"),
    "villages:guarded_decline": _pk("guarded"),
    "villages:person_issue_code": _pk("person"),
    "fgd:agency_contact": _pk("agency"),
    "fgd:session_detail": _running(),
    "fgd:session_change": _running(),
    "fgd:session_announce": _draft,
    "fgd:session_open": _draft,
    "fgd:session_finalise": _running(),
    "fgd:session_cancel": _draft,
    "fgd:session_agenda": _running(),
    "fgd:agenda_add": _running(),
    "fgd:agenda_paste": _running(),
    "fgd:agenda_change": _running(item="item"),
    "fgd:agenda_remove": _running(item="item"),
    "fgd:session_topics": _running(),
    "fgd:topic_add": _running(),
    "fgd:topic_change": _running(topic="topic"),
    "fgd:topic_remove": _running(topic="topic"),
    "fgd:topic_move": _running(topic="topic"),
    "fgd:topic_outcomes": _running(topic="topic"),
    "fgd:session_participants": _running(),
    "fgd:invite": _running(),
    "fgd:invitation_change": _running(invitation="invitation"),
    "fgd:invitation_withdraw": _running(invitation="invitation"),
    "fgd:delegate_add": _running(),
    "fgd:delegates_paste": _running(),
    "fgd:delegates_apply": _running(),
    "fgd:delegate_change": _running(delegate="delegate"),
    "fgd:delegate_merge": _running(delegate="delegate"),
    "fgd:delegate_remove": _running(delegate="delegate"),
    "fgd:attendance": _running(),
    "fgd:attendance_save": _running(),
    "fgd:attendance_mark": _running(delegate="delegate"),
    "fgd:attendance_unmark": _running(delegate="delegate"),
    "fgd:session_minutes": _running(),
    "fgd:minutes_add": _running(topic="topic"),
    "fgd:minutes_change": _running(entry="entry"),
    "fgd:minutes_remove": _running(entry="entry"),
    "fgd:session_agreements": _running(),
    "fgd:recommendation_add": _running(),
    "fgd:recommendation_change": _running(recommendation="recommendation"),
    "fgd:recommendation_remove": _running(recommendation="recommendation"),
    "fgd:action_add": _running(recommendation="recommendation"),
    "fgd:action_change": _running(action="wish"),
    "fgd:action_remove": _running(action="wish"),
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
    "followup:evidence_file": _pk("evidence"),
    "followup:evidence_withdraw": _pk("evidence"),
    "followup:action_detail": _agreed,
    "followup:report_progress": _agreed,
    "followup:evidence_add": _agreed,
    "followup:village_settle": lambda side: (
        _agreed(side) | {"village_pk": side.village.pk}
    ),
    "followup:action_report_done": _agreed,
    "followup:action_verify": _reported,
    "followup:action_return": _reported,
    "followup:action_cancel": _agreed,
}
