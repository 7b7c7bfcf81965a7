from collections.abc import Callable

import pytest
from django.test import Client

from reports.followup.selectors.dossier import visible_actions
from tests.fgd import scene
from tests.followup import telling
from tests.world import World


@pytest.mark.parametrize(
    "name", ["kanwil", "serang", "pimpasa", "official", "dinsos", "polres", "auditor"]
)
def test_everybody_concerned_reads_the_plan_and_the_action(
    world: World, signed_in: Callable[[str], Client], name: str
) -> None:
    action = scene.action(world, supporters=("polres",))
    client = signed_in(name)
    for url in ("/rencana-aksi/", f"/rencana-aksi/{action.pk}/"):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Pelatihan kerja" in answer.content.decode()


def test_an_action_leads_to_its_session_only_where_that_is_in_sight(
    world: World,
) -> None:
    action = telling.action(world, villages=("kronjo",))
    for name, in_sight in (("serang", True), ("tangerang", False)):
        [found] = visible_actions(world.user(name)).filter(pk=action.pk)
        assert found.session_in_sight is in_sight
