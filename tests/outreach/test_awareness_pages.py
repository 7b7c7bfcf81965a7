"""The pages of the awareness test for officers: what they ask, show and hide."""

from django.test import Client

from tests.dataset import Dataset
from tests.outreach.activities import (
    answer,
    close,
    enter,
    measured,
    opened,
    paper,
    planned,
    questions_of,
    record_held,
)
from villages.outreach import services as outreach_services
from villages.outreach.models import AwarenessPhase
from villages.outreach.question_files import read_banks


def test_the_button_that_opens_a_phase_carries_its_token(dataset: Dataset):
    activity = planned(dataset)
    outreach_services.load_banks(read_banks())
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(dataset.people["serang"])
    page = browser.get(f"/desa/kegiatan/{activity.pk}/tes/").content.decode()
    form = page[page.index("/tes/sebelum/buka/") :]
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {"csrfmiddlewaretoken": token}
    browser.post(f"/desa/kegiatan/{activity.pk}/tes/sebelum/buka/", sent)
    assert AwarenessPhase.objects.get().kind == "before"


def test_the_post_test_asks_before_it_closes_the_pre_test(dataset: Dataset, signed_in):
    activity = planned(dataset)
    before = opened(activity, dataset)
    answer(before, True, False)
    page, officer = f"/desa/kegiatan/{activity.pk}/tes/", signed_in("serang")
    link = f'href="{page}sesudah/buka/"'
    assert link in officer.get(page).content.decode()
    asked = officer.get(f"{page}sesudah/buka/").content.decode()
    assert "dengan 2 jawaban lewat ponsel" in asked
    assert AwarenessPhase.objects.get().is_open()
    officer.post(f"{page}sesudah/buka/")
    assert AwarenessPhase.objects.filter(kind="after").exists()


def test_the_post_test_opens_at_once_when_the_pre_test_is_closed(
    dataset: Dataset, signed_in
):
    activity = planned(dataset)
    page, officer = f"/desa/kegiatan/{activity.pk}/tes/", signed_in("serang")
    assert "belum dibuka" in officer.get(f"{page}sesudah/buka/").content.decode()
    close(opened(activity, dataset), dataset)
    assert f'href="{page}sesudah/buka/"' not in officer.get(page).content.decode()


def test_the_page_shows_answers_by_phone_and_paper_and_the_capacity(
    dataset: Dataset, signed_in
):
    activity = planned(dataset, expected=10)
    phase = opened(activity, dataset)
    answer(phase, True, True, False)
    enter(phase, dataset, paper(phase, 7, 5))
    page = f"/desa/kegiatan/{activity.pk}/tes/"
    html = signed_in("serang").get(page).content.decode()
    assert "3 lewat ponsel dan 7 di kertas, dari paling banyak 12 jawaban" in html
    assert f"/desa/kegiatan/{activity.pk}/ubah/" in html
    close(phase, dataset)
    html = signed_in("serang").get(page).content.decode()
    assert f"/desa/kegiatan/{activity.pk}/ubah/" not in html


def test_the_pages_show_the_numbers_with_their_answers(dataset: Dataset, signed_in):
    activity = record_held(planned(dataset), dataset)
    measured(activity, dataset, [False] * 5, [True] * 5)
    for address in (
        f"/desa/kegiatan/{activity.pk}/tes/",
        "/desa/36.04.13.2007/kegiatan/",
        "/desa/kegiatan/hasil/",
    ):
        page = signed_in("official").get(address).content.decode()
        assert "+100" in page
        assert '100% <span class="hint">5 orang</span>' in page
    assert questions_of(activity)


def test_what_was_learned_elsewhere_is_not_shown(dataset: Dataset, signed_in):
    measured(record_held(planned(dataset), dataset), dataset, [False] * 5, [True] * 5)
    assert "+100" in signed_in("serang").get("/desa/kegiatan/hasil/").content.decode()
    for name in ("tangerang", "official_kronjo"):
        page = signed_in(name).get("/desa/kegiatan/hasil/").content.decode()
        assert "+100" not in page
