from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import participants as deeds
from fgd.forms.phones import plain_phone
from fgd.models import Agency, Attendance, Delegate, Invitation, Session
from tests.fgd import scene
from tests.world import World, make_session

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(f"fgd:{name}", args=[session.pk, *more])


# --- Invitations -------------------------------------------------------------


def test_agencies_and_villages_are_invited_by_one_letter(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"], status="draft")
    data = {
        "agencies": [world.agencies["dinsos"].pk, world.agencies["polres"].pk],
        "villages": "Lontar\n36.04.08.2009",
        "seats": 3,
        "letter_number": "UM.01.01-12",
    }
    browser = signed_in("serang")
    browser.post(page("invite", session), data)
    browser.post(page("invite", session), data)
    rows = Invitation.objects.filter(session=session)
    assert rows.count() == 4
    assert set(rows.values_list("seats", "letter_number")) == {(3, "UM.01.01-12")}


def test_all_designated_villages_of_the_host_are_invited_at_once(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.kanwil, world.people["kanwil"], status="draft")
    data = {"all_villages": "on", "seats": 1, "villages": ""}
    signed_in("kanwil").post(page("invite", session), data)
    assert Invitation.objects.filter(session=session).count() == 4


def test_a_pimpasa_invites_all_villages_in_own_sight_only(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"], status="draft")
    data = {"all_villages": "on", "seats": 1, "villages": ""}
    signed_in("pimpasa").post(page("invite", session), data)
    assert Invitation.objects.get().village == world.villages["lontar"]


def test_a_village_outside_the_area_is_not_invited(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"], status="draft")
    data = {"villages": "36.03.07.2001", "seats": 1}
    answer = signed_in("serang").post(page("invite", session), data)
    assert answer.context["form"].errors["villages"]
    assert not Invitation.objects.exists()


def test_an_unconfirmed_agency_is_not_invited(world: World, signed_in: Browser) -> None:
    session = make_session(world.serang, world.people["serang"], status="draft")
    Agency.objects.update(status="proposed")
    data = {"agencies": [world.agencies["dinsos"].pk], "seats": 1, "villages": ""}
    answer = signed_in("serang").post(page("invite", session), data)
    assert answer.context["form"].errors["agencies"]


def test_an_invitation_is_withdrawn_until_the_session_begins(world: World) -> None:
    session = scene.running(world, status="invited")
    first, second = session.invitations.all()
    deeds.withdraw_invitation(first.pk, acting_user=world.user("serang"))
    Session.objects.filter(pk=session.pk).update(status="in_progress")
    with pytest.raises(IllegalTransition):
        deeds.withdraw_invitation(second.pk, acting_user=world.user("serang"))
    assert list(session.invitations.all()) == [second]


def test_the_kanwil_leaves_a_kanims_participants_alone(
    world: World, signed_in: Browser
) -> None:
    session, browser = scene.running(world), signed_in("kanwil")
    tab = browser.get(page("session_participants", session))
    assert "form" not in tab.context
    assert b"/undang/" not in tab.content
    assert browser.get(page("invite", session)).status_code == 403
    own = make_session(world.kanwil, world.people["kanwil"], status="draft")
    assert browser.get(page("invite", own)).status_code == 200


# --- Delegates ---------------------------------------------------------------


def typed(world: World, **changes: object) -> dict[str, object]:
    return {
        "name": "Ma'ruf",
        "position": "",
        "party": f"a{world.agencies['dinsos'].pk}",
        "new_agency": "",
        "phone": "+62 812-3456 7890",
        "mandate": "decide",
        "part": "participant",
    } | changes


def test_a_delegate_of_one_word_with_an_apostrophe_is_added(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    signed_in("serang").post(page("delegate_add", session), typed(world))
    row = Delegate.objects.get()
    assert (row.name, row.phone, row.is_walk_in) == ("Ma'ruf", "081234567890", False)


def test_a_walk_in_brings_a_proposed_agency(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    data = typed(world, party="baru", new_agency="Yayasan Contoh Bersama")
    signed_in("serang").post(page("delegate_add", session), data)
    row = Delegate.objects.get()
    assert row.is_walk_in
    assert row.agency is not None
    assert (row.agency.status, row.agency.proposed_by) == (
        "proposed",
        world.people["serang"],
    )


def test_a_known_agency_is_not_proposed_twice(world: World) -> None:
    session = scene.running(world)
    people = [
        deeds.Person("Budi", new_agency="dinsos contoh"),
        deeds.Person("Siti", new_agency="Yayasan Baru"),
        deeds.Person("Adi", new_agency="YAYASAN BARU"),
    ]
    deeds.add_delegates(session.pk, acting_user=world.user("serang"), people=people)
    assert Agency.objects.filter(status="proposed").count() == 1
    assert Delegate.objects.filter(agency=world.agencies["dinsos"]).count() == 1


def test_nobody_stands_on_the_list_twice(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    browser, url = signed_in("serang"), page("delegate_add", session)
    browser.post(url, typed(world))
    answer = browser.post(url, typed(world, name="MA'RUF"))
    assert answer.context["form"].non_field_errors()
    browser.post(url, typed(world, position="Staf"))
    assert Delegate.objects.count() == 2


def test_an_empty_party_is_told_beside_the_field(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    for changes in ({"party": ""}, {"party": "baru"}, {"party": "v99"}):
        data = typed(world, **changes)
        answer = signed_in("serang").post(page("delegate_add", session), data)
        assert answer.context["form"].errors
    assert not Delegate.objects.exists()


def test_a_stale_delegate_is_compared(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    row = scene.delegate(world, session)
    url = page("delegate_change", session, row.pk)
    signed_in("serang").post(url, typed(world, name="Pertama", version=1))
    answer = signed_in("serang2").post(url, typed(world, name="Kedua", version=1))
    assert answer.context["form"].stale.who == str(world.people["serang"])
    row.refresh_from_db()
    assert row.name == "Pertama"


def test_who_came_or_spoke_stays_on_the_list(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    row = scene.delegate(world, session)
    Attendance.objects.create(delegate=row, recorded_by=world.people["serang"])
    signed_in("serang").post(page("delegate_remove", session, row.pk))
    assert Delegate.objects.filter(pk=row.pk).exists()
    Attendance.objects.all().delete()
    signed_in("serang").post(page("delegate_remove", session, row.pk))
    assert not Delegate.objects.exists()


@pytest.mark.parametrize(
    ("name", "people"),
    [("official", ["Sekdes"]), ("dinsos", ["Petugas Contoh 1"]), ("auditor", [])],
)
def test_the_invited_see_their_own_people_only(
    world: World, signed_in: Browser, name: str, people: list[str]
) -> None:
    session = scene.running(world)
    scene.delegate(world, session)
    village = {"agency": None, "village": world.villages["lontar"]}
    scene.delegate(world, session, "Sekdes", **village)
    answer = signed_in(name).get(page("session_participants", session))
    names = ["Sekdes", "Petugas Contoh 1"]
    assert [one for one in names if one in answer.content.decode()] == people


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("0812 3456 7890", "081234567890"),
        ("+62 812-3456-7890", "081234567890"),
        ("62812345678", "0812345678"),
        ("812345678", "0812345678"),
        ("(0254) 200-123", "0254200123"),
        ("+6281", None),
        ("dua belas", None),
    ],
)
def test_telephone_numbers_are_read_as_people_write_them(
    raw: str, kept: str | None
) -> None:
    if kept is None:
        with pytest.raises(ValidationError):
            plain_phone(raw)
    else:
        assert plain_phone(raw) == kept


# --- Pasted rows -------------------------------------------------------------

PASTED = (
    "No\tNama\tJabatan\tInstansi\tNo. HP\n"
    "1\tBudi Contoh\tKepala Bidang\tDinsos\t0812-3456-7890\n"
    "2\tSiti\tKepala Desa\tDesa Lontar\t\n"
    "3\tAdi\t\tLembaga Baru\t+62 811 222 333\n"
)


def rows_of(answer) -> dict[str, object]:
    """What the page of rows sends back when nobody mends anything."""
    forms = answer.context["rows"]
    sent: dict[str, object] = {
        "baris-TOTAL_FORMS": len(forms),
        "baris-INITIAL_FORMS": len(forms),
    }
    for form in forms:
        sent |= {form[name].html_name: form[name].value() or "" for name in form.fields}
    return sent


def test_pasted_rows_are_matched_and_taken_over_at_once(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    browser = signed_in("serang")
    answer = browser.post(page("delegates_paste", session), {"text": PASTED})
    assert not Delegate.objects.exists()
    browser.post(page("delegates_apply", session), rows_of(answer))
    people = {row.name: row for row in Delegate.objects.all()}
    assert people["Budi Contoh"].agency == world.agencies["dinsos"]
    assert people["Siti"].village == world.villages["lontar"]
    assert people["Adi"].agency == Agency.objects.get(name="Lembaga Baru")


def test_one_wrong_row_keeps_all_of_them_out(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    browser = signed_in("serang")
    answer = browser.post(page("delegates_paste", session), {"text": PASTED})
    rows = rows_of(answer) | {"baris-1-phone": "tidak ada"}
    answer = browser.post(page("delegates_apply", session), rows)
    assert answer.context["rows"][1].errors["phone"]
    assert not Delegate.objects.exists()
    rows = rows_of(answer) | {"baris-1-DELETE": "on", "baris-1-phone": "x"}
    browser.post(page("delegates_apply", session), rows)
    assert Delegate.objects.count() == 2


def test_a_row_that_stands_on_the_list_already_is_told(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    scene.delegate(world, session, "Budi Contoh", position="Kepala Bidang")
    browser = signed_in("serang")
    answer = browser.post(page("delegates_paste", session), {"text": PASTED})
    answer = browser.post(page("delegates_apply", session), rows_of(answer))
    assert answer.context["rows"].summary.non_field_errors()
    assert Delegate.objects.count() == 1


def test_a_village_out_of_sight_is_no_answer(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    browser = signed_in("serang")
    answer = browser.post(page("delegates_paste", session), {"text": "Budi;;Dinsos"})
    foreign = f"v{world.villages['kronjo'].pk}"
    rows = rows_of(answer) | {"baris-0-party": foreign}
    answer = browser.post(page("delegates_apply", session), rows)
    assert answer.context["rows"][0].errors["party"]
    assert not Delegate.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"baris-TOTAL_FORMS": "x"}])
def test_a_torn_sheet_of_rows_adds_nobody(
    world: World, signed_in: Browser, sent: dict[str, str]
) -> None:
    session = scene.running(world)
    answer = signed_in("serang").post(page("delegates_apply", session), sent)
    assert answer.status_code == 200
    assert not Delegate.objects.exists()


# --- Attendance --------------------------------------------------------------


def test_one_tap_marks_a_person_and_a_second_changes_nothing(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    row = scene.delegate(world, session)
    url = page("attendance_mark", session, row.pk)
    for arrived in ("09:15", "10:00"):
        signed_in("serang").post(url, {"source": "paper", "arrived": arrived})
    mark = Attendance.objects.get()
    assert mark.source == "paper"
    assert timezone.localtime(mark.arrived_at).strftime("%d %H:%M") == "11 09:15"
    assert session.events.count() == 1


def test_the_whole_list_is_saved_at_once(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    people = [scene.delegate(world, session, f"Petugas Contoh {n}") for n in range(3)]
    Attendance.objects.create(delegate=people[2], recorded_by=world.people["serang"])
    data = {
        "shown": [row.pk for row in people],
        "present": [people[0].pk, people[1].pk],
        "source": "manual",
        "arrived": "",
    }
    for _time in range(2):
        signed_in("serang").post(page("attendance_save", session), data)
    marked = set(Attendance.objects.values_list("delegate_id", flat=True))
    assert marked == {people[0].pk, people[1].pk}
    assert Attendance.objects.first().arrived_at == session.starts_at


def test_a_mark_is_taken_away_again(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    row = scene.delegate(world, session)
    Attendance.objects.create(delegate=row, recorded_by=world.people["serang"])
    signed_in("serang").post(page("attendance_unmark", session, row.pk))
    assert not Attendance.objects.exists()


def test_a_delegate_of_another_session_is_not_marked(
    world: World, signed_in: Browser
) -> None:
    session, other = scene.running(world), scene.running(world)
    row = scene.delegate(world, other)
    url = page("attendance_mark", session, row.pk)
    assert signed_in("serang").post(url).status_code == 404
    deeds.record_attendance(
        session.pk, acting_user=world.user("serang"), present=[row.pk]
    )
    assert not Attendance.objects.exists()


def test_nobody_arrives_in_the_future(world: World) -> None:
    session = scene.running(world)
    row = scene.delegate(world, session)
    with pytest.raises(ValidationError):
        deeds.record_attendance(
            session.pk,
            acting_user=world.user("serang"),
            present=[row.pk],
            arrived_at=timezone.now() + timedelta(hours=1),
        )


def test_a_locked_list_refuses_every_change(world: World, signed_in: Browser) -> None:
    session = scene.running(world, status="finalised")
    row = scene.delegate(world, session)
    for name, args in (
        ("invite", ()),
        ("delegate_add", ()),
        ("delegate_remove", (row.pk,)),
        ("attendance_mark", (row.pk,)),
    ):
        answer = signed_in("serang").post(page(name, session, *args), typed(world))
        assert answer.status_code == 302
    assert Delegate.objects.count() == 1
    assert not Attendance.objects.exists()
