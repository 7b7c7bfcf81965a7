"""A proposal ends: withdrawn by the office, declined above it, or by a decree."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset, make_village
from tests.register.counts import counts_on
from tests.register.paper import decree
from villages.places.models import Region
from villages.register import services as register_services
from villages.register.models import Proposal, Village
from villages.register.selectors.counts import StateCounts
from villages.register.services import proposals

SUSUKAN = "36.04.13.2008"
PAGE = f"/desa/{SUSUKAN}/penetapan/"
WITHDRAW, DECLINE = f"/desa/{SUSUKAN}/usulan/tarik/", f"/desa/{SUSUKAN}/usulan/tolak/"
REASON = {"reason": "Salah desa."}


@pytest.fixture
def proposed(dataset: Dataset) -> Village:
    village = make_village(SUSUKAN, dataset.serang, "proposed")
    village.proposals.update(proposed_on=date(2026, 1, 10))
    return village


def state_of(village: Village) -> str:
    village.refresh_from_db()
    return village.status


def dropped(village: Village, dataset: Dataset) -> Village:
    serang = dataset.user("serang")
    register_services.drop_proposal(
        village, "withdraw", "Salah desa.", acting_user=serang
    )
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
    sent = REASON | {"version": proposed.version}
    answer = client.post(address, sent, follow=True).content.decode()
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


def test_a_proposal_that_changed_is_read_first(proposed, signed_in, dataset: Dataset):
    client, again = signed_in("kanwil"), dataset.user("serang")
    sent = REASON | {"version": client.get(DECLINE).context["form"]["version"].value()}
    dropped(proposed, dataset)
    register_services.propose_village(proposed.region, {}, acting_user=again)
    answer = client.post(DECLINE, sent)
    assert state_of(proposed) == "proposed"
    for words in (REASON["reason"], str(again)):
        assert words in answer.content.decode()


def test_the_second_who_ends_it_gets_a_message(proposed, signed_in, dataset: Dataset):
    dropped(proposed, dataset)
    answer = signed_in("kanwil").post(DECLINE, REASON, follow=True)
    assert "keadaannya sekarang “tidak dilanjutkan”" in answer.content.decode()
    assert proposed.events.count() == 1


def test_the_form_does_not_open_for_a_proposal_that_ended(
    proposed, signed_in, dataset: Dataset
):
    dropped(proposed, dataset)
    answer = signed_in("kanwil").get(DECLINE, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "keadaannya sekarang “tidak dilanjutkan”" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "verb"), [("kanwil", "withdraw"), ("serang", "decline")]
)
def test_each_ends_only_what_is_theirs_to_end(proposed, dataset: Dataset, name, verb):
    with pytest.raises(PermissionDenied):
        register_services.drop_proposal(
            proposed, verb, "x", acting_user=dataset.user(name)
        )
    assert state_of(proposed) == "proposed"


def test_what_has_a_decree_is_no_proposal_any_longer(dataset: Dataset):
    serang, lontar = dataset.user("serang"), dataset.villages["lontar"]
    with pytest.raises(IllegalTransition):
        register_services.drop_proposal(lontar, "withdraw", "x", acting_user=serang)


def test_it_leaves_the_register_but_is_found_by_its_state(
    proposed, signed_in, dataset: Dataset
):
    client = signed_in("serang")
    assert "Susukan" in client.get("/desa/").content.decode()
    dropped(proposed, dataset)
    assert "Susukan" not in client.get("/desa/").content.decode()
    assert "Susukan" in client.get("/desa/?status=dropped").content.decode()


def test_past_days_count_it_and_later_ones_do_not(proposed, dataset: Dataset):
    today, kanwil = timezone.localdate(), dataset.user("kanwil")
    yesterday, before = today - timedelta(days=1), counts_on(today, kanwil).proposed
    dropped(proposed, dataset)
    assert counts_on(yesterday, kanwil) == StateCounts(proposed=1)
    assert counts_on(today, kanwil).proposed == before - 1
    region, serang = Region.objects.get(pk=SUSUKAN), dataset.user("serang")
    register_services.propose_village(
        region, {"reason": "Kini siap."}, acting_user=serang
    )
    assert counts_on(today, kanwil).proposed == before
    assert counts_on(yesterday, kanwil) == StateCounts(proposed=1)
    assert counts_on(date(2026, 1, 9), kanwil) == StateCounts()


def test_it_is_proposed_again_with_what_was_known(
    proposed, signed_in, dataset: Dataset
):
    dropped(proposed, dataset)
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
    proposed, dataset: Dataset
):
    kanwil = dataset.user("kanwil")
    made = register_services.record_decree(
        proposed, "designate", decree("SK-1", date(2026, 3, 10)), acting_user=kanwil
    )
    proposal = Proposal.objects.get(decree=made)
    assert proposal.ended_on == date(2026, 3, 10)
    register_services.correct_decree(
        made,
        decree=decree("SK-1", date(2026, 2, 10)),
        reason="Salah tanggal.",
        version=made.version,
        acting_user=kanwil,
    )
    proposal.refresh_from_db()
    assert proposal.ended_on == date(2026, 2, 10)
    waiting = counts_on(date(2026, 2, 9), kanwil)
    assert waiting == StateCounts(proposed=1)
    assert counts_on(date(2026, 2, 10), kanwil) == StateCounts(designated=1)


def test_a_decree_older_than_the_proposal_leaves_no_day_of_waiting(
    proposed, dataset: Dataset
):
    register_services.record_decree(
        proposed,
        "designate",
        decree("SK-1", date(2025, 12, 1)),
        acting_user=dataset.user("kanwil"),
    )
    proposal = proposed.proposals.get()
    assert proposal.ended_on == proposal.proposed_on


def test_a_dropped_village_may_still_be_designated(proposed, dataset: Dataset):
    dropped(proposed, dataset)
    register_services.record_decree(
        proposed, "designate", decree("SK-1"), acting_user=dataset.user("kanwil")
    )
    assert state_of(proposed) == "designated"
    assert proposed.proposals.get().decree is None


def test_a_search_says_that_it_is_not_pursued(proposed, dataset: Dataset):
    assert "tidak dilanjutkan" in dropped(proposed, dataset).name_and_code


def test_it_is_not_proposed_again_when_a_decree_was_faster(
    proposed, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
):
    was_dropped = dropped(proposed, dataset)
    register_services.record_decree(
        Village.objects.get(pk=proposed.pk),
        "designate",
        decree("SK-1", date(2026, 3, 9)),
        acting_user=dataset.user("kanwil"),
    )
    monkeypatch.setattr(proposals, "dropped_in", lambda _region: was_dropped)
    with pytest.raises(IllegalTransition):
        register_services.propose_village(
            proposed.region, {}, acting_user=dataset.user("serang")
        )
    assert state_of(proposed) == "designated"
