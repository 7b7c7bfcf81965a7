from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.dataset import Dataset, make_session, make_village
from tests.monthly import months
from tests.plan import reporting as telling

TODAY = timezone.localdate()


@pytest.fixture
def uploads(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def busy(dataset: Dataset, uploads: None) -> Dataset:
    """Something waits for everybody: reports, actions, a proposal, a session."""
    sent = months.make_slot(dataset.villages["lontar"], months.EARLIER)
    months.send(sent, dataset.user("official"))
    late = months.make_slot(dataset.villages["lontar"])
    late.due_on = TODAY - timedelta(days=1)  # also in the first days of a month
    late.save(update_fields=["due_on"])
    months.make_slot(dataset.villages["kronjo"], months.EARLIER)
    telling.action(dataset, due_on=TODAY - timedelta(days=3))
    telling.action(dataset, "reported_done", due_on=TODAY + timedelta(days=3))
    make_village("36.04.13.2008", dataset.serang, "proposed")
    start = timezone.now() + timedelta(days=9)
    make_session(
        dataset.serang,
        dataset.people["serang"],
        "invited",
        theme="FGD berikutnya",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )
    return dataset


@pytest.fixture
def many(busy: Dataset) -> Callable[[], None]:
    """Calling it lays many more rows of everything in the same places."""

    def lay() -> None:
        for back in range(2, 9):
            month = months.EARLIER
            for _step in range(back):
                month = months.month_before(month)
            for name in ("lontar", "kronjo", "pulopanjang"):
                months.make_slot(busy.villages[name], month)
        for days in range(5):
            telling.action(busy, due_on=TODAY - timedelta(days=days + 4))
            make_session(busy.serang, busy.people["serang"], "finalised")

    return lay
