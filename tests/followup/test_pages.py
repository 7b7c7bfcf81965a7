from collections.abc import Callable

import pytest
from django.test import Client

from tests.fgd import scene
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
