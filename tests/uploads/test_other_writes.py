"""Nothing is written that the page of a list did not show, whatever its kind."""

from collections.abc import Callable

import pytest
from django.test import Client

from desabinaan.uploads.kinds import WRITES, AnyKind
from tests.dataset import Dataset
from tests.people_lists import send
from tests.uploads.ready_lists import READY_LISTS, Brought
from tests.uploads.written import written

Browser = Callable[[str], Client]


@pytest.mark.parametrize(("kind", "brought", "who"), READY_LISTS)
@pytest.mark.parametrize("changed", ["notes", "subject"])
def test_a_row_that_would_write_something_else_than_was_shown_stops_the_list(
    dataset: Dataset,
    signed_in: Browser,
    kind: AnyKind,
    brought: Brought,
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
        row.subject = "0"
    row.save(update_fields=["notes", "subject"])
    before = written()
    assert send(client, kind, listed).status == "failed"
    assert written() == before
    if changed == "notes":
        assert kind.sentence(*writes[0]) in listed.problem
