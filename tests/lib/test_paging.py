"""Addresses of pages that were cut off, mistyped or made up show the first page."""

import base64
import json
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.web.paging import Order, keyset_page
from fgd.sessions.models import Session
from tests.dataset import Dataset

pytestmark = pytest.mark.django_db

HUGE = 10**30
WRITTEN = [
    "[null,1]", "[null,null]", "[1,null]", '["a"]', "[]", "{}", "null", "7", "[[],1]",
    "[{},1]", '["\\ud800",1]', '["a\\u0000",1]', '["a","\\ud800"]', "[NaN,1]",
    "[Infinity,1]", '["a",NaN]', '["a",Infinity]', f"[{HUGE},{HUGE}]", "[true,false]",
    '["0000-00-00",1]', '["9999-99-99",1]', "[" * 1_400, "[" * 100_000, "9" * 5_000,
    '["' + "a" * 70_000 + '",1]', '["1e400",1]', "[1e400,1]",
]  # fmt: skip
LISTS = [
    "/fgd/", "/fgd/?urut=tema", "/desa/", "/desa/?urut=kecamatan", "/desa/kegiatan/",
    "/rencana-aksi/", "/laporan/bulanan/", "/desa/impor/",
]  # fmt: skip


def written(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("address", LISTS)
def test_a_cursor_that_nobody_made_never_breaks_a_list(
    dataset: Dataset, signed_in: Callable[[str], Client], address: str
) -> None:
    client = signed_in("serang")
    assert client.get(address).status_code == 200
    for text in WRITTEN:
        page = client.get(address, query_params={CURSOR: written(text)})
        assert page.status_code == 200, text[:40]


@given(
    text=st.one_of(
        st.text(max_size=40),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
            lambda each: st.lists(each, max_size=3),
            max_leaves=4,
        ).map(lambda value: written(json.dumps(value))),
    ),
    field=st.sampled_from(["theme_folded", "starts_at", "id"]),
)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_cursor_gives_a_page(dataset: Dataset, text: str, field: str) -> None:
    rows = Session.objects.values("id", "theme_folded", "starts_at")
    keyset_page(rows, Order(field), text)
