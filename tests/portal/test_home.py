"""Every home page shows its tasks, counts right, and links to open pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desabinaan.portal.presenters.home import Home, home_for
from desabinaan.portal.presenters.tasks import Task
from desabinaan.portal.selectors.meetings import meetings_of
from fgd.sessions.models import Session
from tests.dataset import Dataset, assign, make_session, make_user
from tests.outreach.activities import planned
from villages.outreach.models import OutreachActivity

pytestmark = pytest.mark.django_db

PEOPLE = (
    "kanwil", "serang", "tangerang", "pimpasa", "pimpasa_kronjo", "official",
    "official_kronjo", "mixed", "dinsos", "polres", "leader", "auditor", "triage",
    "nobody", "admin",
)  # fmt: skip


def home(dataset: Dataset, name: str) -> Home:
    return home_for(dataset.user(name))


def counts(tasks: list[Task] | None) -> dict[str, object]:
    """Icons tell the tasks apart in any language."""
    return {task.icon: task.count for task in tasks or []}


def test_kanwil_sees_what_waits_in_its_whole_area(busy: Dataset) -> None:
    assert counts(home(busy, "kanwil").waiting) == {
        "clipboard-x": 2,
        "badge-check": 1,
        "alarm-clock": 1,
        "stamp": 1,
        "user-x": 2,
    }


def test_kanim_sees_its_own_area_and_verifies_reports(busy: Dataset) -> None:
    assert counts(home(busy, "serang").waiting) == {
        "clipboard-check": 1,
        "clipboard-x": 1,
        "badge-check": 1,
        "alarm-clock": 1,
        "user-x": 2,
    }


def test_links_open_the_list_already_narrowed(busy: Dataset, signed_in) -> None:
    client = signed_in("kanwil")
    for task in home(busy, "kanwil").waiting or ():
        assert any(client.get(task.url).context["form"].cleaned_data.values()), task.url


def test_another_kanim_sees_nothing_of_it(busy: Dataset) -> None:
    assert counts(home(busy, "tangerang").waiting) == {"clipboard-x": 1}


def test_pimpasa_sees_the_own_village_only(busy: Dataset) -> None:
    found = counts(home(busy, "pimpasa").waiting)
    assert found["clipboard-check"] == 1
    assert "stamp" not in found
    assert counts(home(busy, "pimpasa_kronjo").waiting) == {"clipboard-x": 1}


def test_village_official_has_four_tasks_and_nothing_else(busy: Dataset) -> None:
    found = home(busy, "official")
    assert len(found.tasks) == 4
    assert (found.waiting, found.actions, found.figures) == (None, None, None)
    report, tasks, _sessions, village = found.tasks
    assert "/laporan/bulanan/36.04.13.2007/" in report.url
    assert (tasks.count, tasks.badge_style) == (2, "late")
    assert village.url == "/desa/36.04.13.2007/"


def test_focal_point_sees_the_own_actions_by_lateness(busy: Dataset) -> None:
    actions = home(busy, "dinsos").actions
    assert actions is not None
    assert [row["is_overdue"] for row in actions] == [True, False]


def test_leader_sees_six_totals(busy: Dataset) -> None:
    figures = home(busy, "leader").figures
    assert figures is not None
    assert figures.figures[0].number == "4"
    assert len(figures.figures) == 6


def test_account_request_waits_for_kanwil(busy: Dataset) -> None:
    busy.serang.account_requests.create(
        role="office_staff",
        username="baru",
        name="Petugas Contoh Baru",
        letter_number="ST-9",
        starts_on="2026-01-01",
        requested_by=busy.people["serang"],
    )
    assert counts(home(busy, "kanwil").waiting)["user-plus"] == 1
    assert "user-plus" not in counts(home(busy, "serang").waiting)


def test_session_that_is_over_waits_for_its_host(busy: Dataset) -> None:
    make_session(busy.serang, busy.people["serang"], "in_progress")
    assert counts(home(busy, "serang").waiting)["notebook-pen"] == 1
    assert "notebook-pen" not in counts(home(busy, "tangerang").waiting)


@pytest.mark.parametrize(
    ("name", "count"),
    [("serang", 1), ("pimpasa", 1), ("kanwil", 0), ("tangerang", 0), ("mixed", 0)],
)
def test_a_plan_whose_day_has_passed_waits_to_be_recorded(
    dataset: Dataset, signed_in, name: str, count: int
) -> None:
    passed, today = planned(dataset), planned(dataset)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for activity, moment in (
        (passed, midnight - timedelta(minutes=1)),
        (today, midnight),
    ):
        OutreachActivity.objects.filter(pk=activity.pk).update(starts_at=moment)
    found = {task.icon: task for task in home(dataset, name).waiting or []}
    assert ("calendar-clock" in found) == bool(count)
    if count:
        assert found["calendar-clock"].count == count
        page = signed_in(name).get(found["calendar-clock"].url)
        rows = page.context["rows"]
        assert [(row["id"], row["state"]) for row in rows] == [
            (passed.pk, "belum tercatat")
        ]
        assert f"/desa/kegiatan/{today.pk}/" not in page.content.decode()


def test_a_session_elsewhere_is_not_announced(dataset: Dataset) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], "draft")
    later = timezone.now() + timedelta(days=3)
    Session.objects.update(starts_at=later, ends_at=later + timedelta(hours=3))
    assert meetings_of(dataset.user("serang")).upcoming == [session]
    assert meetings_of(dataset.user("tangerang")).upcoming == []


def test_superuser_finds_administration_and_own_account(dataset: Dataset) -> None:
    links = home(dataset, "admin").links
    assert [link.url for link in links] == ["/admin/", "/akun/"]


def test_everything_done_is_said_kindly(signed_in) -> None:
    response = signed_in("tangerang").get("/?", headers={"accept-language": "id"})
    assert "Tidak ada tugas saat ini" in response.content.decode()


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("language", ["id", "en"])
def test_home_opens_for_everybody_in_both_languages(
    busy: Dataset, signed_in, name: str, language: str
) -> None:
    busy.people[name].language = language
    busy.people[name].save(update_fields=["language"])
    client = signed_in(name)
    client.cookies["bahasa"] = language
    assert client.get(reverse("portal:home")).status_code == 200


@pytest.mark.parametrize("name", PEOPLE)
def test_every_link_of_home_and_navigation_opens(
    busy: Dataset, signed_in, name: str
) -> None:
    client = signed_in(name)
    context = client.get("/").context
    found: Home = context["home"]
    links = [task.url for task in (*found.tasks, *(found.waiting or ()), *found.links)]
    links += [entry["url"] for entry in context["page_context"]["nav"]]
    broken = {url: client.get(url).status_code for url in links}
    assert {url: code for url, code in broken.items() if code != 200} == {}


@pytest.mark.parametrize("name", PEOPLE)
def test_home_takes_a_fixed_number_of_queries(
    busy: Dataset, many, signed_in, name: str, django_assert_max_num_queries
) -> None:
    client = signed_in(name)
    with django_assert_max_num_queries(12) as few:
        client.get("/")
    many()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/")


def test_home_of_many_roles_stays_within_bounds(
    busy: Dataset, signed_in, django_assert_max_num_queries
) -> None:
    everything = busy.people["everything"] = make_user("everything")
    for role in ("regional_staff", "leader", "auditor"):
        assign(everything, role, office=busy.kanwil)
    assign(everything, "village_official", village=busy.villages["lontar"])
    client = signed_in("everything")
    with django_assert_max_num_queries(18):
        client.get("/")


def test_an_agency_without_open_actions_reads_what_will_appear(signed_in) -> None:
    page = signed_in("polres").get("/").content.decode()
    assert "Tidak ada aksi terbuka untuk instansi Anda" in page
