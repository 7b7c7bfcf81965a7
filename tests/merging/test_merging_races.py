"""Two who merge at once, or merge what another uses at that moment."""

import pytest
from django.core.exceptions import ValidationError

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.agencies.models import Agency
from fgd.merging.services import merge_agencies
from fgd.minutes.services.merging import merge_delegates
from fgd.participants import services as participants_services
from fgd.participants.models import Delegate, Invitation
from tests.dataset import Dataset, build_dataset
from tests.races import at_once
from tests.sessions import sessions as scene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return build_dataset()


def merged(dataset: Dataset, old: str, new: str) -> Agency:
    agencies = dataset.agencies
    return merge_agencies(
        agencies[old].pk, agencies[new].pk, acting_user=dataset.user("admin")
    )


def test_two_who_merge_crosswise_make_no_ring(dataset: Dataset) -> None:
    outcomes = at_once(
        lambda: merged(dataset, "dinsos", "polres"),
        lambda: merged(dataset, "polres", "dinsos"),
    )
    assert sum(isinstance(answer, IllegalTransition) for answer in outcomes) == 1
    assert Agency.objects.exclude(successor=None).count() == 1


def test_inviting_during_a_merge_invites_the_successor_or_is_refused(
    dataset: Dataset,
) -> None:
    session = scene.running(dataset)
    Invitation.objects.filter(agency__isnull=False).delete()
    outcomes = at_once(
        lambda: merged(dataset, "dinsos", "polres"),
        lambda: participants_services.invite(
            session.pk,
            acting_user=dataset.user("serang"),
            agencies=[dataset.agencies["dinsos"]],
        ),
    )
    refusals = [row for row in outcomes if isinstance(row, Exception)]
    assert len(refusals) <= 1
    assert all(isinstance(r, IllegalTransition | ValidationError) for r in refusals)
    old = Agency.objects.get(pk=dataset.agencies["dinsos"].pk)
    if old.successor is not None:
        assert not Invitation.objects.filter(agency=old).exists()


def test_two_who_join_one_pair_crosswise_leave_one_row(dataset: Dataset) -> None:
    session = scene.running(dataset)
    first, second = (scene.delegate(dataset, session, f"Petugas {n}") for n in "AB")
    outcomes = at_once(
        *(
            lambda one=one, other=other: merge_delegates(
                one, other, acting_user=dataset.user("serang")
            )
            for one, other in ((first.pk, second.pk), (second.pk, first.pk))
        )
    )
    assert Delegate.objects.count() == 1
    assert sum(isinstance(answer, IllegalTransition) for answer in outcomes) == 1
