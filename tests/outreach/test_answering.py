"""Public pages of the test: people answer without account, name or JavaScript."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from desabinaan.accounts.models import RateLimitHit
from tests.dataset import Dataset
from tests.outreach.activities import answer, close, opened, planned
from villages.outreach.models import AwarenessPhase, AwarenessReceipt
from villages.outreach.views import test


@pytest.fixture
def phase(dataset: Dataset) -> AwarenessPhase:
    return opened(planned(dataset), dataset)


def choices(phase: AwarenessPhase, **changes):
    questions = phase.test.bank.questions.all()
    answers = {f"q{one.pk}": str(one.right) for one in questions}
    return answers | {"token": str(uuid4())} | changes


def test_the_code_is_typed_as_people_type(phase):
    typed = f" {phase.code[:3].lower()}-{phase.code[3:]} "
    answer = Client().get("/tes/", {"kode": typed})
    assert answer.url == f"/tes/{phase.code}/"
    assert Client().get(answer.url).status_code == 200


@pytest.mark.parametrize(("typed", "message"), [("ABC", "enam huruf"), ("", "Isi")])
def test_an_invalid_code_shows_a_message(db, typed, message):
    assert message in Client().get("/tes/", {"kode": typed}).content.decode()


def test_an_unknown_code_is_not_found(phase):
    answer = Client().get("/tes/ZZZZZZ/")
    assert answer.status_code == 404
    assert "tidak menemukan tes dengan kode ini" in answer.content.decode()


def test_before_the_activity_no_answers_are_given_away(phase):
    client = Client()
    sent = client.post(f"/tes/{phase.code}/", choices(phase))
    assert sent.url == f"/tes/{phase.code}/selesai/"
    page = client.get(sent.url).content.decode()
    assert "Terima kasih" in page
    assert "reasons" not in page.split("<main")[1]


def test_after_the_activity_participants_see_the_reasons(dataset: Dataset):
    phase = opened(planned(dataset), dataset, "after")
    done = f"/tes/{phase.code}/selesai/"
    reason = phase.test.bank.questions.first().reason
    assert Client().get(done).url == f"/tes/{phase.code}/"
    client = Client()
    client.post(f"/tes/{phase.code}/", choices(phase))
    assert reason in client.get(done).content.decode()


def test_an_accidental_second_send_counts_nothing(phase):
    client = Client()
    for _time in range(2):
        client.post(f"/tes/{phase.code}/", choices(phase))
    assert AwarenessReceipt.objects.count() == 1


def test_the_next_person_takes_the_same_phone(phase):
    client = Client()
    client.post(f"/tes/{phase.code}/", choices(phase))
    client.post(f"/tes/{phase.code}/lagi/")
    client.post(f"/tes/{phase.code}/", choices(phase))
    assert AwarenessReceipt.objects.count() == 2


def test_a_skipped_question_shows_a_message_and_keeps_the_choices(phase):
    first = phase.test.bank.questions.first()
    sent = choices(phase)
    del sent[f"q{first.pk}"]
    page = Client().post(f"/tes/{phase.code}/", sent).content.decode()
    assert "Pilih satu jawaban untuk pertanyaan 1." in page
    assert page.count("checked") == 5
    assert not AwarenessReceipt.objects.exists()


@pytest.mark.parametrize("wrong", ["9", "x", "-1", "1e9"])
def test_an_answer_that_is_not_offered_counts_nothing(phase, wrong):
    first = phase.test.bank.questions.first()
    sent = choices(phase, **{f"q{first.pk}": wrong})
    assert Client().post(f"/tes/{phase.code}/", sent).status_code == 200
    assert not AwarenessReceipt.objects.exists()


def test_a_late_answer_shows_that_the_test_is_closed(dataset: Dataset, phase):
    client = Client()
    client.get(f"/tes/{phase.code}/")
    close(phase, dataset)
    answer = client.post(f"/tes/{phase.code}/", choices(phase))
    assert answer.status_code == 409
    assert "sudah ditutup" in answer.content.decode()
    assert client.get(f"/tes/{phase.code}/").status_code == 409


def test_an_answer_beyond_the_capacity_gets_a_polite_message(phase):
    answer(phase, *[True] * 24)
    response = Client().post(f"/tes/{phase.code}/", choices(phase))
    assert response.status_code == 409
    assert "Jawaban untuk tes ini sudah cukup" in response.content.decode()
    assert AwarenessReceipt.objects.count() == 24


def test_no_name_address_or_browser_is_kept(phase):
    browser = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Ponsel Rahasia")
    browser.post(f"/tes/{phase.code}/", choices(phase))
    kept = Session.objects.get().get_decoded()
    assert kept == {"awareness": [phase.pk]}
    hit = RateLimitHit.objects.get()
    assert "203.0.113.77" not in hit.key
    assert len(hit.key) == 64


def test_a_machine_that_sends_without_end_is_slowed(phase, monkeypatch):
    monkeypatch.setattr(test, "ANSWERS", 2)
    answers = [
        Client().post(f"/tes/{phase.code}/", choices(phase)) for _time in range(3)
    ]
    assert [one.status_code for one in answers] == [302, 302, 200]
    page = answers[-1].content.decode()
    assert "Tunggu satu menit" in page
    assert page.count("checked") == 6
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post(f"/tes/{phase.code}/", choices(phase)).status_code == 302


@pytest.mark.parametrize(
    ("method", "page"),
    [("get", ""), ("post", ""), ("get", "selesai/"), ("post", "lagi/")],
)
def test_a_machine_that_guesses_codes_is_stopped_on_every_page(
    phase, monkeypatch, method, page
):
    monkeypatch.setattr(test, "WRONG_CODES", 3)

    def answer(code):
        return getattr(Client(), method)(f"/tes/{code}/{page}").status_code

    assert [answer("ZZZZZZ") for _time in range(4)] == [404, 404, 404, 429]
    assert answer(phase.code) == 429
    assert Client().get(f"/tes/{phase.code}/").status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.get(f"/tes/{phase.code}/").status_code == 200


def test_a_form_from_elsewhere_is_refused(phase):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/tes/{phase.code}/", choices(phase))
    assert answer.status_code == 403
    assert not AwarenessReceipt.objects.exists()


def test_asking_changes_nothing(phase):
    before = RateLimitHit.objects.count(), Session.objects.count()
    Client().get(f"/tes/{phase.code}/")
    Client().get("/tes/")
    assert (RateLimitHit.objects.count(), Session.objects.count()) == before


def test_the_questions_are_in_english_on_request(phase):
    client = Client()
    client.cookies["bahasa"] = "en"
    page = client.get(f"/tes/{phase.code}/").content.decode()
    assert "Which visa is right for working abroad?" in page
    assert "I do not know yet" in page


def test_an_answer_takes_few_queries(phase, django_assert_max_num_queries):
    client = Client()
    with django_assert_max_num_queries(22):
        client.post(f"/tes/{phase.code}/", choices(phase))
