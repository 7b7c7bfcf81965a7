"""Two phones answer before and after an activity; the officer sees the results."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desabinaan.accounts.models import User
from tests.e2e.browsing import DESK, PHONE, faults_of
from tests.e2e.conftest import PageAs
from villages.outreach import services as outreach_services
from villages.outreach.models import AwarenessPhase, OutreachActivity
from villages.places.models import ActivityKind
from villages.register.models import Village

pytestmark = pytest.mark.e2e
OFFICER, LONTAR = "pimpasa.tirtayasa", "36.04.13.2007"
#: too few would be hidden; the same two phones go from hand to hand
HANDS = 3


@pytest.fixture
def activity(portal: str) -> OutreachActivity:
    officer = User.objects.get(username=OFFICER)
    facts = {
        "kind": ActivityKind.objects.get(code="penyuluhan"),
        "pillar": "knowledge",
        "starts_at": timezone.now() - timedelta(minutes=5),
        "venue": "Balai desa",
        "expected": 12,
    }
    plan = outreach_services.ActivityPlan(
        facts, [Village.objects.get(region_id=LONTAR)], [officer]
    )
    return outreach_services.plan_activity(plan, acting_user=officer)


def test_two_phones_answer_before_and_after(
    page_as: PageAs, activity: OutreachActivity
) -> None:
    desk = page_as(OFFICER, DESK)
    phones = [
        page_as("", PHONE, java_script_enabled=scripted, is_mobile=True)
        for scripted in (True, False)
    ]
    desk.goto(f"/desa/kegiatan/{activity.pk}/tes/")
    for kind, knows in (("before", False), ("after", True)):
        code = open_phase(desk, activity, kind)
        for phone in phones:
            for _hand in range(HANDS):
                answer(phone, code, knows)
    close_phase(desk, activity)
    expect(desk.locator("main")).to_contain_text("+100")
    assert faults_of(desk) == []
    phases = AwarenessPhase.objects.filter(test__activity=activity)
    assert [phase.answer_count for phase in phases] == [6, 6]


def open_phase(desk: Page, activity: OutreachActivity, kind: str) -> str:
    word = {"before": "sebelum", "after": "sesudah"}[kind]
    if kind == "after":  # it ends the pre-test, and asks first
        desk.locator(f"a[href$='/tes/{word}/buka/']").click()
        desk.locator("main form button[type=submit]").click()
    else:
        desk.locator(f"form[action$='/tes/{word}/buka/'] button").click()
    desk.wait_for_load_state()
    code = desk.locator(".access-code").inner_text().strip()
    desk.goto(f"/desa/kegiatan/{activity.pk}/tes/{word}/lembar/")
    expect(desk.locator(".access-code")).to_have_text(code)
    assert desk.locator(".poster img").evaluate("image => image.naturalWidth") > 100
    desk.go_back()
    return code


def answer(phone: Page, code: str, knows: bool) -> None:
    """Enter the code, answer every question, and pass the phone on."""
    phone.goto("/tes/")
    phone.fill("[name=kode]", code.lower())
    phone.click("main button[type=submit]")
    phone.wait_for_url(f"**/tes/{code}/")
    questions = AwarenessPhase.objects.get(code=code).test.bank.questions.all()
    for question in questions:
        choice = question.right if knows else 0
        phone.check(f"[name=q{question.pk}][value='{choice}']")
    phone.click("main button[type=submit]")
    phone.wait_for_url("**/selesai/")
    expect(phone.locator(".reasons > li")).to_have_count(
        questions.count() if knows else 0
    )
    phone.click("main form button")
    phone.wait_for_url(f"**/tes/{code}/")


def close_phase(desk: Page, activity: OutreachActivity) -> None:
    desk.goto(f"/desa/kegiatan/{activity.pk}/tes/sesudah/tutup/")
    desk.click("main form button.btn-primary")
    desk.wait_for_url("**/tes/")


def test_a_visit_is_recorded_in_five_taps(page_as: PageAs) -> None:
    page = page_as(OFFICER, PHONE, has_touch=True, is_mobile=True)
    page.goto(f"/desa/{LONTAR}/kegiatan/")
    page.locator("a.btn-primary").first.tap()
    taps = 1
    for name, value in (("participants", "7"), ("men", "3"), ("women", "4")):
        page.locator(f"[name={name}]").tap()
        page.fill(f"[name={name}]", value)
        taps += 1
    assert faults_of(page) == []
    page.locator("main form button.btn-primary").tap()
    page.wait_for_url("**/desa/kegiatan/*/")
    expect(page.locator("main")).to_contain_text("7")
    assert taps + 1 <= 5
