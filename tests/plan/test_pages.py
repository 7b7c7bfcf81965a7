from collections.abc import Callable

import pytest
from django.test import Client

from fgd.plan.selectors.details import visible_actions
from tests.dataset import Dataset
from tests.plan import reporting as telling
from tests.sessions import sessions as scene


@pytest.mark.parametrize(
    "name", ["kanwil", "serang", "pimpasa", "official", "dinsos", "polres", "auditor"]
)
def test_everybody_concerned_reads_the_plan_and_the_action(
    dataset: Dataset, signed_in: Callable[[str], Client], name: str
) -> None:
    action = scene.action(dataset, supporters=("polres",))
    client = signed_in(name)
    for url in ("/rencana-aksi/", f"/rencana-aksi/{action.pk}/"):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Pelatihan kerja" in answer.content.decode()


def test_an_action_links_to_its_session_only_if_visible(
    dataset: Dataset,
) -> None:
    action = telling.action(dataset, villages=("kronjo",))
    for name, is_visible in (("serang", True), ("tangerang", False)):
        [found] = visible_actions(dataset.user(name)).filter(pk=action.pk)
        assert found.session_is_visible is is_visible
