"""Two who merge at once, or merge what another uses at that moment."""

import pytest
from django.core.exceptions import ValidationError

from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import participants
from fgd.actions.merging import merge_agencies, merge_delegates
from fgd.models import Agency, Delegate, Invitation
from tests.fgd import scene
from tests.races import at_once
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def merged(world: World, old: str, new: str) -> Agency:
    agencies = world.agencies
    return merge_agencies(
        agencies[old].pk, agencies[new].pk, acting_user=world.user("admin")
    )


def test_two_who_merge_crosswise_make_no_ring(world: World) -> None:
    told = at_once(
        lambda: merged(world, "dinsos", "polres"),
        lambda: merged(world, "polres", "dinsos"),
    )
    assert sum(isinstance(answer, IllegalTransition) for answer in told) == 1
    assert Agency.objects.exclude(successor=None).count() == 1


def test_who_invites_while_it_is_merged_invites_the_successor_or_is_told(
    world: World,
) -> None:
    session = scene.running(world)
    Invitation.objects.filter(agency__isnull=False).delete()
    told = at_once(
        lambda: merged(world, "dinsos", "polres"),
        lambda: participants.invite(
            session.pk,
            acting_user=world.user("serang"),
            agencies=[world.agencies["dinsos"]],
        ),
    )
    refusals = [row for row in told if isinstance(row, Exception)]
    assert len(refusals) <= 1
    assert all(isinstance(r, IllegalTransition | ValidationError) for r in refusals)
    old = Agency.objects.get(pk=world.agencies["dinsos"].pk)
    if old.successor is not None:
        assert not Invitation.objects.filter(agency=old).exists()


def test_two_who_join_one_pair_crosswise_leave_one_row(world: World) -> None:
    session = scene.running(world)
    first, second = scene.delegate(world, session), scene.delegate(world, session)
    told = at_once(
        *(
            lambda one=one, other=other: merge_delegates(
                one, other, acting_user=world.user("serang")
            )
            for one, other in ((first.pk, second.pk), (second.pk, first.pk))
        )
    )
    assert Delegate.objects.count() == 1
    assert sum(isinstance(answer, IllegalTransition) for answer in told) == 1
