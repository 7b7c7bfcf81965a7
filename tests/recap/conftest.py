from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.followup import telling
from tests.monthly import months
from tests.world import World, make_session, make_village

TODAY = timezone.localdate()


@pytest.fixture
def uploads(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def busy(world: World, uploads: None) -> World:
    """Something waits for everybody: reports, actions, a proposal, a session."""
    sent = months.make_slot(world.villages["lontar"], months.EARLIER)
    months.send(sent, world.user("official"))
    months.make_slot(world.villages["lontar"])
    months.make_slot(world.villages["kronjo"], months.EARLIER)
    telling.action(world, due_on=TODAY - timedelta(days=3))
    telling.action(world, "reported_done", due_on=TODAY + timedelta(days=3))
    make_village("36.04.13.2008", world.serang, "proposed")
    start = timezone.now() + timedelta(days=9)
    make_session(
        world.serang,
        world.people["serang"],
        "invited",
        theme="FGD berikutnya",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )
    return world


@pytest.fixture
def many(busy: World) -> Callable[[], None]:
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
