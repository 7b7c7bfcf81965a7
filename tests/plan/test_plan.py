from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fgd.plan import selectors as plan_selectors
from fgd.plan.models import Action
from tests.dataset import Dataset
from tests.plan import reporting as telling
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]
TODAY = timezone.localdate()


def titles(answer: Any) -> list[str]:
    return [row["title"] for row in answer.context["rows"]]


def many(dataset: Dataset, count: int) -> list[Action]:
    session = scene.running(dataset, status="finalised", finalised_at=timezone.now())
    return [
        scene.action(
            dataset,
            session=session,
            title=f"Aksi {number:03}",
            supporters=("polres",),
            villages=("lontar", "tengkurak"),
            due_on=TODAY + timedelta(days=number % 7),
        )
        for number in range(count)
    ]


@pytest.fixture
def mixed_plan(dataset: Dataset) -> Dataset:
    """Actions that differ in everything one can filter by."""
    late = TODAY - timedelta(days=3)
    telling.action(dataset, title="Terlambat", due_on=late)
    telling.action(dataset, status="verified_done", title="Selesai", due_on=late)
    telling.action(
        dataset,
        status="not_started",
        title="Polres",
        lead="polres",
        supporters=(),
        villages=("pulopanjang",),
        pillar="security",
        due_on=TODAY,
    )
    telling.action(
        dataset, title="Kronjo", villages=("kronjo",), supporters=(), due_on=TODAY
    )
    telling.action(dataset, title="Belum sepakat", agreed=False)
    return dataset


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Terlambat", "Selesai", "Polres", "Kronjo"]),
        ("state=verified_done", ["Selesai"]),
        ("overdue=on", ["Terlambat"]),
        ("agency={polres}", ["Terlambat", "Selesai", "Polres"]),
        ("agency={polres}&overdue=on", ["Terlambat"]),
        ("village=36.04.08.2009", ["Polres"]),
        ("village=Pulo+Panjang", ["Polres"]),
        ("regency=36.03", ["Kronjo"]),
        ("pillar=security", ["Polres"]),
        ("session={session}", ["Terlambat"]),
        ("urut=-tenggat", ["Kronjo", "Polres", "Selesai", "Terlambat"]),
        ("urut=-nomor&state=in_progress", ["Kronjo", "Terlambat"]),
    ],
)
def test_each_filter_narrows_the_plan(
    mixed_plan: Dataset, signed_in: Browser, query: str, found: list[str]
) -> None:
    late = Action.objects.get(title="Terlambat")
    address = query.format(
        polres=mixed_plan.agencies["polres"].pk, session=late.session_id
    )
    answer = signed_in("kanwil").get(f"/rencana-aksi/?{address}")
    assert titles(answer) == found
    filters = [part for part in query.split("&") if part and "urut" not in part]
    assert len(answer.context["listing"].chips) == len(filters)


@pytest.mark.parametrize(
    "query",
    [
        "state=ada", "agency=999999", "agency=x", "regency=99.99", "pillar=x",
        "session=999999", "session=x", "session=" + "9" * 40, "village=Antah",
        "village=%00", "setelah=rusak", "urut=hacker", "overdue=%00",
    ],
)  # fmt: skip
def test_invalid_filters_are_shown_and_never_break(
    mixed_plan: Dataset, signed_in: Browser, query: str
) -> None:
    assert signed_in("kanwil").get(f"/rencana-aksi/?{query}").status_code == 200


def test_the_session_filter_accepts_visible_sessions_only(
    mixed_plan: Dataset, signed_in: Browser
) -> None:
    late = Action.objects.get(title="Terlambat")
    answer = signed_in("pimpasa_kronjo").get(
        f"/rencana-aksi/?session={late.session_id}"
    )
    assert answer.context["form"].errors["session"]
    assert titles(answer) == []
    assert late.session.theme not in str(answer.context["form"].errors)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("official", ["Terlambat"]),
        ("dinsos", ["Terlambat", "Kronjo"]),
        ("polres", ["Terlambat", "Polres"]),
        ("official_kronjo", ["Kronjo"]),
        ("mixed", ["Kronjo"]),
        ("tangerang", ["Kronjo"]),
    ],
)
def test_everybody_finds_only_what_is_theirs(
    mixed_plan: Dataset, signed_in: Browser, name: str, found: list[str]
) -> None:
    assert titles(signed_in(name).get("/rencana-aksi/")) == found


@pytest.mark.parametrize("name", ["leader", "triage", "nobody", "admin"])
def test_who_has_no_part_in_any_action_is_not_let_in(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    assert signed_in(name).get("/rencana-aksi/").status_code == 403


def test_a_row_shows_everything_important(dataset: Dataset, signed_in: Browser) -> None:
    action = telling.action(
        dataset,
        villages=("lontar", "tengkurak", "pulopanjang"),
        due_on=TODAY,
        percent=60,
    )
    (row,) = signed_in("serang").get("/rencana-aksi/").context["rows"]
    assert (row["place"], row["more_places"]) == ("Lontar, Tirtayasa", 2)
    assert row["reference"] == f"RTL-{action.pk:05}"
    assert (row["is_overdue"], row["percent"], row["lead"]) == (False, 60, "Dinsos")


def test_next_pages_walk_through_every_row_once(
    dataset: Dataset, signed_in: Browser
) -> None:
    many(dataset, 60)
    client, address, seen = signed_in("serang"), "?", []
    while address:
        answer = client.get(f"/rencana-aksi/{address}")
        seen += titles(answer)
        address = answer.context["listing"].next_url
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("name", ["serang", "dinsos", "official"])
def test_the_list_asks_few_questions_whatever_its_length(
    dataset: Dataset,
    signed_in: Browser,
    django_assert_max_num_queries: Any,
    name: str,
) -> None:
    client = signed_in(name)
    for count in (1, 30):
        many(dataset, count)
        with django_assert_max_num_queries(6 if name == "serang" else 5):
            client.get("/rencana-aksi/")


@pytest.mark.parametrize("name", ["serang", "dinsos", "official", "polres", "auditor"])
def test_the_page_of_an_action_takes_few_queries_however_long_its_history(
    dataset: Dataset,
    signed_in: Browser,
    django_assert_max_num_queries: Any,
    name: str,
) -> None:
    action, client = telling.action(dataset), signed_in(name)
    for _more in range(2):
        for _again in range(4):
            telling.report_progress(dataset, action)
        with django_assert_max_num_queries(13):
            answer = client.get(f"/rencana-aksi/{action.pk}/")
        assert answer.status_code == 200


def test_reporting_progress_takes_few_queries(
    dataset: Dataset, signed_in: Browser, django_assert_max_num_queries: Any
) -> None:
    action, client = telling.action(dataset), signed_in("dinsos")
    with django_assert_max_num_queries(23):
        client.post(f"/rencana-aksi/{action.pk}/lapor/", telling.answers())


# --- For other apps ----------------------------------------------------------


def test_open_actions_come_in_the_order_of_their_days(dataset: Dataset) -> None:
    for days in (5, 1, 3):
        telling.action(dataset, title=f"{days}", due_on=TODAY + timedelta(days=days))
    telling.action(dataset, status="verified_done", title="selesai")
    rows = plan_selectors.open_actions(dataset.user("official"), 2)
    assert [row["title"] for row in rows] == ["1", "3"]


def test_actions_of_a_village_are_those_one_may_read(dataset: Dataset) -> None:
    telling.action(dataset)
    lontar = dataset.villages["lontar"]
    assert (
        plan_selectors.actions_of_village(dataset.user("official"), lontar).count() == 1
    )
    assert (
        plan_selectors.actions_of_village(
            dataset.user("official_kronjo"), lontar
        ).count()
        == 0
    )
