"""Progress since the FGD: evidence, verification, one return."""

from typing import Any

from desabinaan.accounts.models import User
from desabinaan.demo.contents import contents, day_of, moment
from desabinaan.demo.files import drawing, paper
from desabinaan.demo.portal import Portal
from desabinaan.lib.files.uploads import IMAGE_OR_PDF, clean_upload
from fgd.plan import services as plan_services
from fgd.plan.models import Action
from fgd.plan.services.progress import EvidenceFile, Progress, report_progress

WORKING_DAY = "13:30"


def follow_up_actions(portal: Portal) -> None:
    """Bring actions to every state: verified, reported, returned, overdue."""
    for entry in contents("follow_up"):
        action = portal.actions[entry["action"]]
        for step in entry["steps"]:
            user = portal.user(step["by"])
            if step["do"] == "progress":
                progress = _progress(portal, step)
                report_progress(action.pk, progress, acting_user=user)
            elif step["do"] == "villages":
                _settle_villages(action, step, user)
            else:
                _verify_or_return(action, step, user)


def _progress(portal: Portal, step: dict[str, Any]) -> Progress:
    if "village" in step:
        party = f"village:{portal.villages[step['village']].pk}"
    else:
        party = f"agency:{portal.agencies[step['agency']].pk}"
    return Progress(
        party=party,
        percent=step["percent"],
        text=step["text"],
        occurred_on=day_of(step["on"]),
        evidence_file=_evidence_file(*step["evidence"]) if "evidence" in step else None,
    )


def _evidence_file(title: str, extension: str) -> EvidenceFile:
    file = paper(title) if extension == "pdf" else drawing(title, extension)
    return EvidenceFile(clean_upload(file, IMAGE_OR_PDF), title)


def _settle_villages(action: Action, step: dict[str, Any], user: User) -> None:
    for place in action.action_villages.order_by("pk"):
        plan_services.mark_village_done(
            place.pk,
            acting_user=user,
            occurred_at=moment(day_of(step["on"]), WORKING_DAY),
        )


def _verify_or_return(action: Action, step: dict[str, Any], user: User) -> None:
    when = moment(day_of(step["on"]), WORKING_DAY)
    if step["do"] == "report_done":
        reason = step.get("note", "")
        plan_services.report_done(
            action.pk, reason=reason, acting_user=user, occurred_at=when
        )
    elif step["do"] == "verify":
        plan_services.verify(
            action.pk, note=step["note"], acting_user=user, occurred_at=when
        )
    elif step["do"] == "return":
        plan_services.return_action(
            action.pk, reason=step["note"], acting_user=user, occurred_at=when
        )
