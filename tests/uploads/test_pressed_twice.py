"""A button of a list pressed once more is answered, not refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from desabinaan.uploads import services
from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import Upload
from tests.dataset import Dataset
from tests.uploads.buttons import opened, press
from tests.uploads.ready_lists import READY_LISTS, Brought, of_figures, of_villages
from tests.uploads.written import written
from villages.imports.kind import VILLAGE_LISTS
from villages.vulnerability.kind import FIGURE_LISTS

Browser = Callable[[str], Client]


def answers(client: Client, kind: AnyKind, listed: Upload, button: str, sent) -> str:
    """Press the button of a page opened before; return what is said above."""
    answer: Any = client.post(kind.url(button, listed.pk), sent)
    said = [f"{one.level_tag}: {one}" for one in get_messages(answer.wsgi_request)]
    client.get(answer.url, follow=True)  # the messages are shown once
    return "; ".join(said)


@pytest.mark.parametrize(("kind", "brought", "who"), READY_LISTS)
def test_a_list_is_saved_once_and_whoever_presses_again_learns_it(
    dataset: Dataset, signed_in: Browser, kind: AnyKind, brought: Brought, who: str
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    sent = opened(client, kind, listed)
    assert answers(client, kind, listed, "commit", sent) == ""
    saved = written()
    for _time in range(2):
        assert answers(client, kind, listed, "commit", sent) == (
            "info: Daftar ini sudah disimpan. Tidak ada yang disimpan dua kali."
        )
    assert written() == saved
    assert listed.events.filter(verb="commit").count() == 1


@pytest.mark.parametrize(
    ("kind", "brought"), [(VILLAGE_LISTS, of_villages), (FIGURE_LISTS, of_figures)]
)
def test_somebody_else_learns_who_saved_or_discarded_the_list(
    dataset: Dataset, signed_in: Browser, kind: AnyKind, brought: Brought
) -> None:
    client, other = signed_in("kanwil"), signed_in("kanwil2")
    listed, name = brought(dataset, client), str(dataset.user("kanwil"))
    sent = opened(other, kind, listed)
    press(client, kind, listed, "commit")
    said = answers(other, kind, listed, "commit", sent)
    assert said.startswith(f"info: {name} menyimpan daftar ini pada ")
    Upload.objects.update(status="previewed")
    sent = opened(other, kind, listed)
    press(client, kind, listed, "discard")
    said = answers(other, kind, listed, "discard", sent)
    assert said.startswith(f"info: {name} menghapus daftar ini pada ")
    said = answers(client, kind, listed, "discard", sent)
    assert said == "info: Daftar ini sudah dihapus."
    said = answers(other, kind, listed, "commit", sent)
    assert said.startswith("warning: “Simpan baris” tidak dapat dilakukan")


def test_a_list_that_the_worker_saves_is_not_queued_twice(
    dataset: Dataset, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, client = VILLAGE_LISTS, signed_in("kanwil")
    other = signed_in("kanwil2")
    monkeypatch.setattr(type(kind), "at_once", 0)
    listed = of_villages(dataset, client)
    sent = opened(client, kind, listed)
    say = partial(answers, kind=kind, listed=listed, sent=sent)
    assert say(client, button="commit") == ""
    assert say(client, button="commit") == (
        "info: Baris sedang disimpan. Tidak ada yang disimpan dua kali."
    )
    name = dataset.user("kanwil")
    said = say(other, button="commit")
    assert said.startswith(f"info: {name} mulai menyimpan baris ini pada ")
    assert listed.events.filter(verb="commit").count() == 1
    services.run_commit(kind, listed.pk)
    said = say(other, button="restart")
    assert said.startswith(f"info: {name} menyimpan daftar ini pada ")
