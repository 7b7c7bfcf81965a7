from desabinaan.lib.workflow.locking import lock_row
from fgd.plan.models import Action
from fgd.plan.workflow import refuse_unagreed


def agreed_action(action_id: int) -> Action:
    """Return the agreed action, locked; the caller checks the user's rights."""
    rows = Action.objects.select_related("office", "lead_agency__office")
    action = lock_row(rows, action_id)
    refuse_unagreed(action)
    return action
