"""The open door: people answer by a code, without account, name or JavaScript."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.villages.outreach_scene import answer, close, opened, planned
from tests.world import World
from villages.models import AwarenessReceipt, AwarenessRound, KnockCount
from villages.views import test_door as door


@pytest.fixture
def round_(world: World) -> AwarenessRound:
    return opened(planned(world), world)


def choices(round_: AwarenessRound, **changes):
    questions = round_.test.bank.questions.all()
    told = {f"q{one.pk}": str(one.right) for one in questions}
    return told | {"token": str(uuid4())} | changes


def test_the_code_is_typed_as_people_type(round_):
    typed = f" {round_.code[:3].lower()}-{round_.code[3:]} "
    answer = Client().get("/tes/", {"kode": typed})
    assert answer.url == f"/tes/{round_.code}/"
    assert Client().get(answer.url).status_code == 200


@pytest.mark.parametrize(("typed", "told"), [("ABC", "enam huruf"), ("", "Isi")])
def test_what_is_no_code_is_told(db, typed, told):
    assert told in Client().get("/tes/", {"kode": typed}).content.decode()


def test_an_unknown_code_is_told_and_not_found(round_):
    answer = Client().get("/tes/ZZZZZZ/")
    assert answer.status_code == 404
    assert "tidak menemukan tes dengan kode ini" in answer.content.decode()


def test_before_the_activity_no_answers_are_given_away(round_):
    client = Client()
    sent = client.post(f"/tes/{round_.code}/", choices(round_))
    assert sent.url == f"/tes/{round_.code}/selesai/"
    page = client.get(sent.url).content.decode()
    assert "Terima kasih" in page
    assert "reasons" not in page.split("<main")[1]


def test_after_the_activity_reasons_are_told_to_who_answered(world: World):
    round_ = opened(planned(world), world, "after")
    done = f"/tes/{round_.code}/selesai/"
    reason = round_.test.bank.questions.first().reason
    assert Client().get(done).url == f"/tes/{round_.code}/"
    client = Client()
    client.post(f"/tes/{round_.code}/", choices(round_))
    assert reason in client.get(done).content.decode()


def test_an_accidental_second_send_counts_nothing(round_):
    client = Client()
    for _time in range(2):
        client.post(f"/tes/{round_.code}/", choices(round_))
    assert AwarenessReceipt.objects.count() == 1


def test_the_next_person_takes_the_same_phone(round_):
    client = Client()
    client.post(f"/tes/{round_.code}/", choices(round_))
    client.post(f"/tes/{round_.code}/lagi/")
    client.post(f"/tes/{round_.code}/", choices(round_))
    assert AwarenessReceipt.objects.count() == 2


def test_a_question_left_out_is_told_and_the_choices_stand(round_):
    first = round_.test.bank.questions.first()
    sent = choices(round_)
    del sent[f"q{first.pk}"]
    page = Client().post(f"/tes/{round_.code}/", sent).content.decode()
    assert "Pilih satu jawaban untuk pertanyaan 1." in page
    assert page.count("checked") == 5
    assert not AwarenessReceipt.objects.exists()


@pytest.mark.parametrize("wrong", ["9", "x", "-1", "1e9"])
def test_an_answer_that_is_not_offered_counts_nothing(round_, wrong):
    first = round_.test.bank.questions.first()
    sent = choices(round_, **{f"q{first.pk}": wrong})
    assert Client().post(f"/tes/{round_.code}/", sent).status_code == 200
    assert not AwarenessReceipt.objects.exists()


def test_who_comes_too_late_is_told(world: World, round_):
    client = Client()
    client.get(f"/tes/{round_.code}/")
    close(round_, world)
    answer = client.post(f"/tes/{round_.code}/", choices(round_))
    assert answer.status_code == 409
    assert "sudah ditutup" in answer.content.decode()
    assert client.get(f"/tes/{round_.code}/").status_code == 409


def test_the_one_too_many_is_told_kindly(round_):
    answer(round_, *[True] * 24)
    told = Client().post(f"/tes/{round_.code}/", choices(round_))
    assert told.status_code == 409
    assert "Jawaban untuk tes ini sudah cukup" in told.content.decode()
    assert AwarenessReceipt.objects.count() == 24


def test_no_name_address_or_browser_is_kept(round_):
    browser = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Ponsel Rahasia")
    browser.post(f"/tes/{round_.code}/", choices(round_))
    kept = Session.objects.get().get_decoded()
    assert kept == {"awareness": [round_.pk]}
    knock = KnockCount.objects.get()
    assert "203.0.113.77" not in knock.key
    assert len(knock.key) == 64


def test_a_machine_that_sends_without_end_is_slowed(round_, monkeypatch):
    monkeypatch.setattr(door, "ANSWERS", 2)
    answers = [
        Client().post(f"/tes/{round_.code}/", choices(round_)) for _time in range(3)
    ]
    assert [one.status_code for one in answers] == [302, 302, 200]
    page = answers[-1].content.decode()
    assert "Tunggu satu menit" in page
    assert page.count("checked") == 6
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post(f"/tes/{round_.code}/", choices(round_)).status_code == 302


def test_a_machine_that_guesses_codes_is_stopped(round_, monkeypatch):
    monkeypatch.setattr(door, "WRONG_CODES", 3)
    statuses = [Client().get("/tes/ZZZZZZ/").status_code for _time in range(4)]
    assert statuses == [404, 404, 404, 429]
    assert Client().get(f"/tes/{round_.code}/").status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.get(f"/tes/{round_.code}/").status_code == 200


def test_a_form_from_elsewhere_is_refused(round_):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/tes/{round_.code}/", choices(round_))
    assert answer.status_code == 403
    assert not AwarenessReceipt.objects.exists()


def test_asking_changes_nothing(round_):
    before = KnockCount.objects.count(), Session.objects.count()
    Client().get(f"/tes/{round_.code}/")
    Client().get("/tes/")
    assert (KnockCount.objects.count(), Session.objects.count()) == before


def test_the_questions_speak_english_on_choice(round_):
    client = Client()
    client.cookies["bahasa"] = "en"
    page = client.get(f"/tes/{round_.code}/").content.decode()
    assert "Which visa is right for working abroad?" in page
    assert "I do not know yet" in page


def test_an_answer_takes_few_queries(round_, django_assert_max_num_queries):
    client = Client()
    with django_assert_max_num_queries(22):
        client.post(f"/tes/{round_.code}/", choices(round_))
