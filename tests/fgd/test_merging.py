"""Duplicates become one; what is final keeps the name under which it was written."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import agreements, merging, participants
from fgd.actions.merging import merge_agencies, merge_delegates
from fgd.models import Agency, Attendance, Delegate, FgdEvent, FocalPoint, MinutesEntry
from fgd.standing import agencies_of, agency_names_of
from tests.fgd import scene
from tests.locks import locked_by
from tests.world import World

Browser = Callable[[str], Client]


@pytest.fixture
def twin(world: World) -> Agency:
    return scene.second_dinsos()


def merge(world: World, old: Agency, new: Agency, name: str = "admin") -> Agency:
    return merge_agencies(old.pk, new.pk, acting_user=world.user(name))


def dinsos(world: World) -> Agency:
    return world.agencies["dinsos"]


# --- Agencies: what follows --------------------------------------------------


def test_open_invitations_delegates_and_drafts_follow(world: World, twin: Agency):
    session = scene.running(world)
    person = scene.delegate(world, session, is_walk_in=True)
    draft = scene.action(world, session=session, agreed=False)
    merge(world, dinsos(world), twin)
    person.refresh_from_db()
    draft.refresh_from_db()
    assert session.invitations.get(agency__isnull=False).agency == twin
    assert (person.agency, person.is_walk_in) == (twin, False)
    assert draft.lead_agency == twin
    event = session.events.get(verb="merge_agency")
    assert (event.actor, event.note) == (
        world.people["admin"],
        "Dinsos → Dinas Sosial",
    )


def test_two_invitations_become_one_with_the_seats_of_both(world: World, twin: Agency):
    session = scene.running(world)
    session.invitations.create(agency=twin, seats=3)
    merge(world, dinsos(world), twin)
    row = session.invitations.get(agency__isnull=False)
    assert (row.agency, row.seats) == (twin, 5)


def test_open_actions_follow_and_closed_ones_stay(world: World, twin: Agency):
    session = scene.running(world, status="finalised")
    open_one = scene.action(world, session=session)
    closed = scene.action(world, session=session, status="cancelled")
    helped = scene.action(world, session=session, lead="polres", supporters=("dinsos",))
    merge(world, dinsos(world), twin)
    for row in (open_one, closed, helped):
        row.refresh_from_db()
    assert (open_one.lead_agency, closed.lead_agency) == (twin, dinsos(world))
    assert [row.agency for row in helped.supports.all()] == [twin]
    told = FgdEvent.objects.filter(action__isnull=False, verb="merge_agency")
    assert {row.action_id for row in told} == {open_one.pk, helped.pk}


@pytest.mark.parametrize("lead", ["dinsos", "twin"])
def test_whoever_leads_does_not_support_as_well(world, twin, lead):
    world.agencies["twin"] = twin
    other = ({"dinsos", "twin"} - {lead}).pop()
    action = scene.action(world, lead=lead, supporters=(other,))
    merge(world, dinsos(world), twin)
    action.refresh_from_db()
    assert (action.lead_agency, action.supports.count()) == (twin, 0)


def test_focal_points_begin_at_the_agency_that_stays(world: World, twin: Agency):
    merge(world, dinsos(world), twin)
    today = timezone.localdate()
    spans = FocalPoint.objects.filter(user=world.people["dinsos"]).order_by("pk")
    assert [(row.agency, row.ends_on) for row in spans] == [
        (dinsos(world), today - timedelta(days=1)),
        (twin, None),
    ]
    person = world.user("dinsos")
    assert agencies_of(person) == {twin.pk, dinsos(world).pk}
    assert agency_names_of(person) == ("Dinas Sosial",)


def test_an_office_at_the_table_goes_along(world: World, twin: Agency):
    merge(world, world.agencies["kanim"], twin)
    twin.refresh_from_db()
    assert twin.office == world.serang
    assert twin.pk in agencies_of(world.user("serang"))


# --- Agencies: what stays ----------------------------------------------------


def test_final_minutes_stay_byte_for_byte(world: World, twin: Agency, signed_in):
    session = scene.running(world)
    person = scene.delegate(world, session)
    MinutesEntry.objects.create(
        topic=scene.topic(session),
        speaker=person,
        text="Setuju.",
        written_by=world.people["serang"],
    )
    scene.action(world, session=session, status="cancelled")
    type(session).objects.filter(pk=session.pk).update(
        status="finalised", finalised_at=timezone.now()
    )
    tabs = ("", "peserta/", "notula/", "kesepakatan/")
    addresses = [f"/fgd/{session.pk}/{tab}" for tab in tabs]
    before = [page(signed_in("auditor"), address) for address in addresses]
    assert any(b"Dinsos" in one for one in before)
    merge(world, dinsos(world), twin)
    assert [page(signed_in("auditor"), address) for address in addresses] == before


def page(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)


def test_who_speaks_for_the_successor_reads_what_was(world, twin, signed_in):
    session = scene.running(world, status="finalised")
    merge(world, dinsos(world), twin)
    assert signed_in("dinsos").get(f"/fgd/{session.pk}/").status_code == 200
    assert signed_in("polres").get(f"/fgd/{session.pk}/").status_code == 404


# --- Agencies: what is refused -----------------------------------------------


def test_only_who_keeps_agencies_merges_them(world: World, twin: Agency):
    for name in ("kanwil", "serang", "dinsos"):
        with pytest.raises(PermissionDenied):
            merge(world, dinsos(world), twin, name)
    assert not Agency.objects.exclude(successor=None).exists()


def test_a_ring_a_second_merging_and_oneself_are_refused(world: World, twin: Agency):
    with pytest.raises(ValidationError):
        merge(world, twin, twin)
    merge(world, dinsos(world), twin)
    with pytest.raises(IllegalTransition, match="sudah digabung ke Dinas Sosial"):
        merge(world, twin, dinsos(world))
    with pytest.raises(IllegalTransition):
        merge(world, dinsos(world), world.agencies["polres"])


def test_a_successor_that_is_merged_takes_its_predecessors_along(world, twin):
    merge(world, dinsos(world), twin)
    merge(world, twin, world.agencies["polres"])
    heirs = Agency.objects.exclude(successor=None).values_list("successor", flat=True)
    assert set(heirs) == {world.agencies["polres"].pk}


def test_two_offices_and_one_only_proposed_are_refused(world: World, twin: Agency):
    twin.office = world.tangerang
    twin.save()
    with pytest.raises(ValidationError, match="kantor imigrasi yang berbeda"):
        merge(world, world.agencies["kanim"], twin)
    Agency.objects.filter(pk=twin.pk).update(status="proposed", office=None)
    with pytest.raises(ValidationError, match="belum dikonfirmasi"):
        merge(world, dinsos(world), twin)


def test_nobody_gets_a_voice_by_merging(world: World, twin: Agency):
    admin = world.people["admin"]
    FocalPoint.objects.create(
        user=admin, agency=dinsos(world), starts_on=timezone.localdate()
    )
    with pytest.raises(ValidationError, match="narahubung instansi ini"):
        merge(world, dinsos(world), twin)


def test_a_merged_agency_is_neither_invited_nor_sent_nor_charged(world, twin):
    session = scene.running(world)
    recommendation = scene.recommendation(session)
    merge(world, dinsos(world), twin)
    serang = world.user("serang")
    promise = agreements.Promise(
        title="x",
        lead_agency=twin,
        due_on=timezone.localdate() + timedelta(days=9),
        indicator="x",
        pillar="service",
        supporters=[dinsos(world)],
    )
    person = participants.Person("Petugas Contoh 9", agency_id=dinsos(world).pk)
    for deed in (
        lambda: participants.invite(
            session.pk, acting_user=serang, agencies=[dinsos(world)]
        ),
        lambda: participants.add_delegates(
            session.pk, acting_user=serang, people=[person]
        ),
        lambda: agreements.add_action(
            recommendation.pk, acting_user=serang, promise=promise
        ),
    ):
        with pytest.raises(ValidationError, match="Pilih Dinas Sosial"):
            deed()


def test_a_delegate_is_not_moved_to_a_merged_agency(world: World, twin: Agency):
    session = scene.running(world)
    person = scene.delegate(world, session)
    merge(world, twin, dinsos(world))
    with pytest.raises(ValidationError, match="Pilih Din"):
        participants.change_delegate(
            person.pk,
            acting_user=world.user("serang"),
            version=person.version,
            person=participants.Person("Petugas Contoh 9", agency_id=twin.pk),
        )


def test_what_moves_is_held_sessions_before_actions_before_agencies(world, twin):
    scene.running(world)
    scene.action(world)
    assert locked_by(lambda: merge(world, dinsos(world), twin)) == [
        "fgd_session",
        "fgd_action",
        "fgd_agency",
    ]


@pytest.mark.parametrize("used", [scene.running, scene.action])
def test_an_agency_used_at_the_same_moment_is_not_merged(
    world: World, twin: Agency, used: Callable[[World], object], monkeypatch
):
    """Somebody invited or charged it after the rows to move were read."""
    used(world)
    monkeypatch.setattr(merging, "_locked", lambda rows: [])
    with pytest.raises(IllegalTransition, match="baru saja dipakai"):
        merge(world, dinsos(world), twin)
    assert not Agency.objects.exclude(successor=None).exists()


# --- Delegates ---------------------------------------------------------------


@pytest.fixture
def pair(world: World) -> tuple[Delegate, Delegate]:
    """One person on two rows: the first without telephone, the second spoke."""
    session = scene.running(world)
    kept = scene.delegate(world, session)
    twin = scene.delegate(
        world, session, phone="0811222", part="moderator", position="Kepala"
    )
    MinutesEntry.objects.create(
        topic=scene.topic(session),
        speaker=twin,
        text="Setuju.",
        written_by=world.people["serang"],
    )
    return kept, twin


def attended(world: World, row: Delegate, hour: int) -> None:
    Attendance.objects.create(
        delegate=row,
        arrived_at=row.session.starts_at + timedelta(hours=hour),
        recorded_by=world.people["serang"],
    )


def join(world: World, pair: tuple[Delegate, Delegate], name: str = "serang") -> Any:
    kept, twin = pair
    return merge_delegates(twin.pk, kept.pk, acting_user=world.user(name))


@pytest.mark.parametrize("hours", [(1, 0), (0, 1)])
def test_the_row_that_stays_holds_what_either_had(world, pair, hours):
    kept, twin = pair
    for row, hour in zip(pair, hours, strict=True):
        attended(world, row, hour)
    join(world, pair)
    kept.refresh_from_db()
    assert (kept.phone, kept.part, kept.position) == ("0811222", "moderator", "Kepala")
    assert kept.attendance.arrived_at == kept.session.starts_at
    assert kept.minutes.get().text == "Setuju."
    assert not Delegate.objects.filter(pk=twin.pk).exists()
    assert kept.session.events.get().verb == "merge_delegates"


def test_one_attendance_is_enough(world: World, pair):
    attended(world, pair[1], 0)
    join(world, pair)
    assert Attendance.objects.get().delegate == pair[0]


def test_delegates_of_a_final_session_stay_apart(world: World, pair):
    session = pair[0].session
    type(session).objects.filter(pk=session.pk).update(
        status="finalised", finalised_at=timezone.now()
    )
    with pytest.raises(IllegalTransition):
        join(world, pair)
    assert Delegate.objects.count() == 2


def test_a_row_of_another_session_or_gone_is_told(world: World, pair):
    other = scene.delegate(world, scene.running(world))
    with pytest.raises(IllegalTransition):
        join(world, (pair[0], other))
    with pytest.raises(PermissionDenied):
        join(world, pair, "kanwil")
    join(world, pair)
    with pytest.raises(IllegalTransition):
        join(world, pair)


def test_a_person_is_joined_on_a_page(world: World, pair, signed_in):
    kept, twin = pair
    scene.delegate(world, kept.session, "Andi Contoh")
    address = f"/fgd/{kept.session_id}/peserta/{twin.pk}/gabung/"
    client = signed_in("serang")
    choices = client.get(address).context["form"].fields["into"].choices
    assert [value for value, _label in choices][1] == kept.pk
    refused = client.post(address, {"into": ""})
    assert refused.context["form"].errors["into"]
    client.post(address, {"into": kept.pk})
    assert not Delegate.objects.filter(pk=twin.pk).exists()
