"""Two who apply a list at once."""

import pytest
from django.core.exceptions import ValidationError

from desabinaan.accounts.models import User
from fgd.actions.focal_points import appoint_all
from fgd.models import FocalPoint
from tests.fgd.focal_point_lists import found
from tests.races import at_once
from tests.world import World, build_world, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def test_a_list_applied_twice_at_once_appoints_each_person_once(world: World) -> None:
    User.objects.filter(pk=make_user("siti").pk).update(name="Siti")
    rows = found(world, {"name": "Siti", "username": "siti", "phone": ""})
    told = at_once(
        *(
            lambda: appoint_all(rows, acting_user=world.user("admin"))
            for _both in range(2)
        )
    )
    assert sum(isinstance(answer, ValidationError) for answer in told) == 1
    assert FocalPoint.objects.filter(user__username="siti").count() == 1
