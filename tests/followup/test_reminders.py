from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from desabinaan.notices.kinds import Kind
from fgd.plan.models import Action
from reports.followup import services as followup_services
from tests.dataset import Dataset
from tests.notices.sent_notices import notified
from tests.sessions import sessions as scene

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (-1, Kind.ACTION_OVERDUE),
        (7, Kind.ACTION_DUE_SOON),
        (8, None),
        (-31, None),
    ],
)
def test_the_lead_agency_is_reminded_once_per_day_set(
    dataset: Dataset, days: int, kind: Kind | None
) -> None:
    due = timezone.localdate() + days * DAY
    action = scene.action(dataset, due_on=due, status="in_progress")
    assert [followup_services.remind(), followup_services.remind()] == (
        [1, 0] if kind else [0, 0]
    )
    if kind:
        assert notified(kind) == {"dinsos"}
        Action.objects.filter(pk=action.pk).update(due_on=due - DAY)
        assert followup_services.remind() == 1


def test_an_office_that_leads_is_reminded_too(dataset: Dataset) -> None:
    due = timezone.localdate() + DAY
    scene.action(dataset, due_on=due, status="in_progress", lead="kanim")
    call_command("remind")
    assert notified(Kind.ACTION_DUE_SOON) == {"serang", "serang2"}
