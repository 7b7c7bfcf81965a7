"""What happened since the FGD: progress, evidence, verification, one return."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from desabinaan.accounts.models import User
from desabinaan.lib.files import IMAGE_OR_PDF, clean_upload
from fgd.actions import follow_up
from fgd.models import Action
from reports.followup.actions import Piece, Progress, report_progress
from reports.recap.demonstration.contents import contents, day_of, moment
from reports.recap.demonstration.files import drawing, paper
from reports.recap.demonstration.portal import Portal

WORKING_DAY = "13:30"


def follow_up_actions(portal: Portal) -> None:
    """Actions are verified, reported, returned, running, overdue, or not begun."""
    for story in contents("follow_up"):
        action = portal.actions[story["action"]]
        for number, deed in enumerate(story["deeds"]):
            user = portal.user(deed["by"])
            if deed["do"] == "progress":
                told = _progress(portal, deed, f"{story['action']}/{number}")
                report_progress(action.pk, told, acting_user=user)
            elif deed["do"] == "villages":
                _settle_villages(action, deed, user)
            else:
                _judge(action, deed, user)


def _progress(portal: Portal, deed: dict[str, Any], seed: str) -> Progress:
    if "village" in deed:
        party = f"village:{portal.villages[deed['village']].pk}"
    else:
        party = f"agency:{portal.agencies[deed['agency']].pk}"
    return Progress(
        party=party,
        percent=deed["percent"],
        text=deed["text"],
        occurred_on=day_of(deed["on"]),
        client_uuid=uuid5(NAMESPACE_URL, seed),
        piece=_piece(*deed["evidence"]) if "evidence" in deed else None,
    )


def _piece(title: str, extension: str) -> Piece:
    file = paper(title) if extension == "pdf" else drawing(title, extension)
    return Piece(clean_upload(file, IMAGE_OR_PDF), title)


def _settle_villages(action: Action, deed: dict[str, Any], user: User) -> None:
    for place in action.action_villages.order_by("pk"):
        follow_up.settle_village(
            place.pk,
            status="done",
            acting_user=user,
            occurred_at=moment(day_of(deed["on"]), WORKING_DAY),
        )


def _judge(action: Action, deed: dict[str, Any], user: User) -> None:
    when = moment(day_of(deed["on"]), WORKING_DAY)
    if deed["do"] == "report_done":
        follow_up.report_done(action.pk, acting_user=user, occurred_at=when)
    elif deed["do"] == "verify":
        follow_up.verify(
            action.pk, note=deed["note"], acting_user=user, occurred_at=when
        )
    elif deed["do"] == "return":
        follow_up.return_action(
            action.pk, reason=deed["note"], acting_user=user, occurred_at=when
        )
