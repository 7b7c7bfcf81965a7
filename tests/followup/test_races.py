from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import follow_up
from fgd.models import FgdEvent
from reports.followup import actions
from reports.followup.models import Evidence
from tests.followup import telling
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed answers, or the refusal, when all begin at the same moment."""
    told: list[Any] = []
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> None:
        start.wait()
        try:
            told.append(deed())
        except (IllegalTransition, ValidationError) as refusal:
            told.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_the_same_form_sent_at_once_is_told_once() -> None:
    world = build_world()
    action = telling.action(world)
    party = f"agency:{action.lead_agency_id}"
    progress = telling.progress(party, piece=telling.piece())

    def send() -> bool:
        user = world.user("dinsos")
        return actions.report_progress(action.pk, progress, acting_user=user).is_repeat

    assert sorted(at_once(send, send, send)) == [False, True, True]
    action.refresh_from_db()
    assert action.progress_updates.count() == action.evidence_count == 1


def test_of_two_who_verify_at_once_one_is_told_kindly() -> None:
    world = build_world()
    action = telling.action(world, status="reported_done")

    def verify(name: str) -> Callable[[], Any]:
        return lambda: follow_up.verify(action.pk, acting_user=world.user(name))

    told = at_once(verify("serang2"), verify("kanwil"))
    refusals = [one for one in told if isinstance(one, IllegalTransition)]
    assert len(refusals) == 1
    assert FgdEvent.objects.filter(action=action, verb="verify").count() == 1


def test_the_last_evidence_is_not_withdrawn_while_it_is_reported_done() -> None:
    world = build_world()
    action = telling.ready(world)
    piece = Evidence.objects.get()
    at_once(
        lambda: follow_up.report_done(action.pk, acting_user=world.user("dinsos")),
        lambda: actions.withdraw_evidence(
            piece.pk, reason="Salah.", acting_user=world.user("serang")
        ),
    )
    action.refresh_from_db()
    standing = Evidence.objects.standing().count()
    assert action.evidence_count == standing
    assert (action.status == "reported_done") is (standing == 1)
