"""The result shows what was written, not what was to be written before."""

from collections.abc import Callable

import pytest
from django.test import Client

from desabinaan.uploads.kinds import WRITES, AnyKind
from desabinaan.uploads.models import Upload
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.dataset import Dataset
from tests.imports import lists as village_lists
from tests.uploads.buttons import press
from tests.uploads.ready_lists import (
    Brought,
    of_figures,
    of_rundowns,
    of_villages,
)
from tests.uploads.written import written
from villages.imports.kind import VILLAGE_LISTS
from villages.register.models import Village
from villages.vulnerability.kind import FIGURE_LISTS

Browser = Callable[[str], Client]


def shown(client: Client, kind: AnyKind, listed: Upload):
    return client.get(kind.url("detail", listed.pk)).context


def counted(context) -> list[int]:
    """All rows, those to be corrected, ready, already there, skipped."""
    return [tab["count"] for tab in context["tabs"]]


@pytest.mark.parametrize(
    ("kind", "brought", "who", "count"),
    [
        (VILLAGE_LISTS, of_villages, "kanwil", 1),
        (FIGURE_LISTS, of_figures, "kanwil", 1),
        (RUNDOWN_LISTS, of_rundowns, "serang", 2),
    ],
)
def test_a_row_that_somebody_else_wrote_meanwhile_is_already_there(
    dataset: Dataset,
    signed_in: Browser,
    kind: AnyKind,
    brought: Brought,
    who: str,
    count: int,
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    press(client, kind, listed, "commit")
    saved = written()
    # the same list once more, checked before the first one was saved
    Upload.objects.filter(pk=listed.pk).update(status="previewed")
    listed.rows.update(outcome="")
    assert counted(shown(client, kind, listed)) == [count, 0, count, 0, 0]
    press(client, kind, listed, "commit")
    assert written() == saved
    context = shown(client, kind, listed)
    assert context["result"] == f"{count} baris sudah ada."
    assert counted(context) == [count, 0, 0, count, 0]
    for row in context["rows"]:
        assert (row["state"], row["writes"]) == ("sudah ada", "")
    for row in listed.rows.all():
        assert not [note for note in row.notes if note[0].startswith(WRITES)]


def test_a_cell_that_somebody_else_wrote_meanwhile_is_not_named_as_changed(
    dataset: Dataset, signed_in: Browser
) -> None:
    kind, client, lontar = VILLAGE_LISTS, signed_in("kanwil"), "36.04.13.2007"
    content = b"Kode;Penduduk;KK\n36.04.13.2007;1.234;300\n"
    listed = village_lists.previewed_file(
        dataset.kanwil, dataset.user("kanwil"), content
    )
    assert "Penduduk" in shown(client, kind, listed)["rows"][0]["writes"]
    Village.objects.filter(region=lontar).update(population=1234)
    press(client, kind, listed, "commit")
    context = shown(client, kind, listed)
    assert context["result"] == "1 baris diubah."
    assert counted(context) == [1, 0, 1, 0, 0]
    assert "300" in context["rows"][0]["writes"]
    assert "1.234" not in context["rows"][0]["writes"]
