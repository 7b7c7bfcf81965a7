"""The parts of a village's page: activities, learning, vulnerability, papers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desabinaan.portal.presenters.overview import Overview
from tests.dataset import Dataset, assign
from tests.portal import full_village
from villages.outreach.models import OutreachActivity

pytestmark = pytest.mark.django_db

URL = "/desa/36.04.13.2007/"


@pytest.fixture
def full(busy: Dataset) -> Dataset:
    full_village.fill(busy)
    return busy


def overview(client: Client) -> Overview:
    found: Overview = client.get(URL).context["overview"]
    return found


def test_the_last_and_the_next_activity_are_shown(full, signed_in) -> None:
    visits = overview(signed_in("serang")).visits
    assert visits is not None
    assert [len(visits.past), len(visits.planned)] == [2, 2]
    assert visits.last.starts_at == max(one.starts_at for one in visits.past)
    assert visits.next.starts_at == min(one.starts_at for one in visits.planned)
    assert visits.is_recent
    found = overview(signed_in("serang"))
    months = [*found.recent, *found.earlier]
    labels = [entry.what for month in months for entry in month.entries]
    assert labels.count("Sambang desa terlaksana, 20 orang") == 2


def test_a_plan_whose_day_has_passed_is_not_the_next_one(full, signed_in) -> None:
    missed = full_village.activity(full, full.villages["lontar"], -1, status="planned")
    page = signed_in("serang").get(URL)
    visits = page.context["overview"].visits
    assert list(visits.unrecorded) == [missed]
    assert len(visits.planned) == 2
    assert visits.next.starts_at > missed.starts_at + timedelta(days=7)
    assert "Belum tercatat" in page.content.decode()


def test_a_plan_of_today_is_the_next_one_until_the_day_is_over(full, signed_in) -> None:
    morning = timezone.localtime().replace(hour=0, minute=1)
    plan = full_village.activity(full, full.villages["lontar"], 0, status="planned")
    OutreachActivity.objects.filter(pk=plan.pk).update(starts_at=morning)
    page = signed_in("serang").get(URL)
    assert page.context["overview"].visits.next == plan
    assert "Belum tercatat" not in page.content.decode()


def test_a_village_not_visited_for_ninety_days_says_so(busy, signed_in) -> None:
    client = signed_in("serang")
    assert "Belum ada kunjungan yang tercatat" in client.get(URL).content.decode()
    full_village.activity(busy, busy.villages["lontar"], -91)
    page = client.get(URL)
    assert not page.context["overview"].visits.is_recent
    assert "Perlu dikunjungi" in page.content.decode()


def test_what_people_learned_is_a_chart(full, signed_in) -> None:
    page = signed_in("serang").get(URL)
    line = page.context["overview"].learning
    assert [point.gain.points for point in line.points] == [50, 50]
    assert "Benar 40% sebelum, 90% sesudah kegiatan" in page.content.decode()
    tab = signed_in("serang").get(f"{URL}kegiatan/")
    assert tab.context["line"].points == line.points


def test_vulnerability_is_shown_with_its_reasons(full, signed_in) -> None:
    page = signed_in("serang").get(URL)
    score_summary = page.context["overview"].score_summary
    assert score_summary is not None
    text = page.content.decode()
    assert f"{score_summary.strongest[0].label}" in text
    assert "Belum diketahui:" in text


@pytest.mark.parametrize(
    ("name", "sees"),
    [("kanwil", True), ("pimpasa", True), ("auditor", True), ("official", False)],
)
def test_vulnerability_is_internal(full, signed_in, name: str, sees: bool) -> None:
    page = signed_in(name).get(URL)
    assert (page.context["overview"].score_summary is not None) == sees
    assert ("/kerentanan/" in page.content.decode()) == sees


def test_papers_and_schemes_are_shown(full, signed_in) -> None:
    found = overview(signed_in("serang"))
    assert found.schemes == ["Desmigratif", "PATBM"]
    assert {paper.number for paper in found.papers} == {"SK-07/2025", "ST-001/2025"}
    for paper in found.papers:
        assert signed_in("official").get(paper.url).status_code == 200


def test_a_letter_of_somebody_who_left_stays_in_the_file(full, signed_in) -> None:
    lontar = full.villages["lontar"]
    assignment = lontar.assignments.get(user=full.people["pimpasa"])
    assignment.ends_on = assignment.starts_on
    assignment.save(update_fields=["ends_on"])
    found = overview(signed_in("serang"))
    assert full.people["pimpasa"] not in {one.user for one in found.officers}
    assert "ST-001/2025" in {paper.number for paper in found.papers}


def test_who_begins_tomorrow_does_not_serve_yet(full, signed_in) -> None:
    visits = overview(signed_in("serang")).visits
    tomorrow = visits.next.starts_at.date()
    person = full.people["serang2"]
    assign(person, "pimpasa", village=full.villages["lontar"], starts_on=tomorrow)
    assert person not in {one.user for one in overview(signed_in("serang")).officers}


@pytest.mark.parametrize("name", ["serang", "kanwil", "pimpasa", "official"])
def test_a_full_page_takes_at_most_fifteen_queries(full, many, signed_in, name) -> None:
    client = signed_in(name)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    many()
    for days in (11, 12, 13):
        past = full_village.activity(full, full.villages["lontar"], -days)
        full_village.test(full, past)
    with CaptureQueriesContext(connection) as lots:
        client.get(URL)
    assert len(lots) == len(few) <= 15
