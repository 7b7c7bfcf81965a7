"""Lists are in the order of the language: case, accents and signs aside, also paged."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desabinaan.lib.text.folding import folded
from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.web.paging import Order, keyset_page
from fgd.agencies.selectors.agencies import confirmed_agencies
from fgd.sessions.models import Session
from tests.dataset import Dataset, make_session
from tests.lib.test_folded_columns import LATIN, SIGNS
from villages.outreach.selectors.activities import kinds_by_name
from villages.places.models import ActivityKind, Office
from villages.register.models import Village

pytestmark = pytest.mark.django_db

#: in the right order; by their bytes all capitals come first, and É after z
NAMES = [
    "alfa", "Alfa 2", "\u00c1lfa Tiga", "beta", "Evaluasi", "\u00c9valuasi B",
    "evaluasi c", "Jum\u2019at", "Jumbo", "pulo-panjang", "Pulo Panjang 2", "zubaidah",
]  # fmt: skip
SignedIn = Callable[[str], Client]


def sessions_named(dataset: Dataset, names: list[str]) -> None:
    made = make_session(dataset.serang, dataset.people["serang"])
    for name in names:
        made.pk, made.theme = None, name
        made._state.adding = True
        made.save()
    Session.objects.filter(theme="Pencegahan TPPO").delete()


def walked(client: Client, url: str) -> list[str]:
    """Return the column `theme` or `name` of every page, following the link onwards."""
    shown: list[str] = []
    while url:
        listing = client.get(url).context["listing"]
        shown += [row.get("theme") or row["name"] for row in listing.rows]
        assert len(shown) < 200
        url = listing.next_url and f"{url.partition('?')[0]}{listing.next_url}"
    return shown


def test_sessions_are_paged_by_theme_in_the_order_of_the_language(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    names = [f"{name} {number}" for name in NAMES for number in range(10, 15)]
    sessions_named(dataset, [*names[1::2], *names[::2]])
    expected = sorted(names, key=folded)
    client = signed_in("serang")
    assert walked(client, "/fgd/?urut=tema") == expected
    assert walked(client, "/fgd/?urut=-tema") == expected[::-1]


def test_villages_are_sorted_by_name_and_by_district(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    ids = [dataset.villages[name].pk for name in ("lontar", "tengkurak", "pulopanjang")]
    for pk, name in zip(ids, ("zubaidah", "\u00c9valuasi", "alfa"), strict=True):
        Village.objects.filter(pk=pk).update(name=name, district_name=name)
    client = signed_in("serang")
    for key in ("nama", "kecamatan"):
        expected = ["alfa", "\u00c9valuasi", "zubaidah"]
        assert walked(client, f"/desa/?urut={key}") == expected
        assert walked(client, f"/desa/?urut=-{key}") == expected[::-1]
    answer = client.post("/desa/unduh/?urut=nama", {"bentuk": "csv"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[arg-type]
    places = [text.index(name) for name in ("alfa", "\u00c9valuasi", "zubaidah")]
    assert places == sorted(places)


def test_lists_without_pages_are_sorted_alike(dataset: Dataset) -> None:
    agencies = confirmed_agencies()
    for agency, name in zip(agencies, NAMES[::-1], strict=False):
        agency.short_name = name
        agency.save(update_fields=["short_name"])
    names = [agency.short_name for agency in confirmed_agencies()]
    assert names == sorted(names, key=folded)
    assert names[:2] != sorted(names)[:2]
    ActivityKind.objects.all().delete()
    for number, name in enumerate(reversed(NAMES)):
        ActivityKind.objects.create(code=f"k{number}", name=name, name_en=name)
    assert [kind.name for kind in kinds_by_name()] == NAMES
    assert [kind.name for kind in ActivityKind.objects.all()] == NAMES


def test_the_same_name_in_two_spellings_keeps_every_row(
    dataset: Dataset,
) -> None:
    sessions_named(dataset, ["Alfa", "\u00e1lfa", "ALFA", "al-fa", "alfa!"] * 3)
    assert len(pages(Order("theme_folded"), size=4)) == 15


@given(
    names=st.lists(st.text(LATIN | SIGNS, max_size=8), max_size=20),
    descending=st.booleans(),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_pages_hold_every_row_once_and_in_order(
    dataset: Dataset, names: list[str], descending: bool
) -> None:
    Session.objects.all().delete()
    sessions_named(dataset, names)
    rows = pages(Order("theme_folded", descending), size=3)
    expected = sorted(
        Session.objects.values_list("theme", "pk"),
        key=lambda row: (folded(row[0]).encode(), row[1]),
        reverse=descending,
    )
    assert rows == [pk for _theme, pk in expected]


def pages(order: Order, size: int) -> list[int]:
    """Return the ids of all pages, one page after the other."""
    found: list[int] = []
    cursor, more = "", True
    while more:
        rows = Session.objects.values("id", "theme_folded")
        page = keyset_page(rows, order, cursor, size)
        found += [row["id"] for row in page.rows]
        cursor, more = page.next_cursor, bool(page.next_cursor)
    return found


def test_what_was_written_before_the_order_changed_leads_to_the_first_page(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    sessions_named(dataset, NAMES)
    page = signed_in("serang").get("/fgd/", {"urut": "tema", CURSOR: json.dumps("x")})
    assert [row["theme"] for row in page.context["listing"].rows] == NAMES


def test_an_office_list_is_sorted_alike(dataset: Dataset) -> None:
    for office, name in zip(Office.objects.order_by("pk"), NAMES[4::-2], strict=True):
        office.name = name
        office.save(update_fields=["name"])
    names = [office.name for office in Office.objects.all()]
    assert names == sorted(names, key=folded) != sorted(names)
