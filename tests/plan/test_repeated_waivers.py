"""A waiver that was decided about before is decided with all of that shown."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.test import Client

from fgd.plan import services as plan_services
from fgd.plan.models import ActionVillage, WaiverDecision
from tests.dataset import Dataset
from tests.plan import reporting as telling

Browser = Callable[[str], Client]
FIRST, SECOND = "Balai desa kebanjiran.", "Surat kepala desa terlampir."
NO, YES = "PIMPASA bilang masih di sana.", "Surat sudah dibaca."


def declined(dataset: Dataset, by: str = "kanwil") -> ActionVillage:
    place = telling.action(dataset, evidence_count=1).action_villages.get()
    ask(dataset, place, FIRST)
    plan_services.decline_waiver(place.pk, note=NO, acting_user=dataset.user(by))
    return place


def ask(dataset: Dataset, place: ActionVillage, reason: str, by: str = "dinsos"):
    plan_services.request_waiver(place.pk, reason=reason, acting_user=dataset.user(by))


def page_of(client: Client, place: ActionVillage, page: str) -> str:
    return client.get(f"/rencana-aksi/{place.action_id}/{page}").content.decode()


def deciding(place: ActionVillage) -> str:
    return f"desa/{place.village_id}/pengecualian/"


def test_the_next_decider_reads_the_decline(
    dataset: Dataset, signed_in: Browser
) -> None:
    place = declined(dataset)
    ask(dataset, place, SECOND)
    page = page_of(signed_in("kanwil2"), place, deciding(place))
    above = page[page.index("<main") : page.index("<form", page.index("<main"))]
    for words in (FIRST, NO, str(dataset.people["kanwil"]), SECOND):
        assert words in above, words


def test_the_verifier_reads_the_decline_before_the_grant(
    dataset: Dataset, signed_in: Browser
) -> None:
    place = declined(dataset)
    ask(dataset, place, SECOND)
    plan_services.grant_waiver(place.pk, note=YES, acting_user=dataset.user("kanwil2"))
    dinsos = dataset.user("dinsos")
    plan_services.report_done(place.action_id, reason="Ya.", acting_user=dinsos)
    page = page_of(signed_in("serang"), place, "verifikasi/")
    shown = [page.index(words) for words in (FIRST, NO, SECOND, YES)]
    assert shown == sorted(shown)
    assert page.count(YES) == page.count(NO) == 1


@pytest.mark.parametrize("reason", [FIRST, " balai DESA  kebanjiran", f"{FIRST}\n"])
def test_a_reason_that_was_declined_is_not_sent_again(
    dataset: Dataset, signed_in: Browser, reason: str
) -> None:
    place = declined(dataset)
    place.refresh_from_db()
    sent = {"status": "waiver_requested", "reason": reason, "version": place.version}
    url = f"/rencana-aksi/{place.action_id}/desa/{place.village_id}/"
    answer = signed_in("dinsos").post(url, sent)
    assert answer.context["form"].errors["reason"]
    place.refresh_from_db()
    assert place.status == "pending"


def test_nor_after_the_village_was_done_meanwhile(dataset: Dataset) -> None:
    place = declined(dataset)
    plan_services.mark_village_done(place.pk, acting_user=dataset.user("official"))
    with pytest.raises(ValidationError, match="ditolak"):
        ask(dataset, place, FIRST)


def test_a_grant_that_became_void_is_read_as_well(
    dataset: Dataset, signed_in: Browser
) -> None:
    place = telling.action(dataset, evidence_count=1).action_villages.get()
    ask(dataset, place, FIRST)
    plan_services.grant_waiver(place.pk, note=YES, acting_user=dataset.user("kanwil"))
    plan_services.mark_village_done(place.pk, acting_user=dataset.user("official"))
    ask(dataset, place, SECOND)
    page = page_of(signed_in("kanwil2"), place, deciding(place))
    assert YES in page
    assert "Disetujui oleh" in page


def test_who_declined_may_ask_on_behalf_later(dataset: Dataset) -> None:
    place = declined(dataset, by="kanwil")
    ask(dataset, place, SECOND, by="kanwil")
    place.refresh_from_db()
    assert place.waits
    assert [one.note for one in place.earlier_decisions] == [NO]


def test_decisions_are_only_added(dataset: Dataset) -> None:
    declined(dataset)
    for write in (
        lambda: WaiverDecision.objects.update(note="Lain."),
        lambda: WaiverDecision.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            write()
