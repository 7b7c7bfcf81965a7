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

#: what changes something, or notes that it was done, and asks nothing first
ONLY_POSTED = [
    "accounts:drop_kept",
    "accounts:language",
    "fgd:action_remove",
    "fgd:agency_export",
    "fgd:agenda_remove",
    "fgd:attendance_mark",
    "fgd:attendance_save",
    "fgd:attendance_unmark",
    "fgd:delegate_remove",
    "fgd:delegates_apply",
    "fgd:invitation_withdraw",
    "fgd:minutes_remove",
    "fgd:recommendation_remove",
    "fgd:session_announce",
    "fgd:session_export",
    "fgd:session_open",
    "fgd:topic_move",
    "fgd:topic_remove",
    "followup:action_export",
    "monthly:report_export",
    "monthly:report_save_draft",
    "monthly:report_verify",
    "notices:mark_all",
    "notices:notice_export",
    "notices:notice_mark",
    "notices:notice_open",
    "villages:account_request_approve",
    "villages:account_request_export",
    "villages:account_slips",
    "villages:figure_import_apply",
    "villages:figure_import_export",
    "villages:guarded_confirm",
    "villages:import_again",
    "villages:import_apply",
    "villages:import_choose",
    "villages:import_discard",
    "villages:import_export",
    "villages:import_leave_out_rest",
    "villages:import_row_leave_out",
    "villages:import_row_take_back",
    "villages:learning_export",
    "villages:outreach_export",
    "villages:person_export",
    "villages:person_issue_code",
    "villages:roster_check",
    "villages:roster_send",
    "villages:test_again",
    "villages:village_export",
    "villages:vulnerability_draft",
    "villages:vulnerability_export",
    "villages:vulnerability_model_export",
    "villages:vulnerability_propose",
    "villages:vulnerability_score_all",
    "villages:zoning_export",
]
OPEN_PLACES = {"villages:test_again": {"code": "abcd"}}


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


@pytest.mark.parametrize("route", ONLY_POSTED)
def test_what_is_only_posted_answers_no_get(scene: Scene, route: str) -> None:
    """A link that somebody follows, or that a browser fetches ahead, does nothing."""
    if route in OPEN_ROUTES:
        url = reverse(route, kwargs=OPEN_PLACES.get(route))
    else:
        place = CELLS[route, "kanwil"][0].place
        url = reverse(route, kwargs=place_of(route, scene, place, "kanwil"))
    assert scene.browser("kanwil").get(url).status_code == 405


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
