"""Every named route, asked as every role for its own, foreign and missing objects.

The answers are in `matrix.csv`, a row per route, place and method and a column per
role: written by hand, never computed from access.py. The place is `none` for a route
without an object, `own` for an object of the role, `foreign` for one of others. What
the grid omits is decided by `with_unseen_objects` below and by POST_ONLY.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.matrix.addresses import address_of
from tests.matrix.dataset import ANONYMOUS, ROLES, MatrixData, build_matrix_data
from tests.matrix.grid import GRID, Row, grid_as_text, read_grid
from tests.test_architecture import OPEN_ROUTES, named_routes

#: routes of other packages that the site mounts; the administration has its own test
OUTSIDE = ("admin:",)
#: what a role learns about an object that it may not see, or that does not exist
NOT_FOUND = {role: 302 if role == ANONYMOUS else 404 for role in ROLES}


def with_unseen_objects(grid: list[Row]) -> Iterator[Row]:
    """The rows of the grid, and for each `own` row a foreign and a missing object.

    A foreign object answers like one that does not exist, so that nobody learns of
    it. The exceptions are the `foreign` rows of the grid: an agency is seen by all who
    work with agencies, a vulnerability model by every Kanim of its Kanwil.
    """
    exceptions = {row.request for row in grid if row.place == "foreign"}
    for row in grid:
        yield row
        if row.place == "own":
            yield Row(row.route, "missing", row.method, NOT_FOUND)
            if (row.route, "foreign", row.method) not in exceptions:
                yield Row(row.route, "foreign", row.method, NOT_FOUND)


WRITTEN = read_grid()
ROWS = list(with_unseen_objects(WRITTEN))

#: Routes with a GET row; the others only change something or record that it was done.
SHOWN = {row.route for row in WRITTEN if row.method == "GET"}
#: The routes that take nothing but POST, and the place to ask for.
POST_ONLY = {
    row.route: row.place
    for row in WRITTEN
    if row.route not in SHOWN and row.place != "foreign"
}
POST_ONLY |= {"accounts:language": "none", "outreach:test_again": "own"}  # open routes

# Without the mark pytest-django creates no database; the fixture opens it only once.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def dataset(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[MatrixData]:
    """One dataset for all requests; what a request changes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_matrix_data()
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(dataset: MatrixData, row: Row) -> None:
    faults = list(_faults(dataset, row))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", sorted(POST_ONLY))
def test_a_post_only_route_answers_no_get(dataset: MatrixData, route: str) -> None:
    """A link that somebody follows, or that a browser fetches ahead, does nothing."""
    row = Row(route, POST_ONLY[route], "GET", {"kanwil": 405})
    faults = list(_faults(dataset, row))
    assert not faults, "\n".join(faults)


def _faults(dataset: MatrixData, row: Row) -> Iterator[str]:
    """Roles that get another status, and refused requests that changed rows."""
    for role, expected in row.statuses.items():
        url = reverse(row.route, kwargs=address_of(row.route, dataset, row.place, role))
        client = dataset.client(role)
        savepoint = transaction.savepoint()
        before = _changes()
        try:
            status = client.generic(row.method, url).status_code
            changed = _changes() - before
        finally:
            transaction.savepoint_rollback(savepoint)
        refused = status in {403, 404, 405} or role == ANONYMOUS
        if status != expected:
            yield f"{row} as {role}: expected {expected}, got {status}"
        elif refused and changed:
            yield f"{row} as {role}: refused, yet {changed} rows changed"


def _changes() -> int:
    """The number of writes in this transaction so far, to all tables but sessions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) "
            "FROM pg_stat_xact_user_tables WHERE relname <> 'django_session'"
        )
        (count,) = cursor.fetchone()
    return int(count)


def test_every_route_is_in_the_grid_or_open() -> None:
    ours = {name for name, _p in named_routes() if not name.startswith(OUTSIDE)}
    written = {row.route for row in WRITTEN}
    assert ours - written - OPEN_ROUTES == set()
    assert written - ours == set(), "The grid names routes that are gone."


def test_every_route_is_asked_as_every_role() -> None:
    assert [str(row) for row in ROWS if tuple(row.statuses) != ROLES] == []


def test_a_route_with_an_object_is_asked_for_own_foreign_and_missing() -> None:
    asked = defaultdict(list)
    for row in ROWS:
        asked[row.route, row.method].append(row.place)
    complete = (["none"], ["foreign", "missing", "own"])
    assert [
        key for key, places in asked.items() if sorted(places) not in complete
    ] == []


def test_an_exception_to_the_rule_says_something_else() -> None:
    rows = [row for row in WRITTEN if row.place == "foreign"]
    assert [str(row) for row in rows if row.statuses == NOT_FOUND] == []


def test_the_grid_is_sorted_and_aligned() -> None:
    assert GRID.read_text() == grid_as_text(WRITTEN), "python -m tests.matrix.grid"
