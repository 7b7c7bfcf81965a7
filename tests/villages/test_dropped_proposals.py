"""A proposal ends: withdrawn by the office, declined above it, or by a decree."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desabinaan.lib.transitions import IllegalTransition
from tests.villages.paper import decree
from tests.world import World, make_village
from villages import actions, selectors
from villages.models import Proposal, Region, Village
from villages.selectors.counts import Counts, counts_on

SUSUKAN = "36.04.13.2008"
PAGE = f"/desa/{SUSUKAN}/penetapan/"
WITHDRAW, DECLINE = f"/desa/{SUSUKAN}/usulan/tarik/", f"/desa/{SUSUKAN}/usulan/tolak/"
REASON = {"reason": "Salah desa."}


@pytest.fixture
def proposed(world: World) -> Village:
    village = make_village(SUSUKAN, world.serang, "proposed")
    village.proposals.update(proposed_on=date(2026, 1, 10))
    return village


def state_of(village: Village) -> str:
    village.refresh_from_db()
    return village.status


def dropped(village: Village, world: World) -> Village:
    serang = world.user("serang")
    actions.drop_proposal(village, "withdraw", "Salah desa.", acting_user=serang)
    village.refresh_from_db()
    return village


@pytest.mark.parametrize(
    ("name", "address", "verb"),
    [("serang", WITHDRAW, "withdraw"), ("kanwil", DECLINE, "decline")],
)
def test_a_proposal_ends_with_a_reason(proposed, signed_in, name, address, verb):
    client = signed_in(name)
    assert address in client.get(PAGE).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 200
    assert state_of(proposed) == "proposed"
    answer = client.post(address, REASON, follow=True).content.decode()
    assert state_of(proposed) == "dropped"
    event = proposed.events.get()
    assert (event.verb, event.from_status, event.note) == (
        verb,
        "proposed",
        REASON["reason"],
    )
    assert REASON["reason"] in answer
    assert "Contoh " in answer, "Who did it stands beside it."
    assert proposed.proposals.get().ended_on == timezone.localdate()


def test_the_second_who_ends_it_is_told(proposed, signed_in, world: World):
    dropped(proposed, world)
    answer = signed_in("kanwil").post(DECLINE, REASON, follow=True)
    assert "lebih dahulu mengubah" in answer.content.decode()
    assert proposed.events.count() == 1


@pytest.mark.parametrize(
    ("name", "verb"), [("kanwil", "withdraw"), ("serang", "decline")]
)
def test_each_ends_only_what_is_theirs_to_end(proposed, world: World, name, verb):
    with pytest.raises(PermissionDenied):
        actions.drop_proposal(proposed, verb, "x", acting_user=world.user(name))
    assert state_of(proposed) == "proposed"


def test_what_has_a_decree_is_no_proposal_any_longer(world: World):
    serang, lontar = world.user("serang"), world.villages["lontar"]
    with pytest.raises(IllegalTransition):
        actions.drop_proposal(lontar, "withdraw", "x", acting_user=serang)


def test_it_leaves_the_register_but_is_found_by_its_state(
    proposed, signed_in, world: World
):
    client = signed_in("serang")
    assert "Susukan" in client.get("/desa/").content.decode()
    dropped(proposed, world)
    assert "Susukan" not in client.get("/desa/").content.decode()
    assert "Susukan" in client.get("/desa/?status=dropped").content.decode()


def test_past_days_count_it_and_later_ones_do_not(proposed, world: World):
    today, kanwil = timezone.localdate(), world.user("kanwil")
    yesterday, before = today - timedelta(days=1), counts_on(today, kanwil).proposed
    dropped(proposed, world)
    assert counts_on(yesterday, kanwil) == Counts(proposed=1)
    assert counts_on(today, kanwil).proposed == before - 1
    region, serang = Region.objects.get(pk=SUSUKAN), world.user("serang")
    actions.propose_village(region, {"reason": "Kini siap."}, acting_user=serang)
    assert counts_on(today, kanwil).proposed == before
    assert counts_on(yesterday, kanwil) == Counts(proposed=1)
    assert counts_on(date(2026, 1, 9), kanwil) == Counts()


def test_it_is_proposed_anew_with_what_was_known(proposed, signed_in, world: World):
    dropped(proposed, world)
    client = signed_in("serang")
    assert SUSUKAN in client.get("/desa/usul/?q=susukan").content.decode()
    address = f"/desa/usul/{SUSUKAN}/"
    assert proposed.reason in client.get(address).content.decode()
    client.post(address, {"reason": "Kini siap."})
    assert state_of(proposed) == "proposed"
    assert proposed.reason == "Kini siap."
    assert [one.ended_on for one in proposed.proposals.all()] == [
        None,
        timezone.localdate(),
    ]
    assert proposed.events.first().from_status == "dropped"


def test_a_decree_ends_the_waiting_on_its_day_and_a_correction_moves_it(
    proposed, world: World
):
    kanwil = world.user("kanwil")
    made = actions.record_decree(
        proposed, "designate", decree("SK-1", date(2026, 3, 10)), acting_user=kanwil
    )
    proposal = Proposal.objects.get(decree=made)
    assert proposal.ended_on == date(2026, 3, 10)
    actions.correct_decree(
        made,
        decree=decree("SK-1", date(2026, 2, 10)),
        reason="Salah tanggal.",
        version=made.version,
        acting_user=kanwil,
    )
    proposal.refresh_from_db()
    assert proposal.ended_on == date(2026, 2, 10)
    waiting = counts_on(date(2026, 2, 9), kanwil)
    assert waiting == Counts(proposed=1)
    assert counts_on(date(2026, 2, 10), kanwil) == Counts(designated=1)


def test_a_decree_older_than_the_proposal_leaves_no_day_of_waiting(
    proposed, world: World
):
    actions.record_decree(
        proposed,
        "designate",
        decree("SK-1", date(2025, 12, 1)),
        acting_user=world.user("kanwil"),
    )
    proposal = proposed.proposals.get()
    assert proposal.ended_on == proposal.proposed_on


def test_a_dropped_village_may_still_be_designated(proposed, world: World):
    dropped(proposed, world)
    actions.record_decree(
        proposed, "designate", decree("SK-1"), acting_user=world.user("kanwil")
    )
    assert state_of(proposed) == "designated"
    assert proposed.proposals.get().decree is None


def test_a_search_says_that_it_is_not_pursued(proposed, world: World):
    assert "tidak dilanjutkan" in selectors.label_of(dropped(proposed, world))
