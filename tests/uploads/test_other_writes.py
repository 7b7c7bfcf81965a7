"""Nothing is written that the page of a list did not show, whatever its kind."""

from collections.abc import Callable

import pytest
from django.test import Client

from desabinaan.uploads.kinds import WRITES, AnyKind
from desabinaan.uploads.models import Upload
from fgd.agencies.models import FocalPoint
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import Delegate
from fgd.plan.kind import FOCAL_POINT_LISTS
from fgd.sessions.models import AgendaItem
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.agencies import focal_point_lists
from tests.dataset import Dataset
from tests.imports import lists as village_lists
from tests.participants import pasted_pages
from tests.people import account_lists
from tests.people_lists import send
from tests.sessions import sessions as scene
from tests.sessions.pasting import RUNDOWN, listed_after
from tests.vulnerability import figure_lists
from tests.vulnerability.villages import model_in_force
from villages.imports.kind import VILLAGE_LISTS
from villages.people.kind import ACCOUNT_LISTS
from villages.people.models import AccountRequest
from villages.register.models import Village
from villages.vulnerability.kind import FIGURE_LISTS
from villages.vulnerability.models import FigureImport, VulnerabilityInput

Browser = Callable[[str], Client]


def of_villages(dataset: Dataset, client: Client) -> Upload:
    content = b"Kode;Penduduk\n36.04.13.2007;1.234\n"
    user = dataset.user("kanwil")
    return village_lists.previewed_file(dataset.kanwil, user, content)


def of_figures(dataset: Dataset, client: Client) -> Upload:
    model_in_force(dataset.kanwil)
    figure_lists.preview(client, figure_lists.GOOD)
    return FigureImport.objects.latest("pk")


def of_accounts(dataset: Dataset, client: Client) -> Upload:
    return account_lists.brought(client, {})


def of_focal_points(dataset: Dataset, client: Client) -> Upload:
    return focal_point_lists.brought(client, {})


def of_delegates(dataset: Dataset, client: Client) -> Upload:
    text = "Nama\tInstansi\tHP\nRina\tDinsos contoh\t0812 3456 7890"
    return pasted_pages.previewed(client, scene.running(dataset), text)


def of_rundowns(dataset: Dataset, client: Client) -> Upload:
    return listed_after(client, scene.running(dataset), RUNDOWN)


def written() -> list[int]:
    models = (AccountRequest, FocalPoint, Delegate, AgendaItem, VulnerabilityInput)
    villages = Village.objects.exclude(population=None)
    return [villages.count(), *(model.objects.count() for model in models)]


@pytest.mark.parametrize(
    ("kind", "brought", "who"),
    [
        (VILLAGE_LISTS, of_villages, "kanwil"),
        (FIGURE_LISTS, of_figures, "kanwil"),
        (ACCOUNT_LISTS, of_accounts, "serang"),
        (FOCAL_POINT_LISTS, of_focal_points, "admin"),
        (DELEGATE_LISTS, of_delegates, "serang"),
        (RUNDOWN_LISTS, of_rundowns, "serang"),
    ],
)
@pytest.mark.parametrize("changed", ["notes", "subject"])
def test_a_row_that_would_write_something_else_than_was_shown_stops_the_list(
    dataset: Dataset,
    signed_in: Browser,
    kind: AnyKind,
    brought: Callable[[Dataset, Client], Upload],
    who: str,
    changed: str,
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    row = listed.rows.all()[0]
    assert row.check_result == "ready", kind.in_words(row.problems)
    writes = [note for note in row.notes if note[0].startswith(WRITES)]
    assert writes
    if changed == "notes":
        row.notes = [note for note in row.notes if note not in writes]
    else:
        row.subject = "x"
    row.save(update_fields=["notes", "subject"])
    before = written()
    assert send(client, kind, listed).status == "failed"
    assert written() == before
    if changed == "notes":
        assert kind.sentence(*writes[0]) in listed.problem
