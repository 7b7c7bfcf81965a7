"""A list of each kind whose rows are ready, as somebody brought it."""

from collections.abc import Callable

from django.test import Client

from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import Upload
from fgd.participants.kind import DELEGATE_LISTS
from fgd.plan.kind import FOCAL_POINT_LISTS
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.agencies import focal_point_lists
from tests.dataset import Dataset
from tests.imports import lists as village_lists
from tests.participants import pasted_pages
from tests.people import account_lists
from tests.sessions import sessions as scene
from tests.sessions.pasting import RUNDOWN, listed_after
from tests.vulnerability import figure_lists
from tests.vulnerability.villages import model_in_force
from villages.imports.kind import VILLAGE_LISTS
from villages.people.kind import ACCOUNT_LISTS
from villages.vulnerability.kind import FIGURE_LISTS
from villages.vulnerability.models import FigureImport

Brought = Callable[[Dataset, Client], Upload]


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


#: kind of list, what brings one, and who does
READY_LISTS: list[tuple[AnyKind, Brought, str]] = [
    (VILLAGE_LISTS, of_villages, "kanwil"),
    (FIGURE_LISTS, of_figures, "kanwil"),
    (ACCOUNT_LISTS, of_accounts, "serang"),
    (FOCAL_POINT_LISTS, of_focal_points, "admin"),
    (DELEGATE_LISTS, of_delegates, "serang"),
    (RUNDOWN_LISTS, of_rundowns, "serang"),
]
