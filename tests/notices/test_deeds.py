"""Which deed tells whom, and what nobody needs to be asked for any more."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from fgd.actions import follow_up, sessions
from fgd.models import Action, Invitation, Session
from reports.followup import actions as followup
from reports.monthly import actions as monthly
from reports.monthly.models import ReportSlot
from tests.fgd import scene
from tests.monthly.months import bring_to, make_slot, send
from tests.monthly.test_slots import decree
from tests.notices.telling import told
from tests.world import World, assign, make_user
from villages import actions as villages
from villages.models import AccountRequest, GuardedDeed

DAY = timedelta(days=1)
CHECKERS = {"pimpasa", "serang", "serang2"}


@pytest.fixture
def slot(world: World) -> ReportSlot:
    assign(
        make_user("official2"), Role.VILLAGE_OFFICIAL, village=world.villages["lontar"]
    )
    return make_slot(world.villages["lontar"])


def unread(kind: Kind) -> int:
    return Notice.objects.unread().filter(kind=kind).count()


# --- Monthly reports ---------------------------------------------------------


def test_who_checks_is_told_of_a_sent_report(world: World, slot: ReportSlot) -> None:
    send(slot, world.user("official"))
    assert told(Kind.REPORT_SUBMITTED) == CHECKERS
    notice = Notice.objects.filter(kind=Kind.REPORT_SUBMITTED).first()
    assert notice is not None
    assert "Lontar, Tirtayasa" in str(notice)
    assert notice.path == f"/laporan/bulanan/36.04.13.2007/{slot.month:%Y-%m}/"


def test_the_village_is_told_when_somebody_enters_for_it(
    world: World, slot: ReportSlot
) -> None:
    monthly.enter_on_behalf(
        slot,
        figures={},
        is_nil=True,
        channel="whatsapp",
        client_uuid="7d9b1c1e-54a9-4f2c-9a7e-31f1f1f0a001",
        seen=0,
        acting_user=world.user("pimpasa"),
    )
    assert told(Kind.REPORT_ENTERED) == {"official", "official2"}
    assert told(Kind.REPORT_SUBMITTED) == {"serang", "serang2"}


@pytest.mark.parametrize(
    ("status", "kind", "people"),
    [
        ("returned", Kind.REPORT_RETURNED, {"official", "official2"}),
        ("verified", Kind.REPORT_VERIFIED, {"official", "official2"}),
        ("excused", Kind.REPORT_EXCUSED, {"official", "official2"}),
        (
            "correction_requested",
            Kind.CORRECTION_REQUESTED,
            CHECKERS | {"official2"},
        ),
    ],
)
def test_what_becomes_of_a_report_is_told(
    world: World, slot: ReportSlot, status: str, kind: Kind, people: set[str]
) -> None:
    bring_to(world, slot, status)
    assert told(kind) == people


def test_a_checked_report_waits_for_nobody_else(world: World, slot: ReportSlot) -> None:
    send(slot, world.user("official"))
    assert unread(Kind.REPORT_SUBMITTED) == 3
    monthly.verify(slot, seen=1, acting_user=world.user("serang"))
    assert unread(Kind.REPORT_SUBMITTED) == 0


def test_new_slots_are_told_once_earlier_ones_never(world: World, slot) -> None:
    slot.delete()
    decree(world, "lontar", date(2025, 1, 10))
    monthly.make_slots(date(2026, 1, 1))
    assert told(Kind.MONTH_OPENED) == set()
    monthly.make_slots()
    monthly.make_slots()
    opened = Notice.objects.filter(kind=Kind.MONTH_OPENED)
    assert opened.filter(recipient__username="official").count() == 1


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (-1, Kind.REPORT_LATE),
        (0, Kind.REPORT_DUE_SOON),
        (3, Kind.REPORT_DUE_SOON),
        (4, None),
        (-31, None),
    ],
)
def test_a_village_is_reminded_once(
    slot: ReportSlot, days: int, kind: Kind | None
) -> None:
    slot.due_on = timezone.localdate() + days * DAY
    slot.month = (slot.due_on - 40 * DAY).replace(day=1)
    slot.save()
    assert [monthly.remind(), monthly.remind()] == ([2, 0] if kind else [0, 0])
    if kind:
        assert told(kind) == {"official", "official2"}


def test_after_sending_nobody_is_asked_for_the_report(
    world: World, slot: ReportSlot
) -> None:
    ReportSlot.objects.update(due_on=timezone.localdate() - DAY)
    monthly.remind()
    send(slot, world.user("official"))
    assert unread(Kind.REPORT_LATE) == 0
    assert monthly.remind() == 0


# --- FGD and its actions -----------------------------------------------------


@pytest.fixture
def session(world: World) -> Session:
    """Dinsos, Polres and Lontar are invited; Dinsos leads an action there."""
    session = scene.running(world)
    Invitation.objects.create(session=session, agency=world.agencies["polres"])
    scene.action(world, session=session, agreed=False)
    return session


def test_who_has_a_part_and_who_was_called_is_told_of_final_minutes(
    world: World, session: Session
) -> None:
    sessions.finalise(session.pk, acting_user=world.user("serang"))
    assert told(Kind.ACTIONS_AGREED) == {"dinsos", "official"}
    assert told(Kind.SESSION_FINAL) == {"polres", "pimpasa"}


def reported(world: World, **fields: str) -> Action:
    action = scene.action(
        world, status="in_progress", evidence_count=1, villages_open=0, **fields
    )
    action.action_villages.update(status="done")
    return follow_up.report_done(action.pk, acting_user=world.user("serang2"))


def test_who_may_verify_is_told_of_a_reported_action(world: World) -> None:
    action = reported(world)
    assert told(Kind.ACTION_REPORTED) == {"serang", "pimpasa"}
    assert action.reference in str(Notice.objects.get(recipient__username="serang"))


def test_an_offices_own_work_is_told_to_those_above(world: World) -> None:
    reported(world, lead="kanim")
    assert told(Kind.ACTION_REPORTED) == {"kanwil", "kanwil2"}


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("verify", Kind.ACTION_VERIFIED),
        ("return_action", Kind.ACTION_RETURNED),
        ("cancel_action", Kind.ACTION_CANCELLED),
    ],
)
def test_the_parties_are_told_what_becomes_of_their_action(
    world: World, verb: str, kind: Kind
) -> None:
    words = {} if verb == "verify" else {"reason": "Kurang foto."}
    action = reported(world)
    if verb == "cancel_action":
        follow_up.return_action(
            action.pk, reason="Batal.", acting_user=world.user("serang")
        )
    deed = getattr(follow_up, verb)
    deed(action.pk, acting_user=world.user("serang"), **words)
    assert told(kind) == {"dinsos", "official"}
    assert unread(Kind.ACTION_REPORTED) == 0
    assert not Notice.objects.filter(about__contains="foto").exists()


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (-1, Kind.ACTION_OVERDUE),
        (7, Kind.ACTION_DUE_SOON),
        (8, None),
        (-31, None),
    ],
)
def test_the_lead_agency_is_reminded_once_per_day_set(
    world: World, days: int, kind: Kind | None
) -> None:
    due = timezone.localdate() + days * DAY
    action = scene.action(world, due_on=due, status="in_progress")
    assert [followup.remind(), followup.remind()] == ([1, 0] if kind else [0, 0])
    if kind:
        assert told(kind) == {"dinsos"}
        Action.objects.filter(pk=action.pk).update(due_on=due - DAY)
        assert followup.remind() == 1


def test_an_office_that_leads_is_reminded_too(world: World) -> None:
    due = timezone.localdate() + DAY
    scene.action(world, due_on=due, status="in_progress", lead="kanim")
    call_command("remind")
    assert told(Kind.ACTION_DUE_SOON) == {"serang", "serang2"}


# --- Accounts and assignments ------------------------------------------------


def asked(world: World) -> AccountRequest:
    details = {
        "username": "desa.baru",
        "name": "Petugas Contoh 9",
        "letter_number": "ST-9",
        "starts_on": timezone.localdate(),
    }
    return villages.request_account(
        Role.VILLAGE_OFFICIAL,
        world.villages["lontar"],
        details,
        acting_user=world.user("serang"),
    )


def test_the_kanwil_is_told_of_a_request_and_the_office_of_its_answer(
    world: World,
) -> None:
    request = asked(world)
    assert told(Kind.ACCOUNT_REQUESTED) == {"kanwil", "kanwil2"}
    villages.approve_request(request, acting_user=world.user("kanwil"))
    assert told(Kind.ACCOUNT_APPROVED) == {"serang", "serang2"}
    assert unread(Kind.ACCOUNT_REQUESTED) == 0
    assert told(Kind.ASSIGNMENT_BEGUN) == {"desa.baru"}
    assert not Notice.objects.filter(about__contains="Petugas").exists()


def test_a_declined_request_is_told(world: World) -> None:
    villages.decline_request(
        asked(world), "Surat belum ada.", acting_user=world.user("kanwil")
    )
    assert told(Kind.ACCOUNT_DECLINED) == {"serang", "serang2"}


def test_the_end_of_an_assignment_is_told_to_the_person(world: World) -> None:
    assignment = world.people["pimpasa"].assignments.get()
    villages.end_assignment(
        assignment, timezone.localdate(), acting_user=world.user("serang")
    )
    assert told(Kind.ASSIGNMENT_ENDED) == {"pimpasa"}


def test_somebody_whose_assignment_has_ended_is_told_nothing(
    world: World, slot: ReportSlot
) -> None:
    world.people["pimpasa"].assignments.update(ends_on=timezone.localdate() - DAY)
    send(slot, world.user("official"))
    assert told(Kind.REPORT_SUBMITTED) == {"serang", "serang2"}


# --- Deeds of two persons ----------------------------------------------------


def guarded(world: World, account: str = "nobody") -> GuardedDeed:
    letter = {"role": "auditor", "letter_number": "ST-7", "starts_on": "2026-03-02"}
    return villages.ask_guarded(
        "grant",
        world.user(account),
        world.serang,
        letter,
        reason="Petugas lama pindah.",
        acting_user=world.user("admin"),
    )


def test_the_second_persons_are_told_of_a_deed_that_waits(world: World) -> None:
    assign(
        make_user("pengelola", is_staff=True), Role.REGIONAL_STAFF, office=world.kanwil
    )
    deed = guarded(world)
    assert told(Kind.DEED_ASKED) == {"kanwil", "kanwil2"}
    notice = Notice.objects.filter(kind=Kind.DEED_ASKED)[0]
    assert (notice.about, notice.day) == ("Kanim Serang", None)
    assert notice.path == f"/akun/orang-kedua/{deed.pk}/"


def test_whom_a_deed_is_about_is_not_asked_for_it(world: World) -> None:
    guarded(world, account="kanwil")
    assert told(Kind.DEED_ASKED) == {"kanwil2"}


def test_the_asker_is_told_that_the_deed_is_confirmed(world: World) -> None:
    deed = guarded(world)
    villages.confirm_guarded(deed, acting_user=world.user("kanwil"))
    assert told(Kind.DEED_CONFIRMED) == {"admin"}
    notice = Notice.objects.get(kind=Kind.DEED_CONFIRMED)
    assert notice.path == f"/admin/villages/guardeddeed/{deed.pk}/change/"
    assert unread(Kind.DEED_ASKED) == 0


def test_the_asker_is_told_that_the_deed_is_declined(world: World) -> None:
    deed = guarded(world)
    villages.decline_guarded(
        deed, "Surat belum ada.", acting_user=world.user("kanwil2")
    )
    assert told(Kind.DEED_DECLINED) == {"admin"}
    assert unread(Kind.DEED_ASKED) == 0


def test_a_notice_of_a_deed_tells_neither_person_nor_reason(world: World) -> None:
    deed = guarded(world)
    villages.decline_guarded(deed, "Surat belum.", acting_user=world.user("kanwil"))
    words = [f"{one} {one.about} {one.path}" for one in Notice.objects.all()]
    assert len(words) == 3
    for secret in ("nobody", "Petugas", "Surat", "ST-7", "auditor", "Auditor"):
        assert not [told for told in words if secret in told]


def test_a_deed_that_is_rolled_back_tells_nobody(world: World) -> None:
    with transaction.atomic():
        guarded(world)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_the_asker_opens_the_decision_from_the_notice(world: World, signed_in) -> None:
    villages.confirm_guarded(guarded(world), acting_user=world.user("kanwil"))
    notice = Notice.objects.get(kind=Kind.DEED_CONFIRMED)
    assert signed_in("admin").get(notice.path).status_code == 200
