"""Every named route x every role x own / foreign / missing, against the real URLs.

`tests/matrix.csv` is written by hand and never computed from access.py. A cell
also asserts that a refused request changed no row.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.matrix_places import place_of
from tests.matrix_scene import Scene, build_scene
from tests.test_house import OPEN_ROUTES, named_routes

MATRIX = Path(__file__).with_name("matrix.csv")
#: routes of other packages that the site mounts; the administration has its own test
OUTSIDE = ("admin:",)


@dataclass(frozen=True, slots=True)
class Cell:
    route: str
    role: str
    place: str
    method: str
    status: int


def read_matrix() -> dict[tuple[str, str], list[Cell]]:
    """Cells by route and role."""
    cells = defaultdict(list)
    with MATRIX.open(newline="") as file:
        for row in csv.DictReader(file):
            cell = Cell(
                row["route"],
                row["role"],
                row["place"],
                row["method"],
                int(row["status"]),
            )
            cells[cell.route, cell.role].append(cell)
    return dict(cells)


# The mark has the database made; the scene below is laid once, around all cells.
pytestmark = pytest.mark.django_db
CELLS = read_matrix()
ROLES = {
    "anonymous", "admin", "nobody", "kanwil", "kanim", "pimpasa", "official",
    "focal_point", "leader", "auditor", "triage", "mixed",
}  # fmt: skip


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """One scene for all cells; each cell's changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_scene()
        transaction.set_rollback(True)


@pytest.mark.parametrize(("route", "role"), sorted(CELLS))
def test_cell(scene: Scene, route: str, role: str) -> None:
    wrong = [told for cell in CELLS[route, role] if (told := _wrong(scene, cell))]
    assert wrong == []


def _wrong(scene: Scene, cell: Cell) -> str:
    """What is wrong about the answer; empty when it is as the matrix says."""
    client = scene.browser(cell.role)
    url = reverse(cell.route, kwargs=place_of(cell.route, scene, cell.place, cell.role))
    held = transaction.savepoint()
    before = changes()
    try:
        status = client.generic(cell.method, url).status_code
        changed = changes() - before
    finally:
        transaction.savepoint_rollback(held)
    if status != cell.status:
        return f"{cell}: answered {status}"
    refused = status in {403, 404, 405} or cell.role == "anonymous"
    return f"{cell}: refused, yet {changed} rows changed" if refused and changed else ""


def changes() -> int:
    """Rows written in this transaction so far, sessions apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) "
            "FROM pg_stat_xact_user_tables WHERE relname <> 'django_session'"
        )
        (count,) = cursor.fetchone()
    return int(count)


def test_every_route_stands_in_the_matrix_or_is_open() -> None:
    ours = {name for name, _p in named_routes() if not name.startswith(OUTSIDE)}
    listed = {route for route, _role in CELLS}
    assert ours - listed - OPEN_ROUTES == set()
    assert listed - ours == set(), "The matrix names routes that are gone."


def test_every_route_is_asked_as_every_role() -> None:
    routes = {route for route, _role in CELLS}
    assert {(route, role) for route in routes for role in ROLES} == set(CELLS)


def test_a_route_with_an_object_is_asked_for_own_foreign_and_missing() -> None:
    asked = defaultdict(set)
    for (route, role), cells in CELLS.items():
        for cell in cells:
            asked[route, role].add(cell.place)
    pages = {"none"}
    objects = {"own", "foreign", "missing"}
    assert [
        key for key, places in asked.items() if places not in (pages, objects)
    ] == []
