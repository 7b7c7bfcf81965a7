"""Ten delegates and five actions are written down in a few clicks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from fgd.sessions.models import Session
from tests.e2e.conftest import PageAs

pytestmark = pytest.mark.e2e
MOST_CLICKS = 45
PEOPLE = "Nama\tJabatan\tInstansi\tNo. HP\n" + "\n".join(
    f"Petugas Contoh {number}\tStaf\t{{party}}\t0812 0000 00{number}"
    for number in range(50, 60)
)


class Hand:
    """Clicks on a page and counts; typing and the tab key are free."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1

    def choose(self, selector: str, place: int) -> None:
        self.page.locator(selector).select_option(index=place)
        self.clicks += 2


def test_ten_delegates_and_five_actions_take_few_clicks(page_as: PageAs) -> None:
    session = Session.objects.get(theme="FGD yang sedang berjalan")
    people, actions = session.delegates.count(), session.actions.count()
    hand = Hand(page_as("kanim.serang"))
    hand.page.goto(f"/fgd/{session.pk}/")
    add_ten_delegates(hand, session)
    hand.click(f"nav.tabs a[href='/fgd/{session.pk}/kesepakatan/']")
    add_five_actions(hand)
    assert session.delegates.count() == people + 10
    assert session.actions.count() == actions + 5
    assert hand.clicks <= MOST_CLICKS


def add_ten_delegates(hand: Hand, session: Session) -> None:
    party = session.invitations.exclude(agency=None)[0].agency
    hand.click(f"nav.tabs a[href='/fgd/{session.pk}/peserta/']")
    hand.click(f"a[href='/fgd/{session.pk}/peserta/tempel/']")
    hand.click("#id_text")
    hand.page.fill("#id_text", PEOPLE.replace("{party}", str(party)))
    for address in ("**/kolom/", "**/peserta/daftar/*/"):
        hand.click("main button.btn-primary")
        hand.page.wait_for_url(address)
    hand.click("main button.btn-primary")
    hand.click(f".receipt a[href='/fgd/{session.pk}/peserta/']")


def add_five_actions(hand: Hand) -> None:
    due = timezone.localdate() + timedelta(days=60)
    hand.click("a[href$='/aksi/']")
    for number in range(5):
        hand.click("#id_title")
        hand.page.fill("#id_title", f"Aksi contoh {number}")
        hand.choose("#id_lead_agency", 1)
        hand.page.fill("#id_due_on", due.isoformat())
        hand.page.fill("#id_indicator", "Satu kali kegiatan")
        hand.choose("#id_pillar", 1)
        hand.click("#id_villages_0")
        hand.click("button[name=lagi]" if number < 4 else "main button.btn-primary")
        hand.page.wait_for_load_state()
