"""Counts of any past day come from the decrees, and lead to their rows."""

from datetime import date

import pytest

from desabinaan.lib.quarters import quarter_of, quarters_up_to
from tests.villages.paper import decree
from tests.world import World, make_village
from villages import actions
from villages.models import Proposal, Village
from villages.selectors.counts import Counts, counts_on

JAN, MARCH, MAY, JUNE = (date(2026, month, 10) for month in (1, 3, 5, 6))


@pytest.fixture
def story(world: World) -> dict[str, Village]:
    """Four villages proposed in January; what happened to each after that.

    Lontar: designated in March, inactive in May, active again in June. Tengkurak:
    designated in March, revoked in May. Kronjo: designated in May. Pulo Panjang waits.
    """
    Village.objects.update(status="proposed")
    Proposal.objects.update(proposed_on=JAN)
    kanwil = world.user("kanwil")
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
        village = world.villages[name]
        actions.record_decree(
            village, verb, decree(f"SK-{number}", day), acting_user=kanwil
        )
    return world.villages


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2026, 1, 9), Counts()),
        (JAN, Counts(proposed=4)),
        (date(2026, 3, 9), Counts(proposed=4)),
        (MARCH, Counts(proposed=2, designated=2)),
        (MAY, Counts(proposed=1, designated=1, inactive=1, revoked=1)),
        (JUNE, Counts(proposed=1, designated=2, revoked=1)),
    ],
)
def test_the_state_of_any_day_is_counted_again(story, world: World, day, counts):
    assert counts_on(day, world.user("kanwil")) == counts


@pytest.mark.parametrize(
    ("name", "designated"),
    [("serang", 1), ("tangerang", 1), ("pimpasa", 1), ("leader", 2), ("nobody", 0)],
)
def test_everybody_counts_what_is_in_care_only(story, world, name, designated):
    assert counts_on(JUNE, world.user(name)).designated == designated


def test_a_corrected_day_changes_the_figures_of_the_past(story, world: World):
    first = story["lontar"].designations.get(verb="designate")
    typed = actions.Decree(first.decree_number, JAN, first.signatory)
    actions.correct_decree(
        first, decree=typed, reason="x", version=1, acting_user=world.user("kanwil")
    )
    assert counts_on(JAN, world.user("kanwil")) == Counts(proposed=3, designated=1)


def test_each_figure_leads_to_as_many_rows(story, signed_in):
    client = signed_in("kanwil")
    tables = client.get("/desa/jumlah/?pada=2026-05-10").context["tables"]
    rows = [tables.total, *tables.offices, *tables.regencies, *tables.quarters]
    cells = [cell for row in rows for cell in row.cells]
    assert len(cells) == 4 * (1 + 2 + 2 + 8)
    for cell in cells:
        assert len(client.get(cell.url).context["rows"]) == cell.value


def test_who_serves_two_villages_is_led_to_the_right_one(story, signed_in):
    client = signed_in("mixed")
    tables = client.get("/desa/jumlah/?pada=2026-05-10").context["tables"]
    for row in [*tables.offices, *tables.regencies]:
        for cell in row.cells:
            assert len(client.get(cell.url).context["rows"]) == cell.value


def test_the_register_shows_the_state_of_the_day(story, signed_in):
    page = signed_in("kanwil").get("/desa/?pada=2026-05-10&q=lontar")
    (row,) = page.context["rows"]
    assert (row["state"], row["decree"]["number"]) == ("nonaktif", "SK-2")
    assert "Per tanggal: 10 Mei 2026" in page.content.decode()
    (now,) = signed_in("kanwil").get("/desa/?q=lontar").context["rows"]
    assert now["state"] == "ditetapkan"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2099-01-01", "belum tiba"),
        ("9999-12-31", "belum tiba"),
        ("0001-01-01", "belum ada desa binaan"),
        ("kemarin", "sebagai tanggal"),
    ],
)
@pytest.mark.parametrize("address", ["/desa/", "/desa/jumlah/"])
def test_a_day_that_cannot_be_counted_is_told(signed_in, address, typed, told):
    page = signed_in("kanwil").get(f"{address}?pada={typed}")
    assert page.status_code == 200
    assert told in page.content.decode()


def test_a_leader_counts_and_is_not_led_on(story, signed_in):
    page = signed_in("leader").get("/desa/jumlah/")
    assert page.context["tables"].total.cells[0].value == 2
    assert 'href="/desa/' not in page.content.decode().partition("<main")[2]


def test_the_page_takes_few_queries_whatever_it_counts(
    story, world: World, signed_in, django_assert_max_num_queries
):
    client = signed_in("kanwil")
    make_village("36.04.13.2008", world.serang, "proposed")
    with django_assert_max_num_queries(6):
        client.get("/desa/jumlah/?pada=2026-05-10")


# --- Kinds and words ---------------------------------------------------------


def test_a_village_without_a_decree_says_so_wherever_it_stands(world, signed_in):
    make_village("36.04.13.2008", world.serang, "proposed")
    client = signed_in("serang")
    for address in ("/desa/", "/desa/cari/", "/desa/36.04.13.2008/"):
        assert "iusulkan" in client.get(f"{address}?q=susukan").content.decode()
    found = client.get("/desa/cari/?q=susukan", headers={"Accept": "application/json"})
    assert found.json()["villages"] == ["Susukan, Tirtayasa (36.04.13.2008), diusulkan"]


@pytest.mark.parametrize(
    ("kind", "word"),
    [("desa", "Desa"), ("kelurahan", "Kelurahan"), ("desa_adat", "Desa adat")],
)
def test_the_kind_of_a_village_is_shown(world: World, signed_in, kind, word):
    region = world.villages["lontar"].region
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
