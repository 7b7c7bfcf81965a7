"""A page opened before a merge saves nothing over what the merge has moved."""

from collections.abc import Callable

import pytest
from django.test import Client

from fgd.agencies.models import Agency
from fgd.merging.services import merge_agencies
from fgd.minutes.services.merging import merge_delegates
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


@pytest.fixture
def duplicate(dataset: Dataset) -> Agency:
    return scene.second_dinsos()


def merge_dinsos(dataset: Dataset, into: Agency) -> None:
    old = dataset.agencies["dinsos"]
    merge_agencies(old.pk, into.pk, acting_user=dataset.user("admin"))


def test_seats_of_a_page_opened_before_the_merge_are_compared_first(
    dataset: Dataset, duplicate: Agency, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    kept = session.invitations.create(agency=duplicate, seats=3)
    url = f"/fgd/{session.pk}/peserta/undangan/{kept.pk}/ubah/"
    opened = sent_form(browser.get(url)) | {"letter_number": "W.1/2026"}
    merge_dinsos(dataset, duplicate)
    answer = browser.post(url, opened)
    assert answer.context["form"].stale.who == str(dataset.people["admin"])
    assert "W.1/2026" in answer.content.decode()
    kept.refresh_from_db()
    assert kept.seats == 5


@pytest.mark.parametrize("part", ["lead", "support"])
def test_a_draft_opened_before_the_merge_does_not_lose_its_agency(
    dataset: Dataset, duplicate: Agency, signed_in: Browser, part: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    parts = {"supporters": ("dinsos",), "lead": "polres"} if part == "support" else {}
    draft = scene.action(dataset, session=session, agreed=False, **parts)
    url = f"/fgd/{session.pk}/kesepakatan/aksi/{draft.pk}/ubah/"
    opened = sent_form(browser.get(url))
    merge_dinsos(dataset, duplicate)
    # What the page still names is no choice any more: it is taken out to go on.
    opened.pop("supporters", None)
    polres = {"lead_agency": str(dataset.agencies["polres"].pk)}
    answer = browser.post(url, opened | polres)
    assert answer.context["form"].stale
    draft.refresh_from_db()
    agencies = [draft.lead_agency, *(row.agency for row in draft.supports.all())]
    assert duplicate in agencies


def test_minutes_opened_before_rows_are_joined_do_not_lose_their_speaker(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    kept = scene.delegate(dataset, session)
    duplicate = scene.delegate(dataset, session, position="Kepala")
    entry = duplicate.minutes.create(
        topic=scene.topic(session), text="Setuju.", written_by=dataset.people["serang"]
    )
    browser = signed_in("serang")
    url = f"/fgd/{kept.session_id}/notula/{entry.pk}/ubah/"
    opened = sent_form(browser.get(url)) | {"text": "Setuju semua.", "speaker": ""}
    merge_delegates(duplicate.pk, kept.pk, acting_user=dataset.user("serang"))
    answer = browser.post(url, opened)
    assert answer.context["form"].stale
    assert "Setuju semua." in answer.content.decode()
    entry.refresh_from_db()
    assert (entry.text, entry.speaker) == ("Setuju.", kept)
