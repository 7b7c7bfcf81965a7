from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.agencies.models import Agency
from fgd.minutes.services.merging import merge_delegates
from fgd.participants import services as participants_services
from fgd.participants.models import Attendance, Delegate, Invitation
from fgd.sessions.models import Session
from tests.dataset import Dataset, make_session
from tests.forms import sent_form
from tests.sessions import sessions as scene
from villages.places.models import Office

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(f"participants:{name}", args=[session.pk, *more])


# --- Invitations -------------------------------------------------------------


def test_agencies_and_villages_are_invited_by_one_letter(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    data = {
        "agencies": [dataset.agencies["dinsos"].pk, dataset.agencies["polres"].pk],
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


def to_come(dataset: Dataset, office: Office, host: str) -> Session:
    starts_at = timezone.now() + timedelta(days=5)
    ends_at = starts_at + timedelta(hours=2)
    return make_session(
        office, dataset.people[host], "draft", starts_at=starts_at, ends_at=ends_at
    )


def test_all_designated_villages_of_the_host_are_invited_at_once(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = to_come(dataset, dataset.kanwil, "kanwil")
    data = {"all_villages": "on", "seats": 1, "villages": ""}
    signed_in("kanwil").post(page("invite", session), data)
    assert Invitation.objects.filter(session=session).count() == 4


def test_to_a_past_session_those_are_invited_that_were_fostered_then(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    day = session.first_day
    for name, ordered in (
        ("lontar", [("designate", day)]),
        ("tengkurak", [("designate", day + timedelta(days=1))]),
        ("pulopanjang", [("designate", day - timedelta(days=9)), ("revoke", day)]),
    ):
        for number, (verb, date_of_decree) in enumerate(ordered):
            later = ordered[number + 1 :]
            dataset.villages[name].designations.create(
                verb=verb,
                decree_date=date_of_decree,
                valid_to=later[0][1] if later else None,
                decree_number=f"W-{name}-{number}",
                issued_by=dataset.kanwil,
                decree_file="letters/contoh.pdf",
                recorded_by=dataset.people["kanwil"],
                signatory="Kepala Kantor Contoh",
            )
    data = {"all_villages": "on", "seats": 1, "villages": ""}
    signed_in("serang").post(page("invite", session), data)
    assert Invitation.objects.get().village == dataset.villages["lontar"]


def test_a_pimpasa_invites_visible_villages_only(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = to_come(dataset, dataset.serang, "serang")
    data = {"all_villages": "on", "seats": 1, "villages": ""}
    signed_in("pimpasa").post(page("invite", session), data)
    assert Invitation.objects.get().village == dataset.villages["lontar"]


def test_a_village_outside_the_area_is_not_invited(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    data = {"villages": "36.03.07.2001", "seats": 1}
    answer = signed_in("serang").post(page("invite", session), data)
    assert answer.context["form"].errors["villages"]
    assert not Invitation.objects.exists()


def test_an_unconfirmed_agency_is_not_invited(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    Agency.objects.update(status="proposed")
    data = {"agencies": [dataset.agencies["dinsos"].pk], "seats": 1, "villages": ""}
    answer = signed_in("serang").post(page("invite", session), data)
    assert answer.context["form"].errors["agencies"]


def test_an_invitation_is_withdrawn_until_the_session_begins(dataset: Dataset) -> None:
    session = scene.running(dataset, status="invited")
    first, second = session.invitations.all()
    participants_services.withdraw_invitation(
        first.pk, acting_user=dataset.user("serang")
    )
    Session.objects.filter(pk=session.pk).update(status="in_progress")
    with pytest.raises(IllegalTransition):
        participants_services.withdraw_invitation(
            second.pk, acting_user=dataset.user("serang")
        )
    assert list(session.invitations.all()) == [second]


def test_the_kanwil_leaves_a_kanims_participants_alone(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("kanwil")
    tab = browser.get(page("session_participants", session))
    assert "form" not in tab.context
    assert b"/undang/" not in tab.content
    assert browser.get(page("invite", session)).status_code == 403
    own = make_session(dataset.kanwil, dataset.people["kanwil"], status="draft")
    assert browser.get(page("invite", own)).status_code == 200


# --- Delegates ---------------------------------------------------------------


NO_BREAK = "\u00a0"


def typed(dataset: Dataset, **changes: object) -> dict[str, object]:
    return {
        "name": "Ma'ruf",
        "position": "",
        "party": f"a{dataset.agencies['dinsos'].pk}",
        "new_agency": "",
        "phone": "+62 812-3456 7890",
        "mandate": "decide",
        "part": "participant",
    } | changes


def test_a_delegate_of_one_word_with_an_apostrophe_is_added(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    signed_in("serang").post(page("delegate_add", session), typed(dataset))
    row = Delegate.objects.get()
    assert (row.name, row.phone, row.is_walk_in) == ("Ma'ruf", "+6281234567890", False)


def test_a_delegate_without_a_real_name_is_refused(
    dataset: Dataset, signed_in: Browser
) -> None:
    url = page("delegate_add", scene.running(dataset))
    answer = signed_in("serang").post(url, typed(dataset, name="-"))
    assert answer.context["form"].errors == {"name": ["Isi “Nama”."]}
    assert not Delegate.objects.exists()


def test_a_walk_in_brings_a_proposed_agency(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    data = typed(dataset, party="baru", new_agency="Yayasan Contoh Bersama")
    signed_in("serang").post(page("delegate_add", session), data)
    row = Delegate.objects.get()
    assert row.is_walk_in
    assert row.agency is not None
    assert (row.agency.status, row.agency.proposed_by) == (
        "proposed",
        dataset.people["serang"],
    )


def test_a_similar_agency_is_shown_before_a_delegate_brings_another(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    browser, url = signed_in("serang"), page("delegate_add", session)
    data = typed(dataset, party="baru", new_agency="Dinsos Contoh Pusat")
    answer = browser.post(url, data)
    assert "Dinsos Contoh" in str(answer.context["form"].errors["is_another"])
    assert not Delegate.objects.exists()
    browser.post(url, data | {"is_another": "on"})
    assert Agency.objects.get(status="proposed").name == "Dinsos Contoh Pusat"


def test_a_known_agency_is_not_proposed_twice(dataset: Dataset) -> None:
    session = scene.running(dataset)
    people = [
        participants_services.Person("Budi", new_agency="dinsos contoh"),
        participants_services.Person("Siti", new_agency="Yayasan Baru"),
        participants_services.Person("Adi", new_agency="YAYASAN BARU"),
    ]
    participants_services.add_delegates(
        session.pk, acting_user=dataset.user("serang"), people=people
    )
    assert Agency.objects.filter(status="proposed").count() == 1
    assert Delegate.objects.filter(agency=dataset.agencies["dinsos"]).count() == 1


def test_nobody_is_on_the_list_twice(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    browser, url = signed_in("serang"), page("delegate_add", session)
    browser.post(url, typed(dataset))
    answer = browser.post(url, typed(dataset, name="MA'RUF"))
    assert answer.context["form"].non_field_errors()
    assert Delegate.objects.count() == 1


def test_an_empty_party_is_a_field_error(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    for changes in ({"party": ""}, {"party": "baru"}, {"party": "v99"}):
        data = typed(dataset, **changes)
        answer = signed_in("serang").post(page("delegate_add", session), data)
        assert answer.context["form"].errors
    assert not Delegate.objects.exists()


def test_a_stale_delegate_is_compared(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session)
    url = page("delegate_change", session, row.pk)
    signed_in("serang").post(url, typed(dataset, name="Pertama", version=1))
    answer = signed_in("serang2").post(url, typed(dataset, name="Kedua", version=1))
    assert answer.context["form"].stale.who == str(dataset.people["serang"])
    row.refresh_from_db()
    assert row.name == "Pertama"


def test_present_delegates_and_speakers_cannot_be_removed(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session)
    Attendance.objects.create(delegate=row, recorded_by=dataset.people["serang"])
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
    dataset: Dataset, signed_in: Browser, name: str, people: list[str]
) -> None:
    session = scene.running(dataset)
    scene.delegate(dataset, session)
    village = {"agency": None, "village": dataset.villages["lontar"]}
    scene.delegate(dataset, session, "Sekdes", **village)
    answer = signed_in(name).get(page("session_participants", session))
    names = ["Sekdes", "Petugas Contoh 1"]
    assert [one for one in names if one in answer.content.decode()] == people


def test_a_locked_list_refuses_every_change(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset, status="finalised")
    row = scene.delegate(dataset, session)
    for name, args in (
        ("invite", ()),
        ("delegate_add", ()),
        ("delegate_remove", (row.pk,)),
        ("attendance_mark", (row.pk,)),
    ):
        answer = signed_in("serang").post(page(name, session, *args), typed(dataset))
        assert answer.status_code == 409
    assert Delegate.objects.count() == 1
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "name", ["Siti Contoh", " siti  CONTOH ", f"Siti{NO_BREAK}Contoh", "Ｓiti Contoh"]
)
def test_one_delegate_is_not_changed_into_another(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    scene.delegate(dataset, session, "Siti Contoh", position="Kepala  Bidang")
    other = scene.delegate(dataset, session, "Budi Contoh", position="Kepala Bidang")
    address = page("delegate_change", session, other.pk)
    opened = sent_form(browser.get(address))
    answer = browser.post(address, opened | {"name": name})
    assert "sudah ada dalam daftar" in answer.content.decode()
    assert Delegate.objects.get(pk=other.pk).name == "Budi Contoh"
    with pytest.raises(ValidationError):
        participants_services.add_delegates(
            session.pk,
            acting_user=dataset.user("serang"),
            people=[
                participants_services.Person(
                    name, "kepala bidang", agency_id=dataset.agencies["dinsos"].pk
                )
            ],
        )
    browser.post(address, opened | {"name": f"Budi{NO_BREAK} Baru"})
    assert Delegate.objects.get(pk=other.pk).name == "Budi Baru"


def test_the_database_lists_a_person_once_whoever_writes(dataset: Dataset) -> None:
    session = scene.running(dataset)
    scene.delegate(dataset, session, "Siti Contoh")
    for name in ("SITI contoh", f"Siti{NO_BREAK}\tContoh ", "Siti\u3000Contoh"):
        with pytest.raises(IntegrityError), transaction.atomic():
            scene.delegate(dataset, session, name)
    scene.delegate(dataset, session, "Siti Contoh", position="Sekretaris")
    scene.delegate(dataset, scene.running(dataset), "Siti Contoh")
    village = {"agency": None, "village": dataset.villages["lontar"]}
    scene.delegate(dataset, session, "Siti Contoh", **village)


def test_a_merged_row_does_not_become_a_third_one(dataset: Dataset) -> None:
    session = scene.running(dataset)
    third = scene.delegate(dataset, session, "Siti Contoh", position="Sekretaris")
    remaining = scene.delegate(dataset, session, "Siti Contoh")
    other = scene.delegate(dataset, session, "S. Contoh", position="Sekretaris")
    merge_delegates(other.pk, remaining.pk, acting_user=dataset.user("serang"))
    remaining.refresh_from_db()
    assert (remaining.position, third.identity) != ("Sekretaris", remaining.identity)
