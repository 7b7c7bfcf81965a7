"""The thread by hand, from a proposed village to a verified action, without scripts."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, Page

from fgd.agencies.models import Agency
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import DelegateList
from fgd.plan.models import Action
from fgd.sessions.models import Session
from tests.e2e.conftest import PageAs
from tests.lib.samples import jpg
from tests.register.paper import pdf_bytes
from villages.register.models import Village

pytestmark = pytest.mark.e2e
TODAY = timezone.localdate()
DELEGATES = 10
MOST_CLICKS = 45
THEME = "FGD dari usul sampai bukti"
ACTION_TITLE = "Penyuluhan di balai desa"
LONTAR = "36.04.13.2007"
DECREE: FilePayload = {
    "name": "SK.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf_bytes(),
}
PHOTO: FilePayload = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": jpg()}


@dataclass
class Hand:
    """Clicks and types as a person does, and counts the clicks."""

    page: Page
    clicks: int = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self._seen(selector).click()

    def tick(self, selector: str) -> None:
        self.clicks += 1
        self._seen(selector).check()

    def send(self, address: str = "") -> None:
        """Press the button of the form to `address`, or of the page's form."""
        where = f'form[action$="{address}"]' if address else "form[data-form]"
        self.click(f"main {where} button.btn-primary")

    def go(self, ending: str) -> None:
        self.click(f'a[href$="{ending}"]')

    def write(self, **texts: str | date) -> None:
        for name, text in texts.items():
            self._seen(f'main [name="{name}"]').fill(str(text))

    def choose(self, name: str, value: str | int) -> None:
        self.clicks += 1
        self._seen(f'main [name="{name}"]').select_option(value=str(value))

    def _seen(self, selector: str) -> Locator:
        return self.page.locator(f"{selector} >> visible=true").first


@pytest.fixture
def hand(page_as: PageAs):
    return lambda username: Hand(page_as(username, java_script_enabled=False))


def test_the_whole_thread_by_hand(hand) -> None:
    village = propose_and_designate(hand("kanim.serang"), hand("kanwil"))
    host = hand("kanim.serang")
    hold_session(host, village)
    assert host.clicks <= MOST_CLICKS
    action = Action.objects.get(title=ACTION_TITLE)
    assert action.is_agreed
    assert (
        action.session.delegates.filter(attendance__isnull=False).count() == DELEGATES
    )
    follow_up(hand("dinsos"), hand("kanim.serang"), hand("kanwil"), action)
    action.refresh_from_db()
    assert action.status == "verified_done"
    assert action.verified_by_id != action.reported_by_id


def propose_and_designate(kanim: Hand, kanwil: Hand) -> Village:
    kanim.page.goto("/desa/")
    kanim.go("/desa/usul/")
    kanim.click("main .row-link")
    kanim.write(reason="Banyak warga bekerja ke luar negeri.")
    kanim.send()
    code = kanim.page.url.rstrip("/").split("/desa/")[1].split("/")[0]
    village = Village.objects.get(region_id=code)
    assert village.status == "proposed"
    kanwil.page.goto(f"/desa/{code}/profil/")
    kanwil.go(f"/desa/{code}/penetapan/")
    kanwil.click("main .btn-primary")
    kanwil.write(
        number="W.11-777 (contoh)", date=TODAY, signatory="Kepala Kantor Contoh"
    )
    kanwil.page.set_input_files("main [name=file]", DECREE)
    kanwil.send()
    village.refresh_from_db()
    assert village.status == "designated"
    return village


def hold_session(host: Hand, village: Village) -> None:
    page = host.page
    page.goto("/fgd/")
    host.go("/fgd/baru/")
    host.write(theme=THEME, day=TODAY - timedelta(days=1), begins="09:00", ends="12:00")
    host.write(venue="Aula Contoh")
    host.send()
    session = Session.objects.get(theme=THEME)
    home = f"/fgd/{session.pk}"
    write_topic(host, home, village)
    invite(host, home, village)
    seat(host, home)
    page.goto(f"{home}/")
    host.click(f'form[action$="{home}/buka/"] button')
    attend(host, home)
    write_minutes(host, home)
    agree(host, home)
    host.go(f"{home}/")
    host.go(f"{home}/tetapkan/")
    host.send()
    session.refresh_from_db()
    assert session.is_final


def write_topic(host: Hand, home: str, village: Village) -> None:
    host.go(f"{home}/topik/")
    host.write(title="Modus perekrutan", more_villages=village.code)
    host.send(f"{home}/topik/tambah/")


def invite(host: Hand, home: str, village: Village) -> None:
    host.go(f"{home}/peserta/")
    host.go(f"{home}/peserta/undang/")
    for agency in Agency.objects.filter(short_name__in=("Dinsos Banten", "Dinsos")):
        host.tick(f'main [name=agencies][value="{agency.pk}"]')
    host.write(villages=f"{village.code}\n{LONTAR}", seats="12")
    host.send()


def seat(host: Hand, home: str) -> None:
    """Ten people from a spreadsheet, previewed and saved."""
    invited = Session.objects.get(theme=THEME).invitations.exclude(agency=None)
    agency = invited.select_related("agency")[0].agency
    rows = [
        f"Petugas Contoh {number}\tStaf\t{agency.name}\t"
        for number in range(50, 50 + DELEGATES)
    ]
    host.go(f"{home}/peserta/tempel/")
    host.write(text="\n".join(rows))
    host.send()
    host.page.wait_for_url("**/kolom/")
    host.send()
    listed = DelegateList.objects.latest("pk")
    host.send(DELEGATE_LISTS.url("commit", listed.pk))


def attend(host: Hand, home: str) -> None:
    host.go(f"{home}/peserta/")
    host.go(f"{home}/peserta/kehadiran/")
    for box in host.page.locator("main [name=present]").all():
        box.check()
        host.clicks += 1
    host.send(f"{home}/peserta/kehadiran/simpan/")


def write_minutes(host: Hand, home: str) -> None:
    host.go(f"{home}/notula/")
    host.click("main a[href*='/notula/topik/']")
    host.write(text="Perekrut menyapa lewat grup percakapan.")
    host.send()


def agree(host: Hand, home: str) -> None:
    host.go(f"{home}/kesepakatan/")
    host.write(text="Perkuat penyuluhan di desa.")
    host.send(f"{home}/kesepakatan/tambah/")
    host.click("main a[href$='/aksi/']")
    dinsos = Agency.objects.filter(focal_points__user__username="dinsos")[0]
    host.write(
        title=ACTION_TITLE, due_on=TODAY + timedelta(days=60), indicator="Dua kali"
    )
    host.choose("lead_agency", dinsos.pk)
    host.choose("pillar", "knowledge")
    host.tick("main [name=villages]")
    host.send()


def follow_up(agency: Hand, kanim: Hand, kanwil: Hand, action: Action) -> None:
    place = f"/rencana-aksi/{action.pk}/"
    report_progress(agency, place, "Penyuluhan selesai.", PHOTO)
    settle(agency, action)
    report_done(agency, place)
    kanim.page.goto(place)
    kanim.go(f"{place}kembalikan/")
    kanim.write(reason="Foto belum memperlihatkan peserta.")
    kanim.send()
    action.refresh_from_db()
    assert action.status == "in_progress"
    report_progress(agency, place, "Peserta terlihat pada daftar hadir.")
    report_done(agency, place)
    kanwil.page.goto(place)
    kanwil.go(f"{place}verifikasi/")
    kanwil.send()


def report_progress(
    agency: Hand, place: str, text: str, photo: FilePayload | None = None
) -> None:
    agency.page.goto(place)
    agency.go(f"{place}lapor/")
    agency.write(percent="100", text=text, occurred_on=TODAY)
    if photo:
        agency.write(title="Foto penyuluhan")
        agency.page.set_input_files("main [name=file]", photo)
    agency.send()


def settle(agency: Hand, action: Action) -> None:
    """Say of each village that the work there is done."""
    for row in action.action_villages.filter(status="pending"):
        agency.page.goto(f"/rencana-aksi/{action.pk}/")
        agency.go(f"/rencana-aksi/{action.pk}/desa/{row.village_id}/")
        agency.tick("main [name=status][value=done]")
        agency.send()


def report_done(agency: Hand, place: str) -> None:
    agency.page.goto(place)
    agency.go(f"{place}selesai/")
    agency.send()
