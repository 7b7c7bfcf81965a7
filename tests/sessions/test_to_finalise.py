"""Home and the list name the same sessions whose minutes are to be made final."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from desabinaan.accounts.access import may
from desabinaan.portal.selectors.meetings import meetings_of
from fgd.sessions.models import Session
from tests.dataset import Dataset, make_session

Browser = Callable[[str], Client]
LIST = "/fgd/?keadaan=berakhir"


@pytest.fixture
def over(dataset: Dataset) -> Dataset:
    """Every host has sessions in every state, over and to come."""
    later = timezone.now() + timedelta(days=9)
    times = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
    for host in (dataset.kanwil, dataset.serang, dataset.tangerang):
        for status in ("invited", "in_progress", "finalised", "cancelled"):
            make_session(host, dataset.people["kanwil"], status=status)
        make_session(host, dataset.people["kanwil"], status="invited", **times)
    return dataset


@pytest.mark.parametrize("name", ["kanwil", "serang", "pimpasa_kronjo", "mixed"])
def test_home_and_list_follow_one_rule_with_the_service(
    over: Dataset, signed_in: Browser, name: str
) -> None:
    user, waits = over.user(name), {"draft", "invited", "in_progress"}
    allowed = {
        row.pk
        for row in Session.objects.filter(ends_at__lt=timezone.now(), status__in=waits)
        if may(user, "session.finalise", row)
    }
    assert allowed
    assert {row.pk for row in meetings_of(user).unfinished} == allowed
    client = signed_in(name)
    home = client.get("/").context["home"]
    [task] = [one for one in home.waiting if one.icon == "notebook-pen"]
    assert task.url == LIST
    page = client.get(task.url)
    assert {row["id"] for row in page.context["rows"]} == allowed
    assert task.count == len(allowed)


@pytest.mark.parametrize("name", ["auditor", "official", "dinsos"])
def test_who_makes_no_minutes_final_is_not_offered_the_filter(
    over: Dataset, signed_in: Browser, name: str
) -> None:
    assert signed_in(name).get(LIST).context["form"].errors["keadaan"]
