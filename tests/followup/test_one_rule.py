"""Home, list and service follow one rule about who verifies and who decides."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from desabinaan.accounts.access import may
from fgd.agencies.services.offices import ensure_agency
from fgd.plan.models import Action
from fgd.plan.selectors.rights import require_verifier, require_waiver_decider
from reports.followup.selectors import to_verify, waiting_for, with_waiver
from tests.dataset import Dataset, make_session
from tests.plan import reporting as telling

Browser = Callable[[str], Client]
LIST = "/rencana-aksi/"


@pytest.fixture
def plan(dataset: Dataset) -> Dataset:
    """Actions of every host, with and without villages, of all kinds of leads."""
    dataset.agencies["kanwil"] = ensure_agency(dataset.kanwil)
    places: tuple[tuple[str, ...], ...] = ((), ("lontar",), ("tengkurak", "kronjo"))
    for host in (dataset.kanwil, dataset.serang, dataset.tangerang):
        session = make_session(host, dataset.people["kanwil"], status="finalised")
        for villages in places:
            _actions(dataset, session, villages)
    return dataset


def _actions(dataset: Dataset, session: Any, villages: tuple[str, ...]) -> None:
    for lead in ("dinsos", "kanim", "kanwil"):
        parts: dict[str, Any] = {"session": session, "lead": lead, "villages": villages}
        for supporters in ((), ("polres",), () if lead == "kanim" else ("kanim",)):
            parts["supporters"] = supporters
            telling.action(dataset, status="reported_done", **parts)
        by_staff = dataset.people["serang"]
        telling.action(dataset, status="reported_done", reported_by=by_staff, **parts)
        for status in ("in_progress", "cancelled"):
            for by in ("dinsos", "kanwil"):
                asked = telling.action(dataset, status=status, **parts)
                asked.action_villages.update(
                    status="waiver_requested",
                    reason="Tidak ada lahan",
                    requested_by=dataset.people[by],
                )


def passes(check: Callable[..., None], *args: object) -> bool:
    try:
        check(*args)
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize("capability", ["action.verify", "action.decide_waiver"])
def test_many_rows_and_one_row_answer_alike(plan: Dataset, capability: str) -> None:
    for name in plan.people:
        user = plan.user(name)
        one_by_one = {row for row in Action.objects.all() if may(user, capability, row)}
        assert set(Action.objects.where_may(user, capability)) == one_by_one, name


def test_the_tasks_are_what_the_services_allow(plan: Dataset) -> None:
    found = 0
    for name in plan.people:
        user = plan.user(name)
        reported = Action.objects.filter(status="reported_done")
        allowed = {row for row in reported if passes(require_verifier, user, row)}
        assert set(to_verify(user)) == allowed, name
        moving = Action.objects.filter(status="in_progress")
        decides = {
            place.action
            for row in moving
            for place in row.action_villages.select_related("action")
            if passes(require_waiver_decider, user, place)
        }
        assert set(with_waiver(user)) == decides, name
        found += len(allowed) + len(decides)
    assert found > 100


def _listed(client: Client, url: str) -> int:
    answer = client.get(url)
    assert not answer.context["form"].errors
    numbers = len(answer.context["rows"])
    while onward := answer.context["listing"].next_url:
        answer = client.get(f"{LIST}{onward}")
        numbers += len(answer.context["rows"])
    return numbers


@pytest.mark.parametrize(
    "name", ["serang", "serang2", "tangerang", "pimpasa", "pimpasa_kronjo", "kanwil"]
)
def test_the_list_holds_as_many_rows_as_home_counts(
    plan: Dataset, signed_in: Browser, name: str
) -> None:
    counts, client = waiting_for(plan.user(name)), signed_in(name)
    tasks: Iterable[Any] = client.get("/").context["home"].waiting
    counted = {task.url: task.count for task in tasks if task.url.startswith(LIST)}
    for kind, count in (("verify", counts.to_verify), ("waiver", counts.with_waiver)):
        url = f"{reverse('plan:action_list')}?task={kind}"
        assert counted.get(url, 0) == count
        assert _listed(client, url) == count


def test_an_office_that_only_supports_is_asked_for_nothing(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.kanwil, dataset.people["kanwil"], "finalised")
    action = telling.action(
        dataset,
        status="reported_done",
        session=session,
        supporters=("kanim",),
        villages=(),
    )
    user, client = dataset.user("serang"), signed_in("serang")
    assert client.get(f"{LIST}{action.pk}/").status_code == 200
    assert client.get(f"{LIST}{action.pk}/verifikasi/").status_code == 403
    assert waiting_for(user).to_verify == 0
    assert waiting_for(dataset.user("kanwil2")).to_verify == 1


@pytest.mark.parametrize("name", ["auditor", "official", "dinsos"])
def test_who_verifies_nothing_is_not_offered_the_filter(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    telling.action(dataset, status="reported_done")
    answer = signed_in(name).get(f"{LIST}?task=verify")
    assert answer.context["form"].errors["task"]
    assert not answer.context["rows"]
