"""Answers to rows in doubt count for the rows as their page showed them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from desabinaan.uploads import services
from desabinaan.uploads.kinds import RowAnswer
from desabinaan.uploads.models import Upload, UploadRow
from fgd.participants.kind import DELEGATE_LISTS
from tests.dataset import Dataset
from tests.participants import pasted_pages
from tests.sessions import sessions as scene
from tests.uploads.buttons import answered

NO_PHONE = "Nama\tInstansi\tHP\nRina\tDinas Satu\t1\nDewi\tDinas Dua\t2"


@pytest.fixture
def client(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("serang")


@pytest.fixture
def listed(dataset: Dataset, client: Client) -> Upload:
    return pasted_pages.previewed(client, scene.running(dataset), NO_PHONE)


def sent_by(client: Client, listed: Upload) -> dict[str, str]:
    """What the page of rows in doubt sends when each new agency is chosen."""
    address = DELEGATE_LISTS.url("detail", listed.pk)
    page = client.get(f"{address}?tampil=ragu").content.decode()
    sent: dict[str, str] = {}
    for row in listed.rows.all():
        sent |= answered(row, "baru")
        assert f'name="versi-{row.pk}" value="{row.version}"' in page
    return sent


def choose(client: Client, listed: Upload, sent: dict[str, str]) -> list[str]:
    answer: Any = client.post(
        DELEGATE_LISTS.url("choose", listed.pk), sent, follow=True
    )
    return [str(one) for one in answer.context["messages"]]


def correct(dataset: Dataset, listed: Upload, row: UploadRow, **cells: str) -> None:
    user = dataset.user("serang2")
    answer = RowAnswer({**row.cells, **cells}, version=row.version)
    services.edit_row(DELEGATE_LISTS, listed, row, answer, acting_user=user)


@pytest.mark.parametrize("answer", ["baru", "lewati"])
def test_an_answer_to_a_row_corrected_meanwhile_is_named_and_not_saved(
    dataset: Dataset, client: Client, listed: Upload, answer: str
) -> None:
    sent = sent_by(client, listed)
    first, second = listed.rows.all()
    correct(dataset, listed, first, name="Rina Contoh")
    said = choose(client, listed, sent | {f"baris-{first.pk}": answer})
    for row in (first, second):
        row.refresh_from_db()
    assert (first.chosen, first.check_result) == ("", "doubtful")
    assert second.chosen == "baru", "the other answer is saved"
    [saved, refused] = said
    assert saved == "1 pilihan disimpan."
    assert "1 jawaban tidak disimpan" in refused
    assert f"baris {first.line} ({dataset.user('serang2')}): “" in refused
    assert len(choose(client, listed, answered(first, "baru"))) == 1
    first.refresh_from_db()
    assert first.chosen == "baru", "once it was looked at, it is saved"


def test_an_answer_of_somebody_else_is_not_overwritten_by_one_shown_before(
    dataset: Dataset, client: Client, listed: Upload
) -> None:
    first, _second = listed.rows.all()
    other, meant = dataset.user("serang2"), f"a{dataset.agencies['dinsos'].pk}"
    correct(dataset, listed, first, party="Dinsos Satu")
    first.refresh_from_db()
    shown = sent_by(client, listed)
    services.choose(DELEGATE_LISTS, listed, {first.pk: meant}, acting_user=other)
    said = choose(client, listed, shown)
    first.refresh_from_db()
    assert first.chosen == meant
    assert f"baris {first.line} ({other})" in said[1]


def test_an_answer_that_is_no_longer_offered_keeps_no_other_from_being_saved(
    client: Client, listed: Upload
) -> None:
    first, second = listed.rows.all()
    sent = answered(first, "a999999") | answered(second, "baru")
    said = choose(client, listed, sent)
    second.refresh_from_db()
    assert second.chosen == "baru"
    assert f"baris {first.line}: jawaban Anda tidak ditawarkan lagi" in said[1]


def test_a_page_that_does_not_say_what_it_showed_answers_nothing(
    client: Client, listed: Upload
) -> None:
    rows = listed.rows.all()
    choose(client, listed, {f"baris-{row.pk}": "baru" for row in rows})
    assert set(rows.values_list("chosen", flat=True)) == {""}


def test_an_answer_on_another_page_of_the_list_holds_back_no_row(
    dataset: Dataset, client: Client, listed: Upload
) -> None:
    """Each row is checked by itself; the button that saves all of them checks all."""
    sent = sent_by(client, listed)
    first, second = listed.rows.all()
    correct(dataset, listed, first, name="Rina Contoh")
    of_second = {name: sent[name] for name in answered(second, "")}
    assert choose(client, listed, of_second) == ["1 pilihan disimpan."]
    second.refresh_from_db()
    assert second.chosen == "baru"
