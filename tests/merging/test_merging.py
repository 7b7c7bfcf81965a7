"""Duplicates become one; what is final keeps the name under which it was written."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.agencies.models import Agency, FocalPoint
from fgd.agencies.permissions import (
    agencies_represented_by,
    agency_names_represented_by,
)
from fgd.merging import services as merging
from fgd.merging.services import merge_agencies
from fgd.minutes.models import MinutesEntry
from fgd.minutes.services.merging import merge_delegates
from fgd.participants import services as participants_services
from fgd.participants.models import Attendance, Delegate
from fgd.plan import services as plan_services
from fgd.plan.models import ActionEvent
from tests.dataset import Dataset
from tests.locks import locked_by
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


@pytest.fixture
def duplicate(dataset: Dataset) -> Agency:
    return scene.second_dinsos()


def merge(dataset: Dataset, old: Agency, new: Agency, name: str = "admin") -> Agency:
    return merge_agencies(old.pk, new.pk, acting_user=dataset.user(name))


def dinsos(dataset: Dataset) -> Agency:
    return dataset.agencies["dinsos"]


# --- Agencies: what follows --------------------------------------------------


def test_open_invitations_delegates_and_drafts_follow(
    dataset: Dataset, duplicate: Agency
):
    session = scene.running(dataset)
    person = scene.delegate(dataset, session, is_walk_in=True)
    draft = scene.action(dataset, session=session, agreed=False)
    merge(dataset, dinsos(dataset), duplicate)
    person.refresh_from_db()
    draft.refresh_from_db()
    assert session.invitations.get(agency__isnull=False).agency == duplicate
    assert (person.agency, person.is_walk_in) == (duplicate, False)
    assert draft.lead_agency == duplicate
    event = session.events.get(verb="merge_agency")
    assert (event.actor, event.note) == (
        dataset.people["admin"],
        "Dinsos → Dinas Sosial",
    )


def test_a_person_whom_both_agencies_sent_becomes_one_row(
    dataset: Dataset, duplicate: Agency
):
    session = scene.running(dataset)
    kept = scene.delegate(dataset, session, "Siti Contoh", agency=duplicate)
    same = scene.delegate(dataset, session, "SITI  Contoh", phone="+6281234567890")
    Attendance.objects.create(delegate=same, recorded_by=dataset.people["serang"])
    merge(dataset, dinsos(dataset), duplicate)
    (row,) = session.delegates.all()
    assert (row.pk, row.phone) == (kept.pk, "+6281234567890")
    assert Attendance.objects.get().delegate == row


def test_two_invitations_become_one_with_the_seats_of_both(
    dataset: Dataset, duplicate: Agency
):
    session = scene.running(dataset)
    session.invitations.create(agency=duplicate, seats=3)
    merge(dataset, dinsos(dataset), duplicate)
    row = session.invitations.get(agency__isnull=False)
    assert (row.agency, row.seats) == (duplicate, 5)


def test_open_actions_follow_and_closed_ones_stay(dataset: Dataset, duplicate: Agency):
    session = scene.running(dataset, status="finalised")
    open_one = scene.action(dataset, session=session)
    closed = scene.action(dataset, session=session, status="cancelled")
    helped = scene.action(
        dataset, session=session, lead="polres", supporters=("dinsos",)
    )
    merge(dataset, dinsos(dataset), duplicate)
    for row in (open_one, closed, helped):
        row.refresh_from_db()
    assert (open_one.lead_agency, closed.lead_agency) == (duplicate, dinsos(dataset))
    assert [row.agency for row in helped.supports.all()] == [duplicate]
    events = ActionEvent.objects.filter(verb="merge_agency")
    assert {row.action_id for row in events} == {open_one.pk, helped.pk}


@pytest.mark.parametrize("lead", ["dinsos", "twin"])
def test_whoever_leads_does_not_support_as_well(dataset, duplicate, lead):
    dataset.agencies["twin"] = duplicate
    other = ({"dinsos", "twin"} - {lead}).pop()
    action = scene.action(dataset, lead=lead, supporters=(other,))
    merge(dataset, dinsos(dataset), duplicate)
    action.refresh_from_db()
    assert (action.lead_agency, action.supports.count()) == (duplicate, 0)


def test_focal_points_begin_at_the_agency_that_stays(
    dataset: Dataset, duplicate: Agency
):
    merge(dataset, dinsos(dataset), duplicate)
    today = timezone.localdate()
    spans = FocalPoint.objects.filter(user=dataset.people["dinsos"]).order_by("pk")
    assert [(row.agency, row.ends_on) for row in spans] == [
        (dinsos(dataset), today - timedelta(days=1)),
        (duplicate, None),
    ]
    person = dataset.user("dinsos")
    assert agencies_represented_by(person) == {duplicate.pk, dinsos(dataset).pk}
    assert agency_names_represented_by(person) == ("Dinas Sosial",)


def test_an_office_at_the_table_goes_along(dataset: Dataset, duplicate: Agency):
    merge(dataset, dataset.agencies["kanim"], duplicate)
    duplicate.refresh_from_db()
    assert duplicate.office == dataset.serang
    assert duplicate.pk in agencies_represented_by(dataset.user("serang"))


# --- Agencies: what stays ----------------------------------------------------


def test_final_minutes_stay_byte_for_byte(
    dataset: Dataset, duplicate: Agency, signed_in
):
    session = scene.running(dataset)
    person = scene.delegate(dataset, session)
    MinutesEntry.objects.create(
        topic=scene.topic(session),
        speaker=person,
        text="Setuju.",
        written_by=dataset.people["serang"],
    )
    scene.action(dataset, session=session, status="cancelled")
    type(session).objects.filter(pk=session.pk).update(
        status="finalised", finalised_at=timezone.now()
    )
    tabs = ("", "peserta/", "notula/", "kesepakatan/")
    addresses = [f"/fgd/{session.pk}/{tab}" for tab in tabs]
    before = [page(signed_in("auditor"), address) for address in addresses]
    assert any(b"Dinsos" in one for one in before)
    merge(dataset, dinsos(dataset), duplicate)
    assert [page(signed_in("auditor"), address) for address in addresses] == before


def page(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)


def test_focal_points_of_the_successor_read_old_records(dataset, duplicate, signed_in):
    session = scene.running(dataset, status="finalised")
    merge(dataset, dinsos(dataset), duplicate)
    assert signed_in("dinsos").get(f"/fgd/{session.pk}/").status_code == 200
    assert signed_in("polres").get(f"/fgd/{session.pk}/").status_code == 404


# --- Agencies: what is refused -----------------------------------------------


def test_only_who_keeps_agencies_merges_them(dataset: Dataset, duplicate: Agency):
    for name in ("kanwil", "serang", "dinsos"):
        with pytest.raises(PermissionDenied):
            merge(dataset, dinsos(dataset), duplicate, name)
    assert not Agency.objects.exclude(successor=None).exists()


def test_a_ring_a_second_merging_and_oneself_are_refused(
    dataset: Dataset, duplicate: Agency
):
    with pytest.raises(ValidationError):
        merge(dataset, duplicate, duplicate)
    merge(dataset, dinsos(dataset), duplicate)
    with pytest.raises(IllegalTransition, match="sudah digabung ke Dinas Sosial"):
        merge(dataset, duplicate, dinsos(dataset))
    with pytest.raises(IllegalTransition):
        merge(dataset, dinsos(dataset), dataset.agencies["polres"])


def test_a_successor_that_is_merged_takes_its_predecessors_along(dataset, duplicate):
    merge(dataset, dinsos(dataset), duplicate)
    merge(dataset, duplicate, dataset.agencies["polres"])
    successors = Agency.objects.exclude(successor=None).values_list(
        "successor", flat=True
    )
    assert set(successors) == {dataset.agencies["polres"].pk}


def test_two_offices_and_one_only_proposed_are_refused(
    dataset: Dataset, duplicate: Agency
):
    duplicate.office = dataset.tangerang
    duplicate.save()
    with pytest.raises(
        ValidationError, match="Dua kantor imigrasi tidak dapat digabung"
    ):
        merge(dataset, dataset.agencies["kanim"], duplicate)
    Agency.objects.filter(pk=duplicate.pk).update(status="proposed", office=None)
    with pytest.raises(ValidationError, match="belum dikonfirmasi"):
        merge(dataset, dinsos(dataset), duplicate)


def test_nobody_becomes_a_focal_point_by_merging(dataset: Dataset, duplicate: Agency):
    admin = dataset.people["admin"]
    FocalPoint.objects.create(
        user=admin, agency=dinsos(dataset), starts_on=timezone.localdate()
    )
    with pytest.raises(ValidationError, match="narahubung instansi ini"):
        merge(dataset, dinsos(dataset), duplicate)


def test_a_merged_agency_is_neither_invited_nor_sent_nor_charged(dataset, duplicate):
    session = scene.running(dataset)
    recommendation = scene.recommendation(session)
    merge(dataset, dinsos(dataset), duplicate)
    serang = dataset.user("serang")
    data = plan_services.ActionData(
        title="x",
        lead_agency=duplicate,
        due_on=timezone.localdate() + timedelta(days=9),
        indicator="x",
        pillar="service",
        supporters=[dinsos(dataset)],
    )
    person = participants_services.Person(
        "Petugas Contoh 9", agency_id=dinsos(dataset).pk
    )
    for operation in (
        lambda: participants_services.invite(
            session.pk, acting_user=serang, agencies=[dinsos(dataset)]
        ),
        lambda: participants_services.add_delegates(
            session.pk, acting_user=serang, people=[person]
        ),
        lambda: plan_services.add_action(
            recommendation.pk, acting_user=serang, data=data
        ),
    ):
        with pytest.raises(ValidationError, match="Pilih Dinas Sosial"):
            operation()


def test_a_delegate_is_not_moved_to_a_merged_agency(
    dataset: Dataset, duplicate: Agency
):
    session = scene.running(dataset)
    person = scene.delegate(dataset, session)
    merge(dataset, duplicate, dinsos(dataset))
    with pytest.raises(ValidationError, match="Pilih Din"):
        participants_services.change_delegate(
            person.pk,
            acting_user=dataset.user("serang"),
            version=person.version,
            person=participants_services.Person(
                "Petugas Contoh 9", agency_id=duplicate.pk
            ),
        )


def test_what_moves_is_held_sessions_before_actions_before_agencies(dataset, duplicate):
    scene.running(dataset)
    scene.action(dataset)
    assert locked_by(lambda: merge(dataset, dinsos(dataset), duplicate)) == [
        "fgd_sessions_session",
        "plan_action",
        "agencies_agency",
    ]


@pytest.mark.parametrize("used", [scene.running, scene.action])
def test_an_agency_used_at_the_same_moment_is_not_merged(
    dataset: Dataset, duplicate: Agency, used: Callable[[Dataset], object], monkeypatch
):
    """Somebody invited or charged it after the rows to move were read."""
    used(dataset)
    monkeypatch.setattr(merging, "lock_rows", lambda rows: [])
    with pytest.raises(IllegalTransition, match="baru saja dipakai"):
        merge(dataset, dinsos(dataset), duplicate)
    assert not Agency.objects.exclude(successor=None).exists()


# --- Delegates ---------------------------------------------------------------


@pytest.fixture
def pair(dataset: Dataset) -> tuple[Delegate, Delegate]:
    """One person on two rows: the first without telephone, the second spoke."""
    session = scene.running(dataset)
    kept = scene.delegate(dataset, session)
    duplicate = scene.delegate(
        dataset, session, phone="+62811222333", part="moderator", position="Kepala"
    )
    MinutesEntry.objects.create(
        topic=scene.topic(session),
        speaker=duplicate,
        text="Setuju.",
        written_by=dataset.people["serang"],
    )
    return kept, duplicate


def attended(dataset: Dataset, row: Delegate, hour: int) -> None:
    Attendance.objects.create(
        delegate=row,
        arrived_at=row.session.starts_at + timedelta(hours=hour),
        recorded_by=dataset.people["serang"],
    )


def join(
    dataset: Dataset, pair: tuple[Delegate, Delegate], name: str = "serang"
) -> Any:
    kept, duplicate = pair
    return merge_delegates(duplicate.pk, kept.pk, acting_user=dataset.user(name))


@pytest.mark.parametrize("hours", [(1, 0), (0, 1)])
def test_the_row_that_stays_holds_what_either_had(dataset, pair, hours):
    kept, duplicate = pair
    for row, hour in zip(pair, hours, strict=True):
        attended(dataset, row, hour)
    join(dataset, pair)
    kept.refresh_from_db()
    assert (kept.phone, kept.part, kept.position) == (
        "+62811222333",
        "moderator",
        "Kepala",
    )
    assert kept.attendance.arrived_at == kept.session.starts_at
    assert kept.minutes.get().text == "Setuju."
    assert not Delegate.objects.filter(pk=duplicate.pk).exists()
    assert kept.session.events.get().verb == "merge_delegates"


def test_one_attendance_is_enough(dataset: Dataset, pair):
    attended(dataset, pair[1], 0)
    join(dataset, pair)
    assert Attendance.objects.get().delegate == pair[0]


def test_delegates_of_a_final_session_stay_apart(dataset: Dataset, pair):
    session = pair[0].session
    type(session).objects.filter(pk=session.pk).update(
        status="finalised", finalised_at=timezone.now()
    )
    with pytest.raises(IllegalTransition):
        join(dataset, pair)
    assert Delegate.objects.count() == 2


def test_a_row_of_another_session_or_deleted_is_refused(dataset: Dataset, pair):
    other = scene.delegate(dataset, scene.running(dataset))
    with pytest.raises(IllegalTransition):
        join(dataset, (pair[0], other))
    with pytest.raises(PermissionDenied):
        join(dataset, pair, "kanwil")
    join(dataset, pair)
    with pytest.raises(IllegalTransition):
        join(dataset, pair)


def test_a_person_is_joined_on_a_page(dataset: Dataset, pair, signed_in):
    kept, duplicate = pair
    scene.delegate(dataset, kept.session, "Andi Contoh")
    address = f"/fgd/{kept.session_id}/peserta/{duplicate.pk}/gabung/"
    client = signed_in("serang")
    choices = client.get(address).context["form"].fields["into"].choices
    assert [value for value, _label in choices][1] == kept.pk
    refused = client.post(address, {"into": ""})
    assert refused.context["form"].errors["into"]
    client.post(address, {"into": kept.pk})
    assert not Delegate.objects.filter(pk=duplicate.pk).exists()
