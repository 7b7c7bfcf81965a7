"""Which operation notifies whom, and which notices are dismissed."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from fgd.participants.models import Invitation
from fgd.plan import services as plan_services
from fgd.plan.models import Action
from fgd.plan.services import follow_up
from fgd.sessions.models import Session
from reports.monthly import services as monthly_services
from reports.monthly.models import ReportSlot
from tests.dataset import Dataset, assign, make_user
from tests.monthly.months import bring_to, make_slot, send
from tests.monthly.test_slots import decree
from tests.notices.sent_notices import notified
from tests.sessions import sessions as scene
from villages.people import services as people_services
from villages.people.models import AccountRequest, ApprovalRequest
from villages.register import services as register_services

DAY = timedelta(days=1)
CHECKERS = {"pimpasa", "serang", "serang2"}


@pytest.fixture
def slot(dataset: Dataset) -> ReportSlot:
    assign(
        make_user("official2"),
        Role.VILLAGE_OFFICIAL,
        village=dataset.villages["lontar"],
    )
    return make_slot(dataset.villages["lontar"])


def unread(kind: Kind) -> int:
    return Notice.objects.unread().filter(kind=kind).count()


# --- Monthly reports ---------------------------------------------------------


def test_checkers_are_notified_of_a_sent_report(
    dataset: Dataset, slot: ReportSlot
) -> None:
    send(slot, dataset.user("official"))
    assert notified(Kind.REPORT_SUBMITTED) == CHECKERS
    notice = Notice.objects.filter(kind=Kind.REPORT_SUBMITTED).first()
    assert notice is not None
    assert "Lontar, Tirtayasa" in str(notice)
    assert notice.path == f"/laporan/bulanan/36.04.13.2007/{slot.month:%Y-%m}/"


def test_the_village_is_notified_of_an_entry_on_its_behalf(
    dataset: Dataset, slot: ReportSlot
) -> None:
    monthly_services.enter_on_behalf(
        slot,
        figures={},
        is_nil=True,
        channel="whatsapp",
        client_uuid="7d9b1c1e-54a9-4f2c-9a7e-31f1f1f0a001",
        seen=0,
        acting_user=dataset.user("pimpasa"),
    )
    assert notified(Kind.REPORT_ENTERED) == {"official", "official2"}
    assert notified(Kind.REPORT_SUBMITTED) == {"serang", "serang2"}


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
def test_the_village_is_notified_of_decisions_on_its_report(
    dataset: Dataset, slot: ReportSlot, status: str, kind: Kind, people: set[str]
) -> None:
    bring_to(dataset, slot, status)
    assert notified(kind) == people


def test_a_checked_report_waits_for_nobody_else(
    dataset: Dataset, slot: ReportSlot
) -> None:
    send(slot, dataset.user("official"))
    assert unread(Kind.REPORT_SUBMITTED) == 3
    monthly_services.verify(slot, seen=1, acting_user=dataset.user("serang"))
    assert unread(Kind.REPORT_SUBMITTED) == 0


def test_only_new_slots_are_notified_and_once(dataset: Dataset, slot) -> None:
    slot.delete()
    decree(dataset, "lontar", date(2025, 1, 10))
    monthly_services.make_slots(date(2026, 1, 1))
    assert notified(Kind.MONTH_OPENED) == set()
    monthly_services.make_slots()
    monthly_services.make_slots()
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
    assert [monthly_services.remind(), monthly_services.remind()] == (
        [2, 0] if kind else [0, 0]
    )
    if kind:
        assert notified(kind) == {"official", "official2"}


def test_after_sending_nobody_is_asked_for_the_report(
    dataset: Dataset, slot: ReportSlot
) -> None:
    ReportSlot.objects.update(due_on=timezone.localdate() - DAY)
    monthly_services.remind()
    send(slot, dataset.user("official"))
    assert unread(Kind.REPORT_LATE) == 0
    assert monthly_services.remind() == 0


# --- FGD and its actions -----------------------------------------------------


@pytest.fixture
def session(dataset: Dataset) -> Session:
    """Dinsos, Polres and Lontar are invited; Dinsos leads an action there."""
    session = scene.running(dataset)
    Invitation.objects.create(session=session, agency=dataset.agencies["polres"])
    scene.action(dataset, session=session, agreed=False)
    return session


def test_participants_and_parties_are_notified_of_final_minutes(
    dataset: Dataset, session: Session
) -> None:
    plan_services.finalise(session.pk, acting_user=dataset.user("serang"))
    assert notified(Kind.ACTIONS_AGREED) == {"dinsos", "official"}
    assert notified(Kind.SESSION_FINAL) == {"polres", "pimpasa"}


def reported(dataset: Dataset, **fields: str) -> Action:
    action = scene.action(
        dataset,
        status="in_progress",
        percent=100,
        evidence_count=1,
        villages_open=0,
        **fields,
    )
    action.action_villages.update(status="done")
    return plan_services.report_done(action.pk, acting_user=dataset.user("serang2"))


def test_verifiers_are_notified_of_a_reported_action(dataset: Dataset) -> None:
    action = reported(dataset)
    assert notified(Kind.ACTION_REPORTED) == {"serang", "pimpasa"}
    assert action.reference in str(Notice.objects.get(recipient__username="serang"))


def test_an_offices_own_action_notifies_the_kanwil(dataset: Dataset) -> None:
    reported(dataset, lead="kanim")
    assert notified(Kind.ACTION_REPORTED) == {"kanwil", "kanwil2"}


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("verify", Kind.ACTION_VERIFIED),
        ("return_action", Kind.ACTION_RETURNED),
        ("cancel_action", Kind.ACTION_CANCELLED),
    ],
)
def test_the_parties_are_notified_of_decisions_on_their_action(
    dataset: Dataset, verb: str, kind: Kind
) -> None:
    words = {} if verb == "verify" else {"reason": "Kurang foto."}
    action = reported(dataset)
    if verb == "cancel_action":
        plan_services.return_action(
            action.pk, reason="Batal.", acting_user=dataset.user("serang")
        )
    operation = getattr(follow_up, verb)
    operation(action.pk, acting_user=dataset.user("serang"), **words)
    assert notified(kind) == {"dinsos", "official"}
    assert unread(Kind.ACTION_REPORTED) == 0
    assert not Notice.objects.filter(about__contains="foto").exists()


# --- Accounts and assignments ------------------------------------------------


def asked(dataset: Dataset) -> AccountRequest:
    details = {
        "username": "desa.baru",
        "name": "Petugas Contoh 9",
        "letter_number": "ST-9",
        "starts_on": timezone.localdate(),
    }
    return people_services.request_account(
        Role.VILLAGE_OFFICIAL,
        dataset.villages["lontar"],
        details,
        acting_user=dataset.user("serang"),
    )


def test_the_kanwil_is_notified_of_a_request_and_the_office_of_its_answer(
    dataset: Dataset,
) -> None:
    request = asked(dataset)
    assert notified(Kind.ACCOUNT_REQUESTED) == {"kanwil", "kanwil2"}
    people_services.approve_request(request, acting_user=dataset.user("kanwil"))
    assert notified(Kind.ACCOUNT_APPROVED) == {"serang", "serang2"}
    assert unread(Kind.ACCOUNT_REQUESTED) == 0
    assert notified(Kind.ASSIGNMENT_BEGUN) == {"desa.baru"}
    assert not Notice.objects.filter(about__contains="Petugas").exists()


def test_a_declined_request_notifies_its_author(dataset: Dataset) -> None:
    people_services.decline_request(
        asked(dataset), "Surat belum ada.", acting_user=dataset.user("kanwil")
    )
    assert notified(Kind.ACCOUNT_DECLINED) == {"serang", "serang2"}


def test_the_person_is_notified_of_the_end_of_an_assignment(dataset: Dataset) -> None:
    assignment = dataset.people["pimpasa"].assignments.get()
    register_services.end_assignment(
        assignment, timezone.localdate(), acting_user=dataset.user("serang")
    )
    assert notified(Kind.ASSIGNMENT_ENDED) == {"pimpasa"}


def test_somebody_whose_assignment_has_ended_is_not_notified(
    dataset: Dataset, slot: ReportSlot
) -> None:
    dataset.people["pimpasa"].assignments.update(ends_on=timezone.localdate() - DAY)
    send(slot, dataset.user("official"))
    assert notified(Kind.REPORT_SUBMITTED) == {"serang", "serang2"}


# --- Second approvals --------------------------------------------------------


def approval_request(dataset: Dataset, account: str = "nobody") -> ApprovalRequest:
    letter = {"role": "auditor", "letter_number": "ST-7", "starts_on": "2026-03-02"}
    return people_services.request_approval(
        "grant",
        dataset.user(account),
        dataset.serang,
        letter,
        reason="Petugas lama pindah.",
        acting_user=dataset.user("admin"),
    )


def test_approvers_are_notified_of_a_waiting_request(dataset: Dataset) -> None:
    assign(
        make_user("pengelola", is_staff=True),
        Role.REGIONAL_STAFF,
        office=dataset.kanwil,
    )
    approval = approval_request(dataset)
    assert notified(Kind.APPROVAL_REQUESTED) == {"kanwil", "kanwil2"}
    notice = Notice.objects.filter(kind=Kind.APPROVAL_REQUESTED)[0]
    assert (notice.about, notice.day) == ("Kanim Serang", None)
    assert notice.path == f"/akun/orang-kedua/{approval.pk}/"


def test_the_person_concerned_is_not_asked_to_approve(dataset: Dataset) -> None:
    approval_request(dataset, account="kanwil")
    assert notified(Kind.APPROVAL_REQUESTED) == {"kanwil2"}


def test_the_author_is_notified_of_an_approval(dataset: Dataset) -> None:
    approval = approval_request(dataset)
    people_services.grant_approval(approval, acting_user=dataset.user("kanwil"))
    assert notified(Kind.APPROVAL_GRANTED) == {"admin"}
    notice = Notice.objects.get(kind=Kind.APPROVAL_GRANTED)
    assert notice.path == f"/admin/people/approvalrequest/{approval.pk}/change/"
    assert unread(Kind.APPROVAL_REQUESTED) == 0


def test_the_author_is_notified_of_a_declined_approval(dataset: Dataset) -> None:
    approval = approval_request(dataset)
    people_services.decline_approval(
        approval, "Surat belum ada.", acting_user=dataset.user("kanwil2")
    )
    assert notified(Kind.APPROVAL_DECLINED) == {"admin"}
    assert unread(Kind.APPROVAL_REQUESTED) == 0


def test_a_notice_of_an_approval_names_no_person(
    dataset: Dataset,
) -> None:
    approval = approval_request(dataset)
    people_services.decline_approval(
        approval, "Surat belum.", acting_user=dataset.user("kanwil")
    )
    words = [f"{one} {one.about} {one.path}" for one in Notice.objects.all()]
    assert len(words) == 3
    for secret in ("nobody", "Petugas", "Surat", "ST-7", "auditor", "Auditor"):
        assert not [notified for notified in words if secret in notified]


def test_an_operation_that_is_rolled_back_notifies_nobody(dataset: Dataset) -> None:
    with transaction.atomic():
        approval_request(dataset)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_the_asker_opens_the_decision_from_the_notice(
    dataset: Dataset, signed_in
) -> None:
    people_services.grant_approval(
        approval_request(dataset), acting_user=dataset.user("kanwil")
    )
    notice = Notice.objects.get(kind=Kind.APPROVAL_GRANTED)
    assert signed_in("admin").get(notice.path).status_code == 200
