"""A list is saved, skipped or discarded as its page showed it, whatever its kind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from desabinaan.accounts.models import User
from desabinaan.uploads import services
from desabinaan.uploads.kinds import AnyKind, RowAnswer
from desabinaan.uploads.models import Upload, UploadRow
from fgd.participants.kind import DELEGATE_LISTS
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.dataset import Dataset
from tests.imports import lists as village_lists
from tests.participants import pasted_pages
from tests.sessions import sessions as scene
from tests.uploads.buttons import opened, press, sent_columns
from tests.uploads.ready_lists import (
    READY_LISTS,
    Brought,
    of_delegates,
    of_figures,
    of_villages,
)
from villages.imports.kind import VILLAGE_LISTS
from villages.register.models import Village
from villages.vulnerability.kind import FIGURE_LISTS

Browser = Callable[[str], Client]
SHARED = {VILLAGE_LISTS, FIGURE_LISTS, DELEGATE_LISTS, RUNDOWN_LISTS}
NEWS = "Ada yang baru sejak Anda membuka halaman ini"
LONTAR = "36.04.13.2007"
each_kind = pytest.mark.parametrize(("kind", "brought", "who"), READY_LISTS)
kinds_with_columns = pytest.mark.parametrize(
    ("kind", "brought", "who", "heading"),
    [
        (VILLAGE_LISTS, of_villages, "kanwil", "population"),
        (FIGURE_LISTS, of_figures, "kanwil", "source"),
        (DELEGATE_LISTS, of_delegates, "serang", "phone"),
    ],
)


def colleague(dataset: Dataset, kind: AnyKind, who: str) -> User:
    """Somebody else who may save the list; of people, who brought it in another tab."""
    if kind not in SHARED:
        return dataset.user(who)
    return dataset.user(f"{who}2")


def correct(kind: AnyKind, listed: Upload, user: User, **cells: str) -> UploadRow:
    row = listed.rows.all()[0]
    answer = RowAnswer({**row.cells, **cells}, version=row.version)
    services.edit_row(kind, listed, row, answer, acting_user=user)
    return row


def without_a_column(kind: AnyKind, listed: Upload, name: str, user: User) -> None:
    columns = {**listed.columns}
    del columns[name]
    services.preview_upload(kind, listed, columns, acting_user=user)


def answer_to(client: Client, kind: AnyKind, listed: Upload, page: str, sent) -> str:
    answer = client.post(kind.url(page, listed.pk), sent, follow=True)
    listed.refresh_from_db()
    return " ".join(answer.content.decode().split())


def check_results(listed: Upload) -> set[str]:
    return set(listed.rows.values_list("check_result", flat=True))


def saved_rows(listed: Upload) -> int:
    return listed.rows.exclude(outcome="").count()


@each_kind
def test_a_row_corrected_meanwhile_is_shown_before_the_list_is_saved(
    dataset: Dataset, signed_in: Browser, kind: AnyKind, brought: Brought, who: str
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    sent, other = opened(client, kind, listed), colleague(dataset, kind, who)
    row = correct(kind, listed, other)
    page = answer_to(client, kind, listed, "commit", sent)
    assert (listed.status, saved_rows(listed)) == ("previewed", 0)
    assert NEWS in page
    assert f"Baris {row.line} diperbaiki: {other}" in page
    press(client, kind, listed, "commit")
    assert saved_rows(listed) == listed.rows.count()


@kinds_with_columns
def test_columns_changed_meanwhile_are_shown_before_the_list_is_saved(
    dataset: Dataset,
    signed_in: Browser,
    kind: AnyKind,
    brought: Brought,
    who: str,
    heading: str,
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    sent, other = opened(client, kind, listed), colleague(dataset, kind, who)
    without_a_column(kind, listed, heading, other)
    count = listed.rows.count()
    page = answer_to(client, kind, listed, "commit", sent)
    assert (listed.status, saved_rows(listed)) == ("previewed", 0)
    assert f"Kolom dipilih dan semua baris diperiksa ({count} baris): {other}" in page


@kinds_with_columns
def test_rows_corrected_meanwhile_are_not_read_again_unasked(
    dataset: Dataset,
    signed_in: Browser,
    kind: AnyKind,
    brought: Brought,
    who: str,
    heading: str,
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    form = client.get(kind.url("columns", listed.pk)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    other = colleague(dataset, kind, who)
    row = correct(kind, listed, other)
    unused = {f"kolom-{listed.columns[heading]}": "-"}
    page = answer_to(client, kind, listed, "columns", sent | unused)
    assert f"Baris {row.line} diperbaiki: {other}" in page
    assert heading in listed.columns
    assert listed.rows.filter(pk=row.pk).exists()
    answer_to(client, kind, listed, "columns", sent)
    assert listed.rows.filter(pk=row.pk).exists(), "with the same columns the rows stay"
    again = sent | unused | sent_columns(client, kind, listed)
    answer_to(client, kind, listed, "columns", again)
    assert heading not in listed.columns


def test_the_first_row_is_not_read_in_another_way_over_corrections(
    dataset: Dataset, signed_in: Browser
) -> None:
    kind, client = DELEGATE_LISTS, signed_in("serang")
    listed = of_delegates(dataset, client)
    sent = sent_columns(client, kind, listed) | {"is_headed": "tidak"}
    row = correct(kind, listed, dataset.user("serang2"), position="Staf")
    page = answer_to(client, kind, listed, "columns", sent)
    assert f"Baris {row.line} diperbaiki: {dataset.user('serang2')}" in page
    assert listed.rows.filter(pk=row.pk).exists()
    sent |= sent_columns(client, kind, listed)
    answer_to(client, kind, listed, "columns", sent)
    assert listed.is_headed is False


@each_kind
def test_a_list_corrected_meanwhile_is_not_discarded_unasked(
    dataset: Dataset, signed_in: Browser, kind: AnyKind, brought: Brought, who: str
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    sent = opened(client, kind, listed)
    correct(kind, listed, colleague(dataset, kind, who))
    assert NEWS in answer_to(client, kind, listed, "discard", sent)
    assert listed.status == "previewed"
    press(client, kind, listed, "discard")
    listed.refresh_from_db()
    assert listed.status == "discarded"


def doubtful_villages(dataset: Dataset, client: Client) -> Upload:
    content = b"Kode;Penduduk\n36.04.13.2007;banyak\n36.04.13.2008;ribuan\n"
    return village_lists.previewed_file(dataset.kanwil, dataset.user("kanwil"), content)


def doubtful_delegates(dataset: Dataset, client: Client) -> Upload:
    text = "Nama\tInstansi\tHP\nRina\tDinsos contoh\t1\nDewi\tDinsos contoh\t2"
    return pasted_pages.previewed(client, scene.running(dataset), text)


@pytest.mark.parametrize(
    ("kind", "brought", "who", "cells"),
    [
        (VILLAGE_LISTS, doubtful_villages, "kanwil", {"population": "5"}),
        (DELEGATE_LISTS, doubtful_delegates, "serang", {"phone": "0812 3456 7890"}),
    ],
)
def test_rows_in_doubt_are_skipped_as_the_page_showed_them(
    dataset: Dataset,
    signed_in: Browser,
    kind: AnyKind,
    brought: Brought,
    who: str,
    cells: dict[str, str],
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    sent, other = opened(client, kind, listed), colleague(dataset, kind, who)
    correct(kind, listed, other, **cells)
    assert str(other) in answer_to(client, kind, listed, "skip_rest", sent)
    assert check_results(listed) == {"ready", "doubtful"}
    sent = opened(client, kind, listed)
    assert "1 baris dilewati" in answer_to(client, kind, listed, "skip_rest", sent)
    again = answer_to(client, kind, listed, "skip_rest", sent)
    assert NEWS not in again, "the same button pressed twice is no news"
    assert "Tidak ada lagi baris yang perlu diperbaiki" in again
    assert check_results(listed) == {"ready", "skipped"}


@pytest.mark.parametrize(
    ("kind", "brought", "who"),
    [
        (VILLAGE_LISTS, of_villages, "kanwil"),
        (FIGURE_LISTS, of_figures, "kanwil"),
        (DELEGATE_LISTS, of_delegates, "serang"),
    ],
)
def test_a_row_is_skipped_as_its_page_showed_it(
    dataset: Dataset, signed_in: Browser, kind: AnyKind, brought: Brought, who: str
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    row, other = listed.rows.all()[0], colleague(dataset, kind, who)
    address = kind.url("row_skip", listed.pk, row.pk)
    sent = {"version": row.version}
    correct(kind, listed, other)
    page = client.post(address, sent, follow=True).content.decode()
    assert f"{other} mengubah baris ini setelah Anda membukanya" in page
    assert "skipped" not in check_results(listed)
    for _time in range(2):
        page = client.post(address, {"version": 2}, follow=True).content.decode()
        assert "mengubah baris ini" not in page
    assert check_results(listed) == {"skipped"}
    assert listed.events.filter(verb="skip").count() == 1


@pytest.mark.parametrize("first", ["choose", "skip", "restore"])
def test_rows_decided_by_somebody_else_are_shown_before_the_list_is_saved(
    dataset: Dataset, signed_in: Browser, first: str
) -> None:
    kind, client = VILLAGE_LISTS, signed_in("kanwil")
    content = b"Kode;Penduduk\n36.04.13.2007;12\n36.04.13.2008;13\n"
    listed = village_lists.previewed_file(
        dataset.kanwil, dataset.user("kanwil"), content
    )
    row, other = listed.rows.all()[0], dataset.user("kanwil2")
    decisions: dict[str, Callable[[], Any]] = {
        "choose": lambda: services.choose(
            kind, listed, {row.pk: LONTAR}, acting_user=other
        ),
        "skip": lambda: services.skip_row(kind, listed, row, acting_user=other),
        "restore": lambda: services.restore_row(kind, listed, row, acting_user=other),
    }
    if first == "choose":
        listed.rows.filter(pk=row.pk).update(check_result="doubtful")
    sent = opened(client, kind, listed)
    decisions[first]()
    assert f"Baris {row.line}" in answer_to(client, kind, listed, "commit", sent)
    assert listed.status == "previewed"


def test_a_list_that_the_worker_checked_again_is_shown_before_it_is_saved(
    dataset: Dataset, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, client = VILLAGE_LISTS, signed_in("kanwil")
    monkeypatch.setattr(type(kind), "at_once", 0)
    listed = of_villages(dataset, client)
    Village.objects.filter(region=LONTAR).update(population=5)
    kind_page = opened(client, kind, listed)
    services.commit_upload(kind, listed, acting_user=dataset.user("kanwil2"))
    Village.objects.filter(region=LONTAR).update(population=6)
    services.run_commit(kind, listed.pk)
    listed.refresh_from_db()
    assert listed.status == "failed"
    page = answer_to(client, kind, listed, "commit", kind_page)
    assert (listed.status, saved_rows(listed)) == ("failed", 0)
    assert f"Penyimpanan dimulai: {dataset.user('kanwil2')}" in page
    press(client, kind, listed, "commit")
    listed.refresh_from_db()
    assert listed.status == "committing"


@pytest.mark.parametrize("sent", [{}, {"seen": "x"}, {"seen": "-1"}, {"seen": ""}])
def test_a_page_that_does_not_say_what_it_showed_saves_nothing(
    dataset: Dataset, signed_in: Browser, sent: dict[str, str]
) -> None:
    client = signed_in("kanwil")
    listed = of_villages(dataset, client)
    assert NEWS in answer_to(client, VILLAGE_LISTS, listed, "commit", sent)
    assert listed.status == "previewed"
