"""The administrator writes questions; a used version is read, a new one is written."""

from tests.dataset import Dataset
from tests.outreach.activities import opened, planned
from villages.outreach.models import QuestionBank

BANKS = "/admin/outreach/questionbank/"


def bank(**changes):
    return {
        "pillar": "service",
        "title": "Paspor",
        "title_en": "",
        "is_active": "on",
        "questions-TOTAL_FORMS": "1",
        "questions-INITIAL_FORMS": "0",
        "questions-0-number": "1",
        "questions-0-text": "Siapa yang datang untuk foto?",
        "questions-0-choices": "Perantara\r\nPemohon\r\n\r\nSiapa pun",
        "questions-0-right": "2",
        "questions-0-reason": "Hanya pemohon sendiri.",
    } | changes


def test_a_bank_is_numbered_and_its_answers_are_lines(dataset: Dataset, signed_in):
    for _time in range(2):
        assert signed_in("admin").post(f"{BANKS}add/", bank()).status_code == 302
    first, second = QuestionBank.objects.order_by("version")
    assert (first.version, second.version) == (1, 2)
    assert first.questions.get().choices == ["Perantara", "Pemohon", "Siapa pun"]


def test_two_answers_or_an_unlisted_right_one_are_refused(dataset, signed_in):
    for changes, message in (
        ({"questions-0-choices": "Ya\nTidak"}, "Tulis tiga atau empat jawaban."),
        ({"questions-0-right": "4"}, "salah satu dari daftar"),
        ({"questions-0-choices_en": "Yes"}, "Tulis jawaban Inggris sebanyak"),
    ):
        page = signed_in("admin").post(f"{BANKS}add/", bank(**changes))
        assert message in page.content.decode()
    assert not QuestionBank.objects.exists()


def test_a_used_version_is_revised_not_changed(dataset: Dataset, signed_in):
    used = opened(planned(dataset), dataset).test.bank
    page = signed_in("admin").get(f"{BANKS}{used.pk}/change/").content.decode()
    assert f"<div>{used.questions.first().choices[0]}</div>" in page
    assert 'name="questions-0-text"' not in page
    chosen = {"action": "revise", "_selected_action": [used.pk]}
    signed_in("admin").post(BANKS, chosen)
    made = QuestionBank.objects.get(pillar=used.pillar, version=2)
    assert (made.is_active, made.questions.count()) == (False, used.questions.count())
    page = signed_in("admin").get(f"{BANKS}{made.pk}/change/").content.decode()
    assert 'name="questions-0-text"' in page


def test_the_office_keeps_no_questions(signed_in):
    assert signed_in("serang").get(BANKS).status_code in (302, 403, 404)
