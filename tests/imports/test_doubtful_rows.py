"""What the pages show of a row in doubt: what it will write, and no guess as chosen."""

from typing import Any

import pytest

from desabinaan.uploads import services as uploads_services
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import row
from villages.imports.kind import VILLAGE_LISTS

#: fostered in the test dataset: Lontar
SERVED = "36.04.13.2007"
SUKAJAYA = {"village": "Sukajaya", "district": "Pontang", "regency": "Kab. Serang"}


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def test_a_row_in_doubt_shows_what_is_known_of_what_it_will_write(
    dataset: Dataset, signed_in: Any
) -> None:
    point = {"latitude": "-5,99", "longitude": "106,31"}
    ready = row(code=SERVED, **point)
    doubtful = row(**SUKAJAYA, **point, decree_date="32/11/2025")
    listed = lists.previewed(dataset.kanwil, dataset.user("kanwil"), [ready, doubtful])
    client, words = signed_in("kanwil"), "Akan ditulis: "
    for found, is_doubtful in zip(listed.rows.all(), (False, True), strict=True):
        page = client.get(f"/desa/impor/{listed.pk}/baris/{found.pk}/")
        assert "-5,99 / 106,31" in page.context["writes"]
        assert page.context["writes"].startswith(words) is is_doubtful
    rows = client.get(f"/desa/impor/{listed.pk}/").context["rows"]
    assert [one["writes"].startswith(words) for one in rows] == [False, True]
    uploads_services.skip_row(
        VILLAGE_LISTS, listed, found, acting_user=dataset.user("kanwil")
    )
    rows = client.get(f"/desa/impor/{listed.pk}/").context["rows"]
    assert (rows[1]["writes"], rows[1]["notes"]) == ("", [])


def test_a_skipped_row_does_not_say_that_it_is_updated(
    dataset: Dataset, signed_in: Any
) -> None:
    user, point = dataset.user("kanwil"), {"latitude": "-5,99", "longitude": "106,31"}
    rows = [row(code=SERVED, **point), row(code=lists.NEW[0], **point)]
    listed = lists.previewed(dataset.kanwil, user, rows)
    skipped = next(one for one in listed.rows.all() if one.subject == SERVED)
    client, said = signed_in("kanwil"), "sebagian data diperbarui"
    address = f"/desa/impor/{listed.pk}/"
    assert said in client.get(address).content.decode()
    uploads_services.skip_row(VILLAGE_LISTS, listed, skipped, acting_user=user)
    assert said not in client.get(address).content.decode()
    uploads_services.commit_upload(VILLAGE_LISTS, listed, acting_user=user)
    assert said not in client.get(address).content.decode()


def test_a_village_that_only_may_be_meant_is_not_preselected(
    dataset: Dataset, signed_in: Any
) -> None:
    cells = row(village="Sukajayaa", district="Pontang", regency="Serang")
    listed = lists.previewed(dataset.kanwil, dataset.user("kanwil"), [cells])
    page = signed_in("kanwil").get(f"/desa/impor/{listed.pk}/?tampil=ragu")
    [shown] = page.context["rows"]
    assert (bool(shown["candidates"]), shown["selected"]) == (True, "")
