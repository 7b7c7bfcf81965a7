"""What a receipt answers, to whom, and when there is none."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import FormReceipt
from desabinaan.accounts.tasks import delete_old_receipts
from fgd.plan.models import Evidence
from fgd.sessions.models import AgendaItem, Session
from tests.creating_forms import NUMBER
from tests.dataset import Dataset, make_session
from tests.lib.samples import jpg, upload
from tests.plan.reporting import action
from villages.imports.models import VillageImport
from villages.register.models import VillageContact

pytestmark = pytest.mark.django_db

LONTAR, TENGKURAK = "36.04.13.2007", "36.04.13.2011"
NAME = "Ma'mun bin Sarip"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')

SignedIn = Callable[[str], Client]


def add_url(code: str = LONTAR) -> str:
    return reverse("register:contact_add", args=[code])


def typed(number: object, **changed: str) -> dict[str, str]:
    # The same name is asked about (tests/register/test_same_names.py): answered here.
    person = {"name": NAME, "position": "Sekretaris", "phone": "", "is_another": "on"}
    return person | {"client_uuid": str(number)} | changed


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def number_on(answer: Any) -> str:
    found = NUMBER.search(answer.content.decode())
    assert found
    return found[1]


# --- Refused, missing, unreadable --------------------------------------------


def test_a_refused_form_keeps_its_number_and_can_be_sent_corrected(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    client, number = signed_in("serang"), uuid4()
    refused = client.post(add_url(), typed(number, name=""))
    assert refused.status_code == 200
    assert number_on(refused) == str(number)
    assert not FormReceipt.objects.exists()
    assert client.post(add_url(), typed(number)).status_code == 302
    assert VillageContact.objects.get().name == NAME


def test_what_the_state_refuses_leaves_no_receipt(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], "cancelled")
    url, number = reverse("sessions:agenda_add", args=[session.pk]), uuid4()
    line = {"starts_at": "09:00", "minutes": "30", "title": "Pembukaan"}
    sent = line | {"client_uuid": str(number)}
    client = signed_in("serang")
    assert client.post(url, sent).status_code == 409
    assert not FormReceipt.objects.exists()
    Session.objects.update(status="draft")
    client.post(url, sent)
    assert AgendaItem.objects.get().title == "Pembukaan"


@pytest.mark.parametrize("number", ["", "bukan-nomor", "1" * 40, "\0"])
def test_a_form_whose_number_cannot_be_read_is_saved_as_a_new_one(
    dataset: Dataset, signed_in: SignedIn, number: str
) -> None:
    client = signed_in("serang")
    refused = client.post(
        add_url(), {"name": NAME, "client_uuid": number, "phone": "x"}
    )
    assert html.escape(NAME) in refused.content.decode()
    assert number_on(refused) != number
    assert client.post(add_url(), typed(number)).status_code == 302
    assert VillageContact.objects.get().name == NAME


def test_a_form_without_a_number_is_saved(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    sent = typed("")
    del sent["client_uuid"]
    assert signed_in("serang").post(add_url(), sent).status_code == 302
    assert VillageContact.objects.count() == 1


def test_every_page_has_a_number_of_its_own(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    client = signed_in("serang")
    assert number_on(client.get(add_url())) != number_on(client.get(add_url()))


# --- Not the same form -------------------------------------------------------


def test_a_receipt_of_somebody_else_is_not_answered(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    number = uuid4()
    first = signed_in("serang").post(add_url(), typed(number))
    other = signed_in("serang2").post(add_url(), typed(number))
    page = other.content.decode()
    assert other.status_code == 409
    assert first["Location"] not in re.findall(r'href="([^"]*)"', page)
    assert html.escape(NAME) in page
    assert VillageContact.objects.count() == 1


def test_a_receipt_of_another_page_is_not_answered(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    client, number = signed_in("serang"), uuid4()
    client.post(add_url(), typed(number))
    other = client.post(add_url(TENGKURAK), typed(number))
    assert other.status_code == 409
    assert f'href="{reverse("register:village_profile", args=[LONTAR])}"' not in (
        other.content.decode()
    )
    assert VillageContact.objects.count() == 1


def test_a_changed_form_is_shown_and_may_be_saved_as_one_more(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    """Back, a correction, sent again: neither swallowed nor saved unasked."""
    client, number = signed_in("serang"), uuid4()
    first = client.post(add_url(), typed(number))
    changed = client.post(add_url(), typed(number, position="Kepala desa"))
    page = changed.content.decode()
    assert changed.status_code == 409
    assert "Kepala desa" in page
    assert f'href="{first["Location"]}"' in page
    assert VillageContact.objects.count() == 1
    again = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    assert again["client_uuid"] != str(number)
    assert client.post(add_url(), again).status_code == 302
    assert client.post(add_url(), again).status_code == 302
    positions = VillageContact.objects.values_list("position", flat=True)
    assert sorted(positions) == ["Kepala desa", "Sekretaris"]


def test_the_same_text_under_a_new_number_is_asked_about(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    """After "Back" the browser asks for the page again and fills in the old text."""
    client = signed_in("serang")
    first = client.post(add_url(), typed(uuid4()))
    again = client.post(add_url(), typed(uuid4()))
    page = again.content.decode()
    assert again.status_code == 409
    assert "Tidak ada yang disimpan dua kali." in page
    assert f'href="{first["Location"]}"' in page
    assert VillageContact.objects.count() == FormReceipt.objects.count() == 1
    one_more = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    for _time in range(2):
        assert client.post(add_url(), one_more).status_code == 302
    assert VillageContact.objects.count() == 2


def test_the_same_text_is_new_after_a_while_or_from_somebody_else(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    signed_in("serang").post(add_url(), typed(uuid4()))
    signed_in("serang2").post(add_url(), typed(uuid4()))
    FormReceipt.objects.update(sent_at=timezone.now() - timedelta(minutes=31))
    signed_in("serang").post(add_url(), typed(uuid4()))
    assert VillageContact.objects.count() == 3


def test_the_other_button_of_the_same_form_saves_nothing_more(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"])
    party = f"v{dataset.villages['lontar'].pk}"
    session.invitations.create(village=dataset.villages["lontar"])
    url = reverse("participants:delegate_add", args=[session.pk])
    sent = {"name": "Siti", "party": party, "mandate": "represent"}
    sent |= {"part": "participant", "client_uuid": str(uuid4())}
    client = signed_in("serang")
    first = client.post(url, sent | {"lagi": "ya"})
    assert first["Location"] == url
    assert client.post(url, sent)["Location"] == url
    assert session.delegates.count() == 1


# --- Files -------------------------------------------------------------------


def test_another_list_under_the_same_number_is_not_swallowed(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    client, url, number = signed_in("serang"), reverse("imports:import_start"), uuid4()

    def send(village: str) -> Any:
        content = f"Kode;Desa\n36.04.13.2008;{village}\n".encode()
        sent = {"file": upload("daftar.csv", content), "client_uuid": str(number)}
        return client.post(url, sent)

    first = send("Susukan")
    assert send("Susukan")["Location"] == first["Location"]
    assert send("Sasukan").status_code == 409
    assert VillageImport.objects.count() == 1


def test_the_file_that_a_browser_dropped_is_not_asked_for_again(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    row = action(dataset, evidence_count=0)
    url, client = reverse("plan:evidence_add", args=[row.pk]), signed_in("serang")
    sent = {"title": "Daftar hadir", "client_uuid": str(uuid4())}
    first = client.post(url, sent | {"file": upload("a.jpg", jpg())})
    second = client.post(url, sent)
    assert second["Location"] == first["Location"]
    assert said(second)[-1].startswith("Sudah tersimpan sebelumnya.")
    assert Evidence.objects.count() == 1


# --- Afterwards --------------------------------------------------------------


def test_receipts_are_deleted_after_a_month(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    for days in (29, 31):
        FormReceipt.objects.create(
            client_uuid=uuid4(),
            user=dataset.people["serang"],
            path="/",
            sent_at=timezone.now() - timedelta(days=days),
        )
    delete_old_receipts(0)
    assert FormReceipt.objects.count() == 1


def test_a_receipt_holds_nothing_of_what_was_typed(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    signed_in("serang").post(add_url(), typed(uuid4()))
    kept = str(list(FormReceipt.objects.values()))
    assert "mun" not in kept
    assert "Sekretaris" not in kept
