"""A village's page offers only what is possible; a request is corrected, withdrawn."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.notices.models import Notice
from fgd.plan import services as plan_services
from fgd.plan.models import ActionVillage
from tests.dataset import Dataset
from tests.plan import reporting as telling

Browser = Callable[[str], Client]
FIRST, BETTER = "Balai desa kebanjiran.", "Balai desa kebanjiran sampai bulan depan."


def requested(dataset: Dataset, by: str = "dinsos") -> ActionVillage:
    action = telling.action(dataset, evidence_count=1)
    place = action.action_villages.get().pk
    user = dataset.user(by)
    return plan_services.request_waiver(place, reason=FIRST, acting_user=user)


def url_of(place: ActionVillage) -> str:
    return f"/rencana-aksi/{place.action_id}/desa/{place.village_id}/"


def to_state(dataset: Dataset, state: str) -> ActionVillage:
    place = requested(dataset)
    if state == "waived":
        plan_services.grant_waiver(place.pk, acting_user=dataset.user("kanwil"))
    elif state == "pending":
        plan_services.decline_waiver(
            place.pk, note="Masih di sana.", acting_user=dataset.user("kanwil")
        )
    elif state == "withdrawn":
        lead = dataset.user("dinsos")
        plan_services.withdraw_waiver_request(place.pk, acting_user=lead)
    elif state == "done":
        plan_services.mark_village_done(place.pk, acting_user=dataset.user("official"))
    place.refresh_from_db()
    return place


@pytest.mark.parametrize(
    ("state", "name", "offered"),
    [
        ("pending", "dinsos", ["done", "waiver_requested"]),
        ("waiver_requested", "dinsos", ["done", "waiver_requested", "pending"]),
        ("waived", "dinsos", ["done"]),
        ("done", "dinsos", ["waiver_requested"]),
        ("waiver_requested", "polres", ["done"]),
        ("waived", "official", ["done"]),
    ],
)
def test_only_what_is_possible_is_offered_and_all_of_it_works(
    dataset: Dataset, signed_in: Browser, state: str, name: str, offered: list[str]
) -> None:
    place, client = to_state(dataset, state), signed_in(name)
    form = client.get(url_of(place)).context["form"]
    assert [value for value, _label in form.fields["status"].choices] == offered
    assert ("reason" in form.fields) is ("waiver_requested" in offered)
    for wanted in offered:
        ActionVillage.objects.filter(pk=place.pk).update(
            status=state,
            reason=place.reason or "x",
            requested_by=place.requested_by or dataset.people["dinsos"],
            version=place.version,
        )
        sent = {"status": wanted, "reason": BETTER, "version": place.version}
        assert client.post(url_of(place), sent).status_code == 302
        place_now = ActionVillage.objects.get(pk=place.pk)
        assert place_now.status == wanted


@pytest.mark.parametrize("name", ["polres", "official"])
def test_who_can_do_nothing_about_a_village_is_not_led_there(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    place, client = to_state(dataset, "done"), signed_in(name)
    page = client.get(f"/rencana-aksi/{place.action_id}/")
    assert f'"{url_of(place)}"' not in page.content.decode()
    assert client.get(url_of(place)).status_code == 302


def test_the_lead_corrects_a_request_and_its_decider_gets_a_notice(
    dataset: Dataset, signed_in: Browser
) -> None:
    place, client = requested(dataset), signed_in("dinsos")
    page = client.get(url_of(place))
    assert FIRST in page.content.decode()
    version = page.context["form"]["version"].value()
    sent = {"status": "waiver_requested", "reason": FIRST, "version": version}
    assert client.post(url_of(place), sent).context["form"].errors["reason"]
    assert client.post(url_of(place), sent | {"reason": BETTER}).status_code == 302
    place.refresh_from_db()
    assert (place.status, place.reason) == ("waiver_requested", BETTER)
    notices = Notice.objects.filter(kind="waiver_requested", read_at=None)
    assert notices.filter(recipient=dataset.people["serang"]).count() == 1
    old = {"decision": "grant", "version": version}
    answer = signed_in("serang").post(f"{url_of(place)}pengecualian/", old)
    assert BETTER in answer.content.decode()
    place.refresh_from_db()
    assert place.waits


def test_the_lead_withdraws_a_request(dataset: Dataset, signed_in: Browser) -> None:
    place = requested(dataset)
    sent = {"status": "pending", "version": place.version}
    signed_in("dinsos").post(url_of(place), sent)
    place.refresh_from_db()
    assert (place.status, place.reason, place.requested_by) == ("pending", "", None)
    assert not Notice.objects.filter(kind="waiver_requested", read_at=None).exists()
    assert FIRST in place.action.events.get(verb="waiver_withdrawn").note
    page = signed_in("dinsos").get(f"/rencana-aksi/{place.action_id}/")
    assert FIRST in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("state", "words", "who"),
    [("withdrawn", "permintaan ditarik", "dinsos"), ("pending", "ditolak", "kanwil")],
)
def test_who_decides_too_late_reads_what_became_of_the_request(
    dataset: Dataset, signed_in: Browser, method: str, state: str, words: str, who: str
) -> None:
    place = to_state(dataset, state)
    client, address = signed_in("serang"), f"{url_of(place)}pengecualian/"
    sent = {"decision": "grant", "note": "", "version": place.version - 1}
    answer = getattr(client, method)(address, sent, follow=True).content.decode()
    assert words in answer
    assert f"oleh {dataset.user(who)} pada" in answer
    assert "sekarang “menunggu”" not in answer


def test_who_corrects_a_request_does_not_decide_about_it(dataset: Dataset) -> None:
    place, user = requested(dataset), dataset.user("serang")
    plan_services.correct_waiver_request(place.pk, reason=BETTER, acting_user=user)
    with pytest.raises(PermissionDenied):
        plan_services.grant_waiver(place.pk, acting_user=user)


@pytest.mark.parametrize("name", ["polres", "official", "auditor"])
def test_only_the_lead_or_staff_for_it_change_a_request(
    dataset: Dataset, name: str
) -> None:
    place, user = requested(dataset), dataset.user(name)
    with pytest.raises(PermissionDenied):
        plan_services.correct_waiver_request(place.pk, reason=BETTER, acting_user=user)
    with pytest.raises(PermissionDenied):
        plan_services.withdraw_waiver_request(place.pk, acting_user=user)


def test_a_declined_reason_is_no_correction_either(dataset: Dataset) -> None:
    place, dinsos = to_state(dataset, "pending"), dataset.user("dinsos")
    plan_services.request_waiver(place.pk, reason=BETTER, acting_user=dinsos)
    with pytest.raises(ValidationError):
        plan_services.correct_waiver_request(place.pk, reason=FIRST, acting_user=dinsos)


@pytest.mark.parametrize("state", ["pending", "waived", "done"])
def test_what_does_not_wait_is_neither_corrected_nor_withdrawn(
    dataset: Dataset, state: str
) -> None:
    place, dinsos = to_state(dataset, state), dataset.user("dinsos")
    with pytest.raises(IllegalTransition, match="Tarik permintaan"):
        plan_services.withdraw_waiver_request(place.pk, acting_user=dinsos)
    with pytest.raises(IllegalTransition, match="Perbaiki permintaan"):
        plan_services.correct_waiver_request(
            place.pk, reason=BETTER, acting_user=dinsos
        )
