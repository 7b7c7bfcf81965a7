"""What is decided about an action is decided on what its page showed."""

from collections.abc import Callable

import pytest
from django.test import Client

from fgd.plan import services as plan_services
from fgd.plan.models import Action
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.plan import reporting as telling

Browser = Callable[[str], Client]
#: verb of an address -> name of its field, and the state afterwards
VERBS = {
    "verifikasi": ("note", "verified_done"),
    "kembalikan": ("reason", "in_progress"),
}
FIELDS = {"verifikasi": "note", "kembalikan": "reason", "batalkan": "reason"}
NOTE = "Foto dilihat, ketua kelompok ditanya."


def reported(dataset: Dataset) -> Action:
    action = telling.ready(dataset)
    return plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))


def opened(client: Client, action: Action, verb: str) -> tuple[str, dict[str, object]]:
    """Open the page; return its address and what its form sends."""
    url = f"/rencana-aksi/{action.pk}/{verb}/"
    seen = client.get(url).context["form"]["seen"].value()
    return url, {FIELDS[verb]: NOTE, "seen": seen}


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


def test_progress_reported_meanwhile_is_read_before_an_action_is_cancelled(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = telling.action(dataset), signed_in("serang")
    url, sent = opened(client, action, "batalkan")
    plan_services.report_progress(
        action.pk,
        telling.progress(f"agency:{action.lead_agency_id}", percent=90),
        acting_user=dataset.user("dinsos"),
    )
    answer = client.post(url, sent)
    page = answer.content.decode()
    action.refresh_from_db()
    assert action.status == "in_progress"
    for words in (NOTE, "90%", str(dataset.people["dinsos"]), "Pertemuan pertama"):
        assert words in page, words
    assert client.post(url, sent_form(answer)).status_code == 302
    action.refresh_from_db()
    assert action.status == "cancelled"


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


# --- Villages and their waivers ----------------------------------------------


def village_url(action: Action, page: str = "") -> str:
    place = action.action_villages.get()
    return f"/rencana-aksi/{action.pk}/desa/{place.village_id}/{page}"


def version_on(client: Client, url: str) -> object:
    return client.get(url).context["form"]["version"].value()


@pytest.mark.parametrize("granted", [False, True])
def test_a_supporter_does_not_overwrite_a_waiver_that_was_not_shown(
    dataset: Dataset, signed_in: Browser, granted: bool
) -> None:
    action, client = telling.action(dataset), signed_in("polres")
    url, place = village_url(action), action.action_villages.get()
    sent = {"status": "done", "version": version_on(client, url)}
    plan_services.request_waiver(
        place.pk, reason="Balai kebanjiran.", acting_user=dataset.user("dinsos")
    )
    by = "dinsos"
    if granted:
        by = "kanwil"
        plan_services.grant_waiver(place.pk, acting_user=dataset.user(by))
    answer = client.post(url, sent)
    page = answer.content.decode()
    place.refresh_from_db()
    assert place.status == ("waived" if granted else "waiver_requested")
    assert str(dataset.people[by]) in page
    assert "Balai kebanjiran." in page
    again = sent | {"version": answer.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    place.refresh_from_db()
    assert place.status == "done"


def test_the_page_of_a_village_shows_its_waiver(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    plan_services.request_waiver(
        action.action_villages.get().pk,
        reason="Balai kebanjiran.",
        acting_user=dataset.user("dinsos"),
    )
    page = signed_in("polres").get(village_url(action)).content.decode()
    assert "Balai kebanjiran." in page
    assert str(dataset.people["dinsos"]) in page


@pytest.mark.parametrize("decision", ["grant", "decline"])
def test_a_waiver_is_decided_on_the_reason_that_was_shown(
    dataset: Dataset, signed_in: Browser, decision: str
) -> None:
    action, client = telling.action(dataset), signed_in("serang")
    place, dinsos = action.action_villages.get(), dataset.user("dinsos")
    plan_services.request_waiver(place.pk, reason="Banjir.", acting_user=dinsos)
    url = village_url(action, "pengecualian/")
    sent = {"decision": decision, "note": NOTE, "version": version_on(client, url)}
    colleague = dataset.user("serang2")
    plan_services.decline_waiver(place.pk, note="Surut.", acting_user=colleague)
    plan_services.request_waiver(place.pk, reason="Malas.", acting_user=dinsos)
    page = client.post(url, sent).content.decode()
    place.refresh_from_db()
    assert place.status == "waiver_requested"
    for words in ("Malas.", NOTE, str(dataset.people["dinsos"])):
        assert words in page


def test_the_verifier_reads_who_marked_a_village_as_done(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, percent=100, evidence_count=1)
    place = action.action_villages.get()
    plan_services.mark_village_done(place.pk, acting_user=dataset.user("polres"))
    plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))
    url = f"/rencana-aksi/{action.pk}/verifikasi/"
    page = signed_in("serang").get(url).content.decode()
    assert f"oleh {dataset.people['polres']}" in page[page.index("Lontar") :]
