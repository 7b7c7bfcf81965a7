from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reports.followup.presenters import timeline_of
from reports.followup.selectors import ActionTaskCounts, waiting_for
from tests.dataset import Dataset
from tests.plan import reporting as telling

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("name", "waiting"),
    [
        ("serang", ActionTaskCounts(open=4, overdue=1, to_verify=1, with_waiver=1)),
        ("dinsos", ActionTaskCounts(open=3, overdue=1, to_verify=0, with_waiver=0)),
        ("official", ActionTaskCounts(open=3, overdue=1, to_verify=0, with_waiver=0)),
        ("auditor", ActionTaskCounts(open=4, overdue=1, to_verify=0, with_waiver=0)),
        ("leader", ActionTaskCounts(open=0, overdue=0, to_verify=0, with_waiver=0)),
    ],
)
def test_what_waits_is_counted_in_one_query(
    dataset: Dataset,
    django_assert_max_num_queries: Any,
    name: str,
    waiting: ActionTaskCounts,
) -> None:
    telling.action(dataset, due_on=TODAY - timedelta(days=1))
    asked = telling.action(dataset, status="not_started", due_on=TODAY)
    asked.action_villages.update(
        status="waiver_requested",
        reason="Tidak ada lahan",
        requested_by=dataset.people["dinsos"],
    )
    telling.action(dataset, status="reported_done")
    telling.action(
        dataset, status="reported_done", lead="kanim", villages=(), supporters=()
    )
    telling.action(dataset, status="cancelled")
    user = dataset.user(name)
    waiting_for(user)
    with django_assert_max_num_queries(1):
        assert waiting_for(user) == waiting


def test_a_village_s_timeline_shows_its_own_progress_only(
    dataset: Dataset,
) -> None:
    action = telling.action(dataset, villages=("lontar", "tengkurak"))
    telling.report_progress(dataset, action)
    assert len(timeline_of(dataset.villages["lontar"])) == 1
    assert timeline_of(dataset.villages["kronjo"]) == []
