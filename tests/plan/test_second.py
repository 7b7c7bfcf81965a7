"""Two decide at once: the first wins, the second reads who it was and what was done."""

from collections.abc import Callable

import pytest
from django.test import Client

from fgd.plan import services as plan_services
from fgd.plan.models import Action, ActionVillage
from tests.dataset import Dataset
from tests.plan import reporting as telling

Browser = Callable[[str], Client]


def answer_to(client: Client, url: str, sent: dict[str, object]) -> str:
    return client.post(url, sent, follow=True).content.decode()


def of(action: Action, page: str) -> str:
    return f"/rencana-aksi/{action.pk}/{page}/"


def reported(dataset: Dataset) -> Action:
    action = telling.ready(dataset)
    return plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))


@pytest.mark.parametrize(
    ("second", "state"),
    [("verifikasi", "terverifikasi"), ("kembalikan", "terverifikasi")],
)
def test_the_second_verifier_reads_who_verified(
    dataset: Dataset, signed_in: Browser, second: str, state: str
) -> None:
    action, first = reported(dataset), dataset.user("serang2")
    plan_services.verify(action.pk, acting_user=first)
    sent: dict[str, object] = {"note": "Sudah.", "reason": "Kurang."}
    page = answer_to(signed_in("serang"), of(action, second), sent)
    assert f"keadaannya sekarang “{state}”, oleh {first} pada" in page


def test_after_a_return_the_state_is_named_as_the_page_shows_it(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, first = reported(dataset), dataset.user("serang2")
    plan_services.return_action(action.pk, reason="Kurang.", acting_user=first)
    page = answer_to(signed_in("serang"), of(action, "verifikasi"), {"note": "Sudah."})
    assert f"keadaannya sekarang “dikembalikan”, oleh {first} pada" in page


def test_the_second_who_reports_it_done_reads_who_did(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.ready(dataset)
    plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))
    page = answer_to(signed_in("serang"), of(action, "selesai"), {})
    assert f"oleh {dataset.user('dinsos')} pada" in page


@pytest.mark.parametrize(
    ("decision", "verb"),
    [("decline", "Tolak pengecualian"), ("grant", "Setujui pengecualian")],
)
@pytest.mark.parametrize("granted", [True, False])
def test_the_second_who_decides_about_a_waiver_reads_the_own_verb(
    dataset: Dataset, signed_in: Browser, decision: str, verb: str, granted: bool
) -> None:
    action, first = telling.action(dataset), dataset.user("serang")
    place: ActionVillage = action.action_villages.get()
    dinsos = dataset.user("dinsos")
    plan_services.request_waiver(place.pk, reason="Banjir.", acting_user=dinsos)
    decide = plan_services.grant_waiver if granted else plan_services.decline_waiver
    decide(place.pk, note="Sudah dicek.", acting_user=first)
    url = of(action, f"desa/{place.village_id}/pengecualian")
    sent: dict[str, object] = {"decision": decision, "note": "Begitu.", "version": "2"}
    page = answer_to(signed_in("kanwil2"), url, sent)
    assert f"“{verb}” tidak dapat" in page
    assert f"oleh {first} pada" in page


@pytest.mark.parametrize("status", ["cancelled", "reported_done", "verified_done"])
@pytest.mark.parametrize(
    ("name", "address", "sent", "step"),
    [
        ("dinsos", "lapor", {}, "Kirim capaian"),
        ("polres", "desa/{village}", {"status": "done"}, "Tandai selesai"),
        (
            "dinsos",
            "desa/{village}",
            {"status": "waiver_requested", "reason": "Banjir."},
            "Minta pengecualian",
        ),
    ],
)
def test_a_refusal_names_the_step_that_was_sent(
    dataset: Dataset,
    signed_in: Browser,
    status: str,
    name: str,
    address: str,
    sent: dict[str, object],
    step: str,
) -> None:
    action = telling.action(dataset, status=status)
    village = dataset.villages["lontar"].pk
    sent = sent | telling.answers(version="1")
    url = of(action, address.format(village=village))
    refused = answer_to(signed_in(name), url, sent)
    assert f"“{step}” tidak dapat" in refused
    assert "“Mulai”" not in refused
    assert "“Laporkan selesai”" not in refused


@pytest.mark.parametrize(
    ("decision", "step"),
    [("decline", "Tolak pengecualian"), ("grant", "Setujui pengecualian")],
)
def test_a_decision_on_a_cancelled_action_is_refused_by_its_own_name(
    dataset: Dataset, signed_in: Browser, decision: str, step: str
) -> None:
    action = telling.action(dataset, status="cancelled")
    action.action_villages.update(
        status="waiver_requested",
        reason="Banjir.",
        requested_by=dataset.people["dinsos"],
    )
    url = of(action, f"desa/{dataset.villages['lontar'].pk}/pengecualian")
    sent = {"decision": decision, "note": "Begitu.", "version": "1"}
    client = signed_in("serang")
    assert f"“{step}” tidak dapat" in answer_to(client, url, sent)
    asked = client.get(url, follow=True).content.decode()
    assert "“Putuskan pengecualian” tidak dapat" in asked
