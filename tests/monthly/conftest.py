import pytest

from reports.monthly.models import ReportSlot
from tests.monthly.months import make_slot
from tests.world import World


@pytest.fixture
def slot(world: World) -> ReportSlot:
    """Lontar's month before this one, not sent yet."""
    return make_slot(world.villages["lontar"])
