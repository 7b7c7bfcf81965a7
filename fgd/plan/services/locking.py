from fgd.plan.models import Action
from fgd.plan.workflow import refuse_unagreed


def agreed_action(action_id: int) -> Action:
    """Return the agreed action, locked; the caller checks the user's rights."""
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("office", "lead_agency__office")
        .get(pk=action_id)
    )
    refuse_unagreed(action)
    return action
