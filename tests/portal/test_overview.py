"""A village on one page, each part only for those who may see it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from desabinaan.portal.presenters.overview import Overview
from desabinaan.portal.presenters.papers import papers_of
from tests.dataset import Dataset, assign
from villages.register.models import Designation, VillageContact

pytestmark = pytest.mark.django_db

READERS = ("kanwil", "serang", "pimpasa", "official", "auditor")
STRANGERS = (
    "tangerang", "pimpasa_kronjo", "official_kronjo", "mixed", "dinsos", "leader",
    "triage", "nobody", "admin",
)  # fmt: skip
URL = "/desa/36.04.13.2007/"


@pytest.fixture
def lontar(busy: Dataset) -> Dataset:
    """Lontar with a decree and a contact."""
    Designation.objects.create(
        village=busy.villages["lontar"],
        verb="designate",
        decree_number="SK-07/2025",
        decree_date=date(2025, 3, 17),
        issued_by=busy.kanwil,
        signatory="Kepala Kantor Contoh",
        decree_file="decrees/contoh.pdf",
        decree_size=1,
        decree_sha256="0" * 64,
        recorded_by=busy.people["kanwil"],
    )
    VillageContact.objects.create(
        village=busy.villages["lontar"], name="Kepala Desa Contoh", position="Kepala"
    )
    return busy


def overview(client: Client) -> Overview:
    found: Overview = client.get(URL).context["overview"]
    return found


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_readers_see_the_village(lontar, signed_in, name: str, language: str) -> None:
    client = signed_in(name)
    client.cookies["bahasa"] = language
    response = client.get(URL)
    assert response.status_code == 200
    assert "SK-07/2025" in response.content.decode()


@pytest.mark.parametrize("name", STRANGERS)
def test_foreign_and_missing_villages_answer_alike(lontar, signed_in, name) -> None:
    client = signed_in(name)
    missing = reverse("portal:village_overview", args=["36.99.99.2999"])
    assert client.get(URL).status_code == client.get(missing).status_code == 404


def test_page_shows_people_reports_actions_and_sessions(lontar, signed_in) -> None:
    found = overview(signed_in("serang"))
    assert {row.role for row in found.officers} == {"pimpasa", "village_official"}
    assert [row["name"] for row in found.contacts or ()] == ["Kepala Desa Contoh"]
    assert len(found.month_strip or ()) == 12
    assert len(found.actions) == 2
    assert [row["badge_style"] for row in found.actions] == ["late", "waiting"]
    assert found.sessions
    assert found.recent


def test_former_officers_are_not_shown(lontar, signed_in) -> None:
    past = date(2025, 6, 30)
    assign(
        lontar.people["serang2"],
        "pimpasa",
        village=lontar.villages["lontar"],
        ends_on=past,
    )
    names = {row.user.username for row in overview(signed_in("serang")).officers}
    assert "serang2" not in names


def test_auditor_reads_no_report(lontar, signed_in) -> None:
    found = overview(signed_in("auditor"))
    assert found.month_strip is None
    assert "/laporan/bulanan/" not in str([found.recent, found.earlier])


def test_official_sees_called_sessions_only(lontar, signed_in) -> None:
    lontar.serang.fgd_sessions.update(status="draft", finalised_at=None)
    assert overview(signed_in("official")).sessions == []
    assert overview(signed_in("serang")).sessions


def test_page_takes_a_fixed_number_of_queries(
    lontar, many, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in("serang")
    with django_assert_max_num_queries(14) as few:
        client.get(URL)
    many()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(URL)


def test_overview_is_only_read(signed_in) -> None:
    assert signed_in("serang").post(URL).status_code == 405


def test_a_decree_that_came_without_its_pdf_is_not_linked(lontar) -> None:
    village = lontar.villages["lontar"]
    decree = {"pk": 1, "number": "SK-1", "date": "2025-03-17", "file": ""}
    village.decrees = [
        decree,
        decree | {"number": "SK-2", "file": "decrees/contoh.pdf"},
    ]
    assert [paper.number for paper in papers_of(village, [])] == ["SK-2"]
