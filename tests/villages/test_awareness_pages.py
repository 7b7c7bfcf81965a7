"""The officer's pages of the awareness test: what they ask, tell and hide."""

from django.test import Client

from tests.villages.outreach_scene import (
    answer,
    close,
    enter,
    held,
    measured,
    opened,
    paper,
    planned,
    questions_of,
)
from tests.world import World
from villages import actions
from villages.models import AwarenessRound
from villages.question_files import read_banks


def test_the_button_that_opens_a_round_carries_its_token(world: World):
    activity = planned(world)
    actions.load_banks(read_banks())
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.people["serang"])
    page = browser.get(f"/desa/kegiatan/{activity.pk}/tes/").content.decode()
    form = page[page.index("/tes/sebelum/buka/") :]
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {"csrfmiddlewaretoken": token}
    browser.post(f"/desa/kegiatan/{activity.pk}/tes/sebelum/buka/", sent)
    assert AwarenessRound.objects.get().moment == "before"


def test_the_round_after_asks_before_it_ends_the_one_before(world: World, signed_in):
    activity = planned(world)
    before = opened(activity, world)
    answer(before, True, False)
    page, officer = f"/desa/kegiatan/{activity.pk}/tes/", signed_in("serang")
    link = f'href="{page}sesudah/buka/"'
    assert link in officer.get(page).content.decode()
    asked = officer.get(f"{page}sesudah/buka/").content.decode()
    assert "dengan 2 jawaban lewat ponsel" in asked
    assert AwarenessRound.objects.get().is_open()
    officer.post(f"{page}sesudah/buka/")
    assert AwarenessRound.objects.filter(moment="after").exists()


def test_the_round_after_opens_at_once_when_the_one_before_is_closed(
    world: World, signed_in
):
    activity = planned(world)
    page, officer = f"/desa/kegiatan/{activity.pk}/tes/", signed_in("serang")
    assert "belum dibuka" in officer.get(f"{page}sesudah/buka/").content.decode()
    close(opened(activity, world), world)
    assert f'href="{page}sesudah/buka/"' not in officer.get(page).content.decode()


def test_the_page_tells_phones_and_paper_and_how_many_more_fit(world: World, signed_in):
    activity = planned(world, expected=10)
    round_ = opened(activity, world)
    answer(round_, True, True, False)
    enter(round_, world, paper(round_, 7, 5))
    page = f"/desa/kegiatan/{activity.pk}/tes/"
    told = signed_in("serang").get(page).content.decode()
    assert "3 lewat ponsel dan 7 di kertas, dari paling banyak 12 jawaban" in told
    assert f"/desa/kegiatan/{activity.pk}/ubah/" in told
    close(round_, world)
    told = signed_in("serang").get(page).content.decode()
    assert f"/desa/kegiatan/{activity.pk}/ubah/" not in told


def test_the_pages_show_the_numbers_with_their_answers(world: World, signed_in):
    activity = held(planned(world), world)
    measured(activity, world, [False] * 5, [True] * 5)
    for address in (
        f"/desa/kegiatan/{activity.pk}/tes/",
        "/desa/36.04.13.2007/kegiatan/",
        "/desa/kegiatan/hasil/",
    ):
        page = signed_in("official").get(address).content.decode()
        assert "+100" in page
        assert '100 % <span class="hint">5 orang</span>' in page
    assert questions_of(activity)


def test_what_was_learned_elsewhere_is_not_shown(world: World, signed_in):
    measured(held(planned(world), world), world, [False] * 5, [True] * 5)
    assert "+100" in signed_in("serang").get("/desa/kegiatan/hasil/").content.decode()
    for name in ("tangerang", "official_kronjo"):
        page = signed_in(name).get("/desa/kegiatan/hasil/").content.decode()
        assert "+100" not in page
