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
