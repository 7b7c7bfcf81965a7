import pytest

from reports.monthly.models import ReportSlot
from tests.dataset import Dataset
from tests.monthly.months import make_slot


@pytest.fixture
def slot(dataset: Dataset) -> ReportSlot:
    """Lontar's month before this one, not sent yet."""
    return make_slot(dataset.villages["lontar"])
