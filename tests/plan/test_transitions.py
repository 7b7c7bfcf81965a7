from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from fgd.plan.models import Action, ActionEvent
from fgd.plan.workflow import ACTION
from tests.dataset import Dataset
from tests.plan import reporting as telling
from tests.plan.reporting import HIDDEN_ACTIONS, VISIBLE_ACTIONS, rows

Browser = Callable[[str], Client]
STAFF = {"kanwil", "serang", "pimpasa"}
PARTIES = {"official", "dinsos", "polres"}

#: verb -> the state it starts from, who may, and what is sent
VERBS: dict[str, tuple[str, set[str], dict[str, str]]] = {
    "selesai": ("in_progress", {*STAFF, "dinsos"}, {}),
    "verifikasi": ("reported_done", STAFF, {"note": "Foto sudah dilihat."}),
    "kembalikan": ("reported_done", STAFF, {"reason": "Daftar hadir belum ada."}),
    "batalkan": ("in_progress", {"kanwil", "serang"}, {"reason": "Dana tidak ada."}),
}
WORDS = {
    "selesai": "report_done",
    "verifikasi": "verify",
    "kembalikan": "return",
    "batalkan": "cancel",
}


def ready_for(dataset: Dataset, verb: str) -> Action:
    status = VERBS[verb][0]
    made = telling.ready if status == "in_progress" else telling.action
    return made(dataset, status=status)


def url_of(action: Action, verb: str) -> str:
    return f"/rencana-aksi/{action.pk}/{verb}/"


@pytest.mark.parametrize("name", VISIBLE_ACTIONS)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_open_to_those_who_may_and_403_to_others(
    dataset: Dataset, signed_in: Browser, verb: str, name: str
) -> None:
    action, (_source, allowed, sent) = ready_for(dataset, verb), VERBS[verb]
    before, client = rows(action), signed_in(name)
    asked = client.get(url_of(action, verb)).status_code
    assert rows(action) == before
    answered = client.post(url_of(action, verb), sent).status_code
    action.refresh_from_db()
    if name in allowed:
        assert (asked, answered) == (200, 302)
        assert action.status == ACTION[WORDS[verb]].target
    else:
        assert (asked, answered) == (403, 403)
        assert rows(action) == before


@pytest.mark.parametrize("name", HIDDEN_ACTIONS)
def test_an_invisible_action_is_404_like_a_missing_one(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    action = telling.ready(dataset)
    before, client = rows(action), signed_in(name)
    for verb in ("", "lapor/", "bukti/", *(f"{verb}/" for verb in VERBS)):
        for pk in (action.pk, 999_999):
            url = f"/rencana-aksi/{pk}/{verb}"
            assert client.get(url).status_code == 404
            assert client.post(url).status_code == 404
    assert rows(action) == before


@pytest.mark.parametrize("status", Action.Status.values)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_works_in_its_states_only_and_says_so_kindly(
    dataset: Dataset, signed_in: Browser, verb: str, status: str
) -> None:
    made = telling.action if status.endswith("done") else telling.ready
    action = made(dataset, status=status)
    before, sent = rows(action), VERBS[verb][2]
    client = signed_in("serang")
    answer = client.post(url_of(action, verb), sent)
    if status in ACTION[WORDS[verb]].sources:
        assert answer.status_code == 302
        assert rows(action) != before
        return
    assert rows(action) == before
    if sent:  # what was typed stays on the page that says why
        assert answer.status_code == 409
        assert next(iter(sent.values())) in answer.content.decode()
    else:
        shown = [one.level_tag for one in get_messages(answer.wsgi_request)]
        assert (answer.status_code, shown) == (302, ["warning"])
    assert client.get(url_of(action, verb)).status_code == 302


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_can_be_done_before_the_action_is_agreed(
    dataset: Dataset, signed_in: Browser, verb: str
) -> None:
    action = telling.action(dataset, agreed=False)
    before = rows(action)
    sent = VERBS[verb][2]
    answer = signed_in("serang").post(url_of(action, verb), sent)
    assert answer.status_code == (409 if sent else 302)
    assert rows(action) == before


@pytest.mark.parametrize("verb", ["kembalikan", "batalkan"])
@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_asked_for(
    dataset: Dataset, signed_in: Browser, verb: str, reason: str
) -> None:
    action = ready_for(dataset, verb)
    before = rows(action)
    answer = signed_in("serang").post(url_of(action, verb), {"reason": reason})
    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    assert rows(action) == before


def test_the_note_of_a_transition_is_in_its_event(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = ready_for(dataset, "kembalikan")
    signed_in("serang").post(url_of(action, "kembalikan"), {"reason": "Foto kabur."})
    event = ActionEvent.objects.get(action=action, verb="return")
    assert (event.note, event.to_status) == ("Foto kabur.", "in_progress")


# --- Not the own word, not the own work --------------------------------------


def test_who_reported_it_done_cannot_verify_it(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.ready(dataset)
    client = signed_in("serang")
    client.post(url_of(action, "selesai"))
    before = rows(action)
    answer = client.post(url_of(action, "verifikasi"), {"note": ""})
    assert answer.status_code == 403
    assert rows(action) == before
    url, seen = url_of(action, "verifikasi"), {"seen": telling.latest(action)}
    assert signed_in("serang2").post(url, seen).status_code == 302


@pytest.mark.parametrize(
    ("name", "status"),
    [("serang2", 403), ("pimpasa", 403), ("kanwil", 302)],
)
def test_an_office_does_not_verify_its_own_action(
    dataset: Dataset, signed_in: Browser, name: str, status: int
) -> None:
    action = telling.action(dataset, status="reported_done", lead="kanim")
    answer = signed_in(name).post(url_of(action, "verifikasi"), {"note": ""})
    action.refresh_from_db()
    assert answer.status_code == status
    assert (action.status == "verified_done") is (status == 302)


@pytest.mark.parametrize(
    "gap", [{"evidence_count": 0}, {"villages_open": 1}], ids=["evidence", "villages"]
)
def test_missing_evidence_is_shown_before_and_after_the_question(
    dataset: Dataset, signed_in: Browser, gap: dict[str, Any]
) -> None:
    action = telling.ready(dataset, **gap)
    before, client = rows(action), signed_in("dinsos")
    assert client.get(url_of(action, "selesai")).status_code == 302
    answer = client.post(url_of(action, "selesai"))
    assert answer.context["form"].non_field_errors()
    assert rows(action) == before


# --- Villages ----------------------------------------------------------------


def settle_url(dataset: Dataset, action: Action, village: str = "lontar") -> str:
    return f"/rencana-aksi/{action.pk}/desa/{dataset.villages[village].pk}/"


@pytest.mark.parametrize("name", [*VISIBLE_ACTIONS, *HIDDEN_ACTIONS])
def test_a_village_is_settled_by_itself_its_agencies_and_staff(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    action = telling.action(dataset)
    before, client = rows(action), signed_in(name)
    url = settle_url(dataset, action)
    asked = client.get(url).status_code
    answered = client.post(url, {"status": "done", "version": "1"}).status_code
    action.refresh_from_db()
    if name in STAFF | PARTIES:
        assert (asked, answered, action.villages_open) == (200, 302, 0)
    else:
        refused = 403 if name == "auditor" else 404
        assert (asked, answered) == (refused, refused)
        assert rows(action) == before


def test_a_village_settles_itself_only(dataset: Dataset, signed_in: Browser) -> None:
    action = telling.action(dataset, villages=("lontar", "pulopanjang"))
    before = rows(action)
    url = settle_url(dataset, action, "pulopanjang")
    assert signed_in("official").post(url, {"status": "done"}).status_code == 403
    assert signed_in("pimpasa").get(url).status_code == 200
    assert rows(action) == before


def test_a_village_that_is_not_in_the_action_is_missing(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    url = settle_url(dataset, action, "kronjo")
    assert signed_in("kanwil").get(url).status_code == 404


def test_a_village_is_settled_before_the_action_is_reported_done_only(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, status="verified_done")
    before, client = rows(action), signed_in("serang")
    url = settle_url(dataset, action)
    assert client.get(url).status_code == 302
    assert client.post(url, {"status": "done"}).status_code == 302
    assert rows(action) == before
