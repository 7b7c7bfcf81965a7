"""The register: what is visible, found, filtered, sorted and paged by few queries."""

import json
from datetime import date

import pytest

from tests.dataset import Dataset, make_village
from tests.register.paper import decree
from villages.places.models import Region
from villages.register import selectors as register_selectors
from villages.register import services as register_services
from villages.register.models import Village
from villages.register.presenters.timelines import timeline_of
from villages.register.selectors.register import register_choices

NAMES = ("Kronjo", "Lontar", "Pulo Panjang", "Tengkurak")


def names_on(client, query: str = "") -> list[str]:
    page = client.get(f"/desa/{query}")
    assert page.status_code == 200
    return [row["name"] for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("kanwil", NAMES),
        ("auditor", NAMES),
        ("serang", NAMES[1:]),
        ("tangerang", NAMES[:1]),
        ("pimpasa", ("Lontar",)),
        ("official", ("Lontar",)),
        ("mixed", ("Kronjo", "Tengkurak")),
    ],
)
def test_everybody_sees_the_villages_in_care_only(signed_in, name, seen):
    assert names_on(signed_in(name)) == list(seen)


@pytest.mark.parametrize("name", ["leader", "triage", "dinsos", "admin", "nobody"])
def test_the_register_is_not_for_those_without_a_village(signed_in, name):
    assert signed_in(name).get("/desa/").status_code == 403
    assert signed_in(name).get("/desa/cari/?q=lo").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=lo", ["Lontar"]),
        ("?q=LONTAR", ["Lontar"]),
        ("?q=pulo+pan", ["Pulo Panjang"]),
        ("?q=tirtayasa", ["Lontar", "Tengkurak"]),
        ("?q=36.04.13", ["Lontar", "Tengkurak"]),
        ("?q=36.04.13.2007", ["Lontar"]),
        ("?q=tangerang", ["Kronjo"]),
        ("?q=!!", list(NAMES)),
        ("?kabupaten=36.03", ["Kronjo"]),
        ("?status=inactive", []),
        ("?status=ngawur", []),
        ("?pimpasa=ada", ["Kronjo", "Lontar"]),
        ("?pimpasa=tanpa", ["Pulo Panjang", "Tengkurak"]),
        ("?urut=-nama", list(reversed(NAMES))),
        ("?urut=kecamatan", ["Kronjo", "Pulo Panjang", "Tengkurak", "Lontar"]),
        ("?q=tirtayasa&pimpasa=tanpa", ["Tengkurak"]),
    ],
)
def test_filters_in_the_address_narrow_the_rows(signed_in, query, found):
    rows = names_on(signed_in("kanwil"), query)
    assert sorted(rows) == sorted(found)
    assert rows == found or "kecamatan" in query


def test_an_apostrophe_is_found_with_and_without_it(dataset: Dataset, signed_in):
    Region.objects.filter(pk="36.04.13.2008").update(name="Ma'ruf Jum'at")
    make_village("36.04.13.2008", dataset.serang)
    for typed in ("ma'ruf", "ma’ruf", "maruf jum", "jum'at"):
        assert names_on(signed_in("serang"), f"?q={typed}") == ["Ma'ruf Jum'at"]


def test_the_office_filter_and_the_words_of_a_row(dataset: Dataset, signed_in):
    register_services.record_decree(
        dataset.villages["lontar"],
        "deactivate",
        decree("W.11-0812", date(2026, 3, 2)),
        acting_user=dataset.user("kanwil"),
    )
    client = signed_in("kanwil")
    assert names_on(client, f"?kantor={dataset.tangerang.pk}") == ["Kronjo"]
    page = client.get("/desa/?q=lontar").content.decode()
    for word in (
        "Tirtayasa",
        "Kabupaten Serang",
        "Kanim Serang",
        "nonaktif",
        "Contoh pimpasa",
        "W.11-0812",
        "2 Maret 2026",
    ):
        assert word in page


def test_the_list_takes_six_queries_whatever_it_holds(
    dataset: Dataset, signed_in, django_assert_num_queries
):
    client = signed_in("kanwil")
    client.get("/desa/")
    with django_assert_num_queries(6):
        client.get("/desa/")
    add_villages(dataset, 60)
    with django_assert_num_queries(6):
        client.get("/desa/?q=contoh&pimpasa=tanpa&urut=-nama")


def test_pages_follow_each_other_without_gap_or_double(dataset: Dataset, signed_in):
    add_villages(dataset, 60)
    client, query, seen = signed_in("kanwil"), "", []
    while True:
        page = client.get(f"/desa/{query}")
        seen += [row["id"] for row in page.context["rows"]]
        query = page.context["listing"].next_url
        if not query:
            break
    assert len(seen) == len(set(seen)) == Village.objects.count() == 64


@pytest.mark.parametrize("cursor", ["x", "WyJcdTAwMDAiLCAxXQ", "W251bGwsIG51bGxd"])
def test_a_spoilt_cursor_leads_to_the_first_page(signed_in, cursor):
    assert len(names_on(signed_in("kanwil"), f"?setelah={cursor}")) == 4


def test_empty_pages_say_what_to_do(dataset: Dataset, signed_in):
    Village.objects.filter(office=dataset.tangerang).update(office=dataset.serang)
    filtered = signed_in("serang").get("/desa/?q=zzz").content.decode()
    assert "Tampilkan semua desa" in filtered
    assert "Belum ada desa" in signed_in("tangerang").get("/desa/").content.decode()


def test_only_those_who_propose_see_the_button(signed_in):
    assert "/desa/usul/" in signed_in("serang").get("/desa/").content.decode()
    assert "/desa/usul/" not in signed_in("official").get("/desa/").content.decode()


# --- Search for a field ------------------------------------------------------


def test_suggestions_are_small_and_visible_only(dataset: Dataset, signed_in):
    add_villages(dataset, 30)
    answer = signed_in("serang").get(
        "/desa/cari/?q=contoh", headers={"Accept": "application/json"}
    )
    assert len(answer.content) < 3000
    assert len(json.loads(answer.content)["villages"]) == 8
    other = signed_in("tangerang").get(
        "/desa/cari/?q=contoh", headers={"Accept": "application/json"}
    )
    assert json.loads(other.content) == {"villages": []}


def test_one_letter_suggests_nothing(signed_in):
    answer = signed_in("serang").get(
        "/desa/cari/?q=l", headers={"Accept": "application/json"}
    )
    assert json.loads(answer.content) == {"villages": []}


def test_the_search_page_works_without_scripts(signed_in):
    page = signed_in("serang").get("/desa/cari/?q=lon").content.decode()
    assert "36.04.13.2007" in page
    assert 'value="lon"' in page


# --- Figures -----------------------------------------------------------------


def test_figures_count_what_is_visible(dataset: Dataset, django_assert_num_queries):
    make_village("36.04.13.2008", dataset.serang, "proposed")
    user = dataset.user("kanwil")
    with django_assert_num_queries(2):
        counts = register_selectors.village_counts(user)
    assert counts == {
        "proposed": 1,
        "designated": 4,
        "inactive": 0,
        "revoked": 0,
        "dropped": 0,
        "without_pimpasa": 2,
    }
    assert register_selectors.village_counts(dataset.user("mixed"))["designated"] == 2


def test_the_timeline_shows_every_event_in_words(dataset: Dataset):
    village, kanwil = dataset.villages["lontar"], dataset.user("kanwil")
    register_services.edit_village(
        village, {"reason": "A"}, version=1, acting_user=kanwil
    )
    register_services.record_decree(village, "deactivate", decree(), acting_user=kanwil)
    entries = timeline_of(village)
    assert [(str(one.what), one.who) for one in entries] == [
        ("Profil diubah", "Contoh kanwil"),
        ("Dinonaktifkan dengan surat keputusan", "Contoh kanwil"),
    ]
    assert entries[1].recorded is not None
    assert entries[0].recorded is None


def add_villages(dataset: Dataset, count: int) -> None:
    district = Region.objects.get(pk="36.04.13")
    for number in range(count):
        code = f"36.04.13.2{500 + number}"
        Region.objects.create(
            code=code, name=f"Contoh {number}", level=4, kind="desa", parent=district
        )
        make_village(code, dataset.serang)


def test_the_filter_offers_only_visible_places(dataset: Dataset) -> None:
    for name, office, regency in (
        ("pimpasa", dataset.serang, "Kabupaten Serang"),
        ("pimpasa_kronjo", dataset.tangerang, "Kabupaten Tangerang"),
    ):
        offered = register_choices(dataset.user(name))
        assert offered.offices == [(str(office.pk), office.short_name)]
        assert [label for _code, label in offered.regencies] == [regency]
