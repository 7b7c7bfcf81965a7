from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from desabinaan.accounts import access
from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import follow_up
from fgd.models import Action, Agency, FgdEvent, Session
from reports.followup.selectors.waiting import to_verify
from tests.fgd import scene
from tests.world import World, assign, make_session, make_user


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The deed inside is refused by a sentence of that code."""
    with pytest.raises(ValidationError) as refusal:
        yield
    assert refusal.value.code == code


def ready(world: World, **fields: Any) -> Action:
    """An action in progress with evidence, done in every village."""
    values: dict[str, Any] = {"status": "in_progress", "evidence_count": 1}
    return scene.action(world, **({"villages_open": 0} | values | fields))


def reported(world: World, by: str = "dinsos", **fields: Any) -> Action:
    values: dict[str, Any] = {
        "status": "reported_done",
        "reported_by": world.people[by],
        "reported_at": timezone.now(),
    }
    return ready(world, **(values | fields))


def test_progress_starts_the_action_and_leaves_an_event(world: World) -> None:
    action = scene.action(world)
    follow_up.set_progress(action.pk, percent=40, acting_user=world.user("dinsos"))
    action.refresh_from_db()
    assert (action.status, action.percent) == ("in_progress", 40)
    event = FgdEvent.objects.get(action=action)
    assert (event.verb, event.from_status, event.to_status, event.note) == (
        "progress",
        "not_started",
        "in_progress",
        "40 %",
    )


def test_nothing_happens_to_an_action_before_it_is_agreed(world: World) -> None:
    action = scene.action(world, agreed=False)
    with pytest.raises(IllegalTransition):
        follow_up.set_progress(action.pk, percent=10, acting_user=world.user("serang"))
    action.refresh_from_db()
    assert (action.status, action.percent) == ("not_started", 0)


@pytest.mark.parametrize("name", ["polres", "official_kronjo", "tangerang", "auditor"])
def test_people_of_other_places_report_nothing(world: World, name: str) -> None:
    action = scene.action(world)
    with pytest.raises(PermissionDenied):
        follow_up.start_action(action.pk, acting_user=world.user(name))
    assert not FgdEvent.objects.exists()


def test_mixed_reports_for_the_own_village_only(world: World) -> None:
    kronjo = scene.action(world, villages=("tengkurak",))
    follow_up.start_action(kronjo.pk, acting_user=world.user("mixed"))
    lontar = scene.action(world)
    with pytest.raises(PermissionDenied):
        follow_up.start_action(lontar.pk, acting_user=world.user("mixed"))


def test_done_needs_evidence(world: World) -> None:
    action = ready(world, evidence_count=0)
    with refused("no_evidence"):
        follow_up.report_done(action.pk, acting_user=world.user("dinsos"))
    action.refresh_from_db()
    assert action.status == "in_progress"


def test_done_needs_every_village(world: World) -> None:
    action = ready(world, villages_open=1)
    with refused("villages_open"):
        follow_up.report_done(action.pk, acting_user=world.user("dinsos"))


@pytest.mark.parametrize("name", ["polres", "official"])
def test_only_the_lead_agency_or_staff_reports_done(world: World, name: str) -> None:
    action = ready(world, supporters=("polres",))
    with pytest.raises(PermissionDenied):
        follow_up.report_done(action.pk, acting_user=world.user(name))
    follow_up.report_done(action.pk, acting_user=world.user("serang"))
    action.refresh_from_db()
    assert action.reported_by == world.people["serang"]


def test_verified_by_a_colleague_and_never_by_the_reporter(world: World) -> None:
    action = reported(world, by="serang")
    with refused("own_report"):
        follow_up.verify(action.pk, acting_user=world.user("serang"))
    follow_up.verify(action.pk, acting_user=world.user("serang2"))
    action.refresh_from_db()
    assert (action.status, action.percent) == ("verified_done", 100)
    assert action.verified_by == world.people["serang2"]


def test_an_offices_own_action_is_verified_elsewhere(world: World) -> None:
    action = reported(world, by="serang", lead="kanim")
    for name in ("serang2", "pimpasa"):
        with refused("own_office"):
            follow_up.verify(action.pk, acting_user=world.user(name))
    follow_up.verify(action.pk, acting_user=world.user("kanwil"))
    action.refresh_from_db()
    assert action.status == "verified_done"


def test_the_regional_office_verifies_its_own_action_by_another(world: World) -> None:
    world.agencies["kanwil"] = Agency.objects.create(
        name="Kantor Wilayah", kind="immigration", level="province", office=world.kanwil
    )
    action = reported(world, by="kanwil", lead="kanwil")
    colleague = make_user("kanwil.dua")
    assign(colleague, "regional_staff", office=world.kanwil)
    with refused("own_report"):
        follow_up.verify(action.pk, acting_user=world.user("kanwil"))
    assert to_verify(world.user("kanwil")).count() == 0
    assert list(to_verify(colleague)) == [action]
    follow_up.verify(action.pk, acting_user=colleague)


def test_a_focal_point_verifies_nothing(world: World) -> None:
    action = reported(world, by="serang")
    with pytest.raises(PermissionDenied):
        follow_up.verify(action.pk, acting_user=world.user("dinsos"))


def test_a_focal_point_returns_nothing(world: World) -> None:
    action = reported(world, by="serang")
    with pytest.raises(PermissionDenied):
        follow_up.return_action(action.pk, reason="x", acting_user=world.user("dinsos"))


def test_a_closed_action_takes_no_deed(world: World) -> None:
    action = scene.action(world, status="cancelled")
    place, user = action.action_villages.get(), world.user("serang")
    for deed in (
        lambda: follow_up.start_action(action.pk, acting_user=user),
        lambda: follow_up.set_progress(action.pk, percent=5, acting_user=user),
        lambda: follow_up.add_evidence_count(action.pk, acting_user=user),
        lambda: follow_up.settle_village(place.pk, status="done", acting_user=user),
        lambda: follow_up.report_done(action.pk, acting_user=user),
        lambda: follow_up.return_action(action.pk, reason="x", acting_user=user),
        lambda: follow_up.verify(action.pk, acting_user=user),
        lambda: follow_up.cancel_action(action.pk, reason="x", acting_user=user),
    ):
        with pytest.raises(IllegalTransition):
            deed()
    assert not FgdEvent.objects.exists()


def test_a_return_needs_a_reason_and_forgets_the_report(world: World) -> None:
    action = reported(world)
    with pytest.raises(ValidationError):
        follow_up.return_action(action.pk, reason=" ", acting_user=world.user("serang"))
    follow_up.return_action(
        action.pk, reason="Foto belum jelas.", acting_user=world.user("serang")
    )
    action.refresh_from_db()
    assert (action.status, action.reported_by) == ("in_progress", None)
    assert FgdEvent.objects.get(action=action).note == "Foto belum jelas."


def test_cancelled_with_a_reason_by_the_coordinator_only(world: World) -> None:
    action = scene.action(world)
    for name in ("pimpasa", "dinsos"):
        with pytest.raises(PermissionDenied):
            follow_up.cancel_action(
                action.pk, reason="Tidak ada dana.", acting_user=world.user(name)
            )
    follow_up.cancel_action(
        action.pk, reason="Tidak ada dana.", acting_user=world.user("serang")
    )
    action.refresh_from_db()
    assert action.status == "cancelled"


def test_a_village_is_settled_by_its_own_people(world: World) -> None:
    action = scene.action(world, villages=("lontar", "kronjo"))
    lontar = action.action_villages.get(village=world.villages["lontar"])
    with pytest.raises(PermissionDenied):
        follow_up.settle_village(
            lontar.pk, status="done", acting_user=world.user("official_kronjo")
        )
    follow_up.settle_village(
        lontar.pk, status="done", acting_user=world.user("official")
    )
    action.refresh_from_db()
    assert action.villages_open == 1


def test_a_village_is_waived_with_a_reason_only(world: World) -> None:
    action = scene.action(world)
    place = action.action_villages.get()
    with pytest.raises(ValidationError):
        follow_up.settle_village(
            place.pk, status="waived", acting_user=world.user("dinsos")
        )
    follow_up.settle_village(
        place.pk, status="waived", reason="Banjir.", acting_user=world.user("dinsos")
    )
    place.refresh_from_db()
    assert (place.status, place.reason) == ("waived", "Banjir.")


def test_the_last_evidence_of_a_reported_action_stays(world: World) -> None:
    action = reported(world)
    with refused("only_evidence"):
        follow_up.add_evidence_count(action.pk, acting_user=world.user("serang"), by=-1)
    follow_up.add_evidence_count(action.pk, acting_user=world.user("dinsos"))
    follow_up.add_evidence_count(action.pk, acting_user=world.user("serang"), by=-1)
    action.refresh_from_db()
    assert action.evidence_count == 1


def test_a_focal_point_withdraws_no_evidence(world: World) -> None:
    action = ready(world, evidence_count=2)
    with pytest.raises(PermissionDenied):
        follow_up.add_evidence_count(action.pk, acting_user=world.user("dinsos"), by=-1)


def test_the_past_may_be_entered_but_not_the_future(world: World) -> None:
    action = scene.action(world)
    now = timezone.now()
    with pytest.raises(ValidationError):
        follow_up.start_action(
            action.pk,
            acting_user=world.user("serang"),
            occurred_at=now + timedelta(days=1),
        )
    then = now - timedelta(days=30)
    follow_up.start_action(
        action.pk, acting_user=world.user("serang"), occurred_at=then
    )
    assert FgdEvent.objects.get(action=action).occurred_at == then


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("action_done_has_evidence", {"evidence_count": 0}),
        ("action_done_in_every_village", {"villages_open": 1}),
        ("action_done_was_reported", {"reported_by": None}),
        ("action_percent_at_most_100", {"percent": 101}),
        ("action_verified_by_someone", {"status": "verified_done"}),
    ],
)
def test_the_database_holds_the_rules_of_a_done_action(
    world: World, constraint: str, changes: dict[str, object]
) -> None:
    action = reported(world)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**changes)


def test_the_database_refuses_the_reporter_as_verifier(world: World) -> None:
    action = reported(world)
    same = {"verified_by": action.reported_by_id, "verified_at": timezone.now()}
    with (
        pytest.raises(IntegrityError, match="action_verified_by_another"),
        transaction.atomic(),
    ):
        Action.objects.filter(pk=action.pk).update(status="verified_done", **same)


def test_the_database_refuses_a_waiver_without_reason(world: World) -> None:
    places = scene.action(world).action_villages
    with (
        pytest.raises(IntegrityError, match="action_village_waived_with_reason"),
        transaction.atomic(),
    ):
        places.update(status="waived")


def test_an_office_that_leads_as_an_agency_sees_and_reports_but_never_verifies(
    world: World,
) -> None:
    made = scene.action(world, session=_far_session(world), lead="kanim", villages=())
    staff = world.user("serang")
    assert made in Action.objects.visible_to(staff)
    assert access.may(staff, "action.report", made)
    assert made not in Action.objects.visible_to(world.user("pimpasa"))
    assert made not in Action.objects.visible_to(world.user("triage"))


def _far_session(world: World) -> Session:
    return make_session(world.tangerang, world.people["tangerang"], "finalised")
