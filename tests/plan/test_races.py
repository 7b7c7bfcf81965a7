from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.plan import services as plan_services
from fgd.plan.models import ActionEvent, Evidence
from tests.dataset import build_dataset
from tests.plan import reporting as telling

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*operations: Callable[[], Any]) -> list[Any]:
    """Return the result or the refusal of operations that start at the same time."""
    outcomes: list[Any] = []
    start = Barrier(len(operations))

    def run(operation: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes.append(operation())
        except (IllegalTransition, ValidationError) as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(operation,)) for operation in operations]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_who_verify_at_once_one_is_refused() -> None:
    dataset = build_dataset()
    action = telling.action(dataset, status="reported_done")

    def verify(name: str) -> Callable[[], Any]:
        return lambda: plan_services.verify(action.pk, acting_user=dataset.user(name))

    outcomes = at_once(verify("serang2"), verify("kanwil"))
    refusals = [one for one in outcomes if isinstance(one, IllegalTransition)]
    assert len(refusals) == 1
    assert ActionEvent.objects.filter(action=action, verb="verify").count() == 1


def test_the_last_evidence_is_not_withdrawn_while_it_is_reported_done() -> None:
    dataset = build_dataset()
    action = telling.ready(dataset)
    evidence = Evidence.objects.get()
    at_once(
        lambda: plan_services.report_done(
            action.pk, acting_user=dataset.user("dinsos")
        ),
        lambda: plan_services.withdraw_evidence(
            evidence.pk, reason="Salah.", acting_user=dataset.user("serang")
        ),
    )
    action.refresh_from_db()
    remaining = Evidence.objects.not_withdrawn().count()
    assert action.evidence_count == remaining
    assert (action.status == "reported_done") is (remaining == 1)
