"""What is said of a list as a whole."""

from collections.abc import Callable

import pytest
from django.test import Client

from desabinaan.uploads.kinds import AnyKind
from tests.dataset import Dataset
from tests.uploads.ready_lists import READY_LISTS, Brought


@pytest.mark.parametrize(("kind", "brought", "who"), READY_LISTS)
def test_a_list_with_nothing_in_doubt_does_not_ask_to_be_checked(
    dataset: Dataset,
    signed_in: Callable[[str], Client],
    kind: AnyKind,
    brought: Brought,
    who: str,
) -> None:
    client = signed_in(who)
    listed = brought(dataset, client)
    page = client.get(kind.url("detail", listed.pk)).content.decode()
    assert "perlu diperiksa" not in page
    assert "Belum disimpan</span>" in page


@pytest.mark.parametrize(("kind", "brought", "who"), READY_LISTS[:1])
def test_a_part_of_the_list_that_does_not_exist_is_said(
    dataset: Dataset,
    signed_in: Callable[[str], Client],
    kind: AnyKind,
    brought: Brought,
    who: str,
) -> None:
    client = signed_in(who)
    address = kind.url("detail", brought(dataset, client).pk)
    page = client.get(f"{address}?tampil=xx", follow=True)
    assert "Bagian daftar itu tidak ada." in page.content.decode()
    assert page.redirect_chain == [(address, 302)]
