"""Two who apply a list at once."""

import pytest
from django.core.exceptions import ValidationError

from desabinaan.accounts.models import User
from fgd.agencies.models import FocalPoint
from fgd.agencies.services.focal_points import appoint_all
from tests.agencies.focal_point_lists import found
from tests.dataset import Dataset, build_dataset, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return build_dataset()


def test_a_list_applied_twice_at_once_appoints_each_person_once(
    dataset: Dataset,
) -> None:
    User.objects.filter(pk=make_user("siti").pk).update(name="Siti")
    rows = found(dataset, {"name": "Siti", "username": "siti", "phone": ""})
    outcomes = at_once(
        *(
            lambda: appoint_all(rows, acting_user=dataset.user("admin"))
            for _both in range(2)
        )
    )
    assert sum(isinstance(answer, ValidationError) for answer in outcomes) == 1
    assert FocalPoint.objects.filter(user__username="siti").count() == 1
