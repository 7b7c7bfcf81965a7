"""Counts of any past day come from the decrees, and lead to their rows."""

from datetime import date

import pytest

from desabinaan.lib.text.quarters import quarter_of, quarters_up_to
from tests.dataset import Dataset, make_village
from tests.register.counts import counts_on
from tests.register.paper import decree
from villages.register import services as register_services
from villages.register.models import Proposal, Village
from villages.register.selectors.counts import StateCounts

JAN, MARCH, MAY, JUNE = (date(2026, month, 10) for month in (1, 3, 5, 6))


@pytest.fixture
def history(dataset: Dataset) -> dict[str, Village]:
    """Four villages proposed in January; what happened to each after that.

    Lontar: designated in March, inactive in May, active again in June. Tengkurak:
    designated in March, revoked in May. Kronjo: designated in May. Pulo Panjang waits.
    """
    Village.objects.update(status="proposed")
    Proposal.objects.update(proposed_on=JAN)
    kanwil = dataset.user("kanwil")
    for number, (name, verb, day) in enumerate(
        (
            ("lontar", "designate", MARCH),
            ("tengkurak", "designate", MARCH),
            ("lontar", "deactivate", MAY),
            ("tengkurak", "revoke", MAY),
            ("kronjo", "designate", MAY),
            ("lontar", "reactivate", JUNE),
        )
    ):
        village = dataset.villages[name]
        register_services.record_decree(
            village, verb, decree(f"SK-{number}", day), acting_user=kanwil
        )
    return dataset.villages


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2026, 1, 9), StateCounts()),
        (JAN, StateCounts(proposed=4)),
        (date(2026, 3, 9), StateCounts(proposed=4)),
        (MARCH, StateCounts(proposed=2, designated=2)),
        (MAY, StateCounts(proposed=1, designated=1, inactive=1, revoked=1)),
        (JUNE, StateCounts(proposed=1, designated=2, revoked=1)),
    ],
)
def test_the_state_of_any_day_is_counted_again(history, dataset: Dataset, day, counts):
    assert counts_on(day, dataset.user("kanwil")) == counts


@pytest.mark.parametrize(
    ("name", "designated"),
    [("serang", 1), ("tangerang", 1), ("pimpasa", 1), ("leader", 2), ("nobody", 0)],
)
def test_everybody_counts_what_is_in_care_only(history, dataset, name, designated):
    assert counts_on(JUNE, dataset.user(name)).designated == designated


def test_a_corrected_day_changes_the_figures_of_the_past(history, dataset: Dataset):
    first = history["lontar"].designations.get(verb="designate")
    typed = register_services.Decree(first.decree_number, JAN, first.signatory)
    register_services.correct_decree(
        first, decree=typed, reason="x", version=1, acting_user=dataset.user("kanwil")
    )
    assert counts_on(JAN, dataset.user("kanwil")) == StateCounts(
        proposed=3, designated=1
    )


def test_each_figure_leads_to_as_many_rows(history, signed_in):
    client = signed_in("kanwil")
    tables = client.get("/desa/jumlah/?pada=2026-05-10").context["tables"]
    rows = [tables.total, *tables.offices, *tables.regencies, *tables.quarters]
    cells = [cell for row in rows for cell in row.cells]
    assert len(cells) == 4 * (1 + 2 + 2 + 8)
    for cell in cells:
        assert len(client.get(cell.url).context["rows"]) == cell.value


def test_who_serves_two_villages_is_led_to_the_right_one(history, signed_in):
    client = signed_in("mixed")
    tables = client.get("/desa/jumlah/?pada=2026-05-10").context["tables"]
    for row in [*tables.offices, *tables.regencies]:
        for cell in row.cells:
            assert len(client.get(cell.url).context["rows"]) == cell.value


def test_the_register_shows_the_state_of_the_day(history, signed_in):
    page = signed_in("kanwil").get("/desa/?pada=2026-05-10&q=lontar")
    (row,) = page.context["rows"]
    assert (row["state"], row["decree"]["number"]) == ("nonaktif", "SK-2")
    assert "Per tanggal: 10 Mei 2026" in page.content.decode()
    (now,) = signed_in("kanwil").get("/desa/?q=lontar").context["rows"]
    assert now["state"] == "ditetapkan"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2035-01-01", "tidak boleh melewati hari ini"),
        ("9999-12-31", "tidak terletak antara"),
        ("0001-01-01", "tidak terletak antara"),
        ("kemarin", "sebagai tanggal"),
    ],
)
@pytest.mark.parametrize("address", ["/desa/", "/desa/jumlah/"])
def test_a_day_that_cannot_be_counted_is_refused(signed_in, address, typed, message):
    page = signed_in("kanwil").get(f"{address}?pada={typed}")
    assert page.status_code == 200
    assert message in page.content.decode()


def test_a_leader_counts_and_is_not_led_on(history, signed_in):
    page = signed_in("leader").get("/desa/jumlah/")
    assert page.context["tables"].total.cells[0].value == 2
    assert 'href="/desa/' not in page.content.decode().partition("<main")[2]


def test_the_page_takes_few_queries_whatever_it_counts(
    history, dataset: Dataset, signed_in, django_assert_max_num_queries
):
    client = signed_in("kanwil")
    make_village("36.04.13.2008", dataset.serang, "proposed")
    with django_assert_max_num_queries(6):
        client.get("/desa/jumlah/?pada=2026-05-10")


# --- Kinds and words ---------------------------------------------------------


def test_a_village_without_a_decree_says_so_wherever_it_is_shown(dataset, signed_in):
    make_village("36.04.13.2008", dataset.serang, "proposed")
    client = signed_in("serang")
    for address in ("/desa/", "/desa/cari/", "/desa/36.04.13.2008/"):
        assert "iusulkan" in client.get(f"{address}?q=susukan").content.decode()
    found = client.get("/desa/cari/?q=susukan", headers={"Accept": "application/json"})
    assert found.json()["villages"] == ["Susukan, Tirtayasa (36.04.13.2008), diusulkan"]


@pytest.mark.parametrize(
    ("kind", "word"),
    [("desa", "Desa"), ("kelurahan", "Kelurahan"), ("desa_adat", "Desa adat")],
)
def test_the_kind_of_a_village_is_shown(dataset: Dataset, signed_in, kind, word):
    region = dataset.villages["lontar"].region
    type(region).objects.filter(pk=region.pk).update(kind=kind)
    client = signed_in("serang")
    for address in ("/desa/", "/desa/cari/", "/desa/36.04.13.2007/profil/"):
        assert word in client.get(f"{address}?q=lontar").content.decode()


# --- Quarters ----------------------------------------------------------------


def test_quarters_go_back_over_the_turn_of_the_year():
    found = quarters_up_to(date(2026, 2, 28), 3)
    assert [(one.year, one.number) for one in found] == [
        (2025, 3),
        (2025, 4),
        (2026, 1),
    ]
    assert [one.last_day for one in found] == [
        date(2025, 9, 30),
        date(2025, 12, 31),
        date(2026, 3, 31),
    ]
    assert str(quarter_of(date(2025, 12, 31))) == "Triwulan IV 2025"
