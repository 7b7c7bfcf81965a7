"""What is decided about an action is decided on what its page showed."""

from collections.abc import Callable

import pytest
from django.test import Client

from fgd.plan import services as plan_services
from fgd.plan.models import Action
from tests.dataset import Dataset
from tests.plan import reporting as telling

Browser = Callable[[str], Client]
#: verb of an address -> name of its field, and the state afterwards
VERBS = {
    "verifikasi": ("note", "verified_done"),
    "kembalikan": ("reason", "in_progress"),
}
NOTE = "Foto dilihat, ketua kelompok ditanya."


def reported(dataset: Dataset) -> Action:
    action = telling.ready(dataset)
    return plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))


def opened(client: Client, action: Action, verb: str) -> tuple[str, dict[str, object]]:
    """Open the page; return its address and what its form sends."""
    url = f"/rencana-aksi/{action.pk}/{verb}/"
    seen = client.get(url).context["form"]["seen"].value()
    return url, {VERBS[verb][0]: NOTE, "seen": seen}


def report_less_again(dataset: Dataset, action: Action) -> None:
    """Returned by a colleague, reported again at 30 percent with a reason."""
    dinsos, colleague = dataset.user("dinsos"), dataset.user("serang2")
    plan_services.return_action(action.pk, reason="Kurang.", acting_user=colleague)
    plan_services.report_progress(
        action.pk,
        telling.progress(f"agency:{action.lead_agency_id}", percent=30),
        acting_user=dinsos,
    )
    reason = "Dana habis."
    plan_services.report_done(action.pk, reason=reason, acting_user=dinsos)


@pytest.mark.parametrize("verb", VERBS)
def test_an_old_page_decides_nothing_that_it_did_not_show(
    dataset: Dataset, signed_in: Browser, verb: str
) -> None:
    action, client = reported(dataset), signed_in("serang")
    url, sent = opened(client, action, verb)
    report_less_again(dataset, action)
    answer = client.post(url, sent)
    page = answer.content.decode()
    action.refresh_from_db()
    assert action.status == "reported_done"
    assert answer.status_code == 200
    for words in (NOTE, "30%", "Dana habis.", "Dilaporkan selesai"):
        assert words in page, words
    [field] = [name for name in sent if name != "seen"]
    again = {field: NOTE, "seen": answer.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302
    action.refresh_from_db()
    assert action.status == VERBS[verb][1]


@pytest.mark.parametrize("verb", VERBS)
def test_evidence_added_meanwhile_is_looked_at_first(
    dataset: Dataset, signed_in: Browser, verb: str
) -> None:
    action, client = reported(dataset), signed_in("serang")
    url, sent = opened(client, action, verb)
    plan_services.add_evidence(
        action.pk, telling.evidence_file(), acting_user=dataset.user("dinsos")
    )
    page = client.post(url, sent).content.decode()
    assert "Bukti dukung ditambahkan" in page
    assert str(dataset.people["dinsos"]) in page
    action.refresh_from_db()
    assert action.status == "reported_done"


@pytest.mark.parametrize("verb", VERBS)
def test_after_a_return_alone_the_typed_note_is_shown_to_copy(
    dataset: Dataset, signed_in: Browser, verb: str
) -> None:
    action, client = reported(dataset), signed_in("serang")
    url, sent = opened(client, action, verb)
    plan_services.return_action(
        action.pk, reason="Kurang.", acting_user=dataset.user("serang2")
    )
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert NOTE in answer.content.decode()


@pytest.mark.parametrize("seen", ["", "abc", "-1"])
def test_a_form_that_does_not_say_what_it_showed_is_shown_again(
    dataset: Dataset, signed_in: Browser, seen: str
) -> None:
    action, client = reported(dataset), signed_in("serang")
    url, sent = opened(client, action, "verifikasi")
    right = sent["seen"]
    answer = client.post(url, sent | {"seen": seen})
    action.refresh_from_db()
    assert action.status == "reported_done"
    assert NOTE in answer.content.decode()
    assert str(answer.context["form"]["seen"].value()) == str(right)


def test_a_mistyped_form_still_knows_what_it_showed(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = reported(dataset), signed_in("serang")
    url, sent = opened(client, action, "kembalikan")
    report_less_again(dataset, action)
    answer = client.post(url, sent | {"reason": ""})
    assert str(answer.context["form"]["seen"].value()) == str(sent["seen"])
