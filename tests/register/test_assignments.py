"""Who serves a village: assigned by letter, never by oneself, ended by a day."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset, assign, build_dataset
from tests.register.paper import letter, pdf_upload
from villages.people import selectors as people_selectors
from villages.places.permissions import roles_for
from villages.register import services as register_services
from villages.register.models import Assignment, Village

ADDRESS = "/desa/36.04.13.2007/petugas/"


def form(**changes):
    return {
        "person": "serang2",
        "number": "ST-007/2026",
        "starts_on": "5 Januari 2026",
        "file": pdf_upload(),
    } | changes


def serving(village: Village, name: str) -> list[Assignment]:
    return list(village.assignments.filter(user__username=name, role="pimpasa"))


def test_the_office_assigns_a_colleague_as_pimpasa(dataset: Dataset, signed_in):
    answer = signed_in("serang").post(f"{ADDRESS}baru/", form())
    assert answer.url == ADDRESS
    village = dataset.villages["lontar"]
    [made] = serving(village, "serang2")
    assert (made.letter_number, made.starts_on) == ("ST-007/2026", date(2026, 1, 5))
    assert made.assigned_by == dataset.people["serang"]
    assert Role.PIMPASA in roles_for(dataset.user("serang2")).at_village[village.pk]
    assert village.events.get().verb == "assign"


def offered(client: Client) -> dict[str, str]:
    """The officers to choose from, by user name, as the form words them."""
    choices = client.get(f"{ADDRESS}baru/").context["form"]["person"].field.choices
    return {key: label for key, label in choices if key}


@pytest.fixture
def newcomer(dataset: Dataset, signed_in) -> User:
    """An account made in the administration, where it gets no role."""
    details = {"name": "Orang Baru", "email": "", "phone": "", "language": "id"}
    answer = signed_in("admin").post(
        "/admin/accounts/user/add/", details | {"username": "orang.baru"}
    )
    assert answer.status_code == 302
    return User.objects.get(username="orang.baru")


def test_the_kanwil_assigns_a_new_account_of_the_administration(
    dataset: Dataset, newcomer: User, signed_in
):
    label = offered(signed_in("kanwil"))["orang.baru"]
    assert label == "Orang Baru (orang.baru), tanpa peran"
    answer = signed_in("kanwil").post(f"{ADDRESS}baru/", form(person="orang.baru"))
    assert answer.url == ADDRESS
    assert len(serving(dataset.villages["lontar"], "orang.baru")) == 1
    assert offered(signed_in("serang"))["orang.baru"] == "Orang Baru (orang.baru)"


def test_the_form_for_several_villages_offers_it_too(newcomer: User, signed_in):
    page = signed_in("kanwil").get("/desa/zonasi/surat-tugas/")
    assert "Orang Baru (orang.baru)" in page.content.decode()


def test_an_office_under_a_kanwil_is_not_offered_strangers(newcomer: User, signed_in):
    assert "orang.baru" not in offered(signed_in("serang"))
    answer = signed_in("serang").post(f"{ADDRESS}baru/", form(person="orang.baru"))
    assert answer.status_code == 200
    assert not newcomer.assignments.exists()


@pytest.mark.parametrize(
    "name", ["admin", "dinsos", "official", "auditor", "tangerang", "triage"]
)
def test_whoever_has_a_post_is_no_new_account(dataset, signed_in, name):
    username = dataset.people[name].username
    assert "tanpa peran" not in offered(signed_in("kanwil")).get(username, "")
    found = signed_in("kanwil").get("/akun/orang/?without_role=on")
    assert username not in [row["username"] for row in found.context["rows"]]


def test_a_closed_or_former_account_is_no_new_account(
    dataset: Dataset, newcomer: User, signed_in
):
    past = timezone.localdate() - timedelta(days=1)
    assign(newcomer, Role.OFFICE_STAFF, office=dataset.tangerang, ends_on=past)
    assert "tanpa peran" not in offered(signed_in("kanwil"))["orang.baru"]
    newcomer.assignments.all().delete()
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert "orang.baru" not in offered(signed_in("kanwil"))


def test_the_list_of_people_can_show_those_without_a_role(
    dataset: Dataset, newcomer: User, signed_in
):
    page = signed_in("kanwil").get("/akun/orang/?without_role=on&q=orang")
    [row] = page.context["rows"]
    assert (row["username"], row["held_roles"]) == ("orang.baru", [])
    assert not row["may_get_code"]
    assert "Tanpa peran" in page.content.decode()
    assert "orang.baru" not in signed_in("kanwil").get("/akun/orang/").content.decode()
    # an office under a Kanwil has no such filter, and its parameter shows nobody
    page = signed_in("serang").get("/akun/orang/?without_role=on")
    assert "orang.baru" not in page.content.decode()
    assert list(page.context["rows"]) == []
    assert not people_selectors.person_rows(dataset.user("serang"), without_role=True)
    assert people_selectors.person_rows(dataset.user("kanwil"), without_role=True)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("kanwil", 302),
        ("pimpasa", 403),
        ("official", 403),
        ("auditor", 403),
        ("tangerang", 404),
        ("mixed", 404),
    ],
)
def test_only_the_office_and_the_kanwil_assign(dataset, signed_in, name, status):
    answer = signed_in(name).post(f"{ADDRESS}baru/", form())
    assert answer.status_code == status
    assert len(serving(dataset.villages["lontar"], "serang2")) == (status == 302)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"person": "serang"}, "tidak mengenal akun aktif"),
        ({"person": "tangerang"}, "tidak mengenal akun aktif"),
        ({"person": "admin"}, "tidak mengenal akun aktif"),
        ({"person": "tidak.ada"}, "tidak mengenal akun aktif"),
        ({"person": "pimpasa"}, "sudah bertugas di sini"),
        ({"ends_on": "1/1/2026"}, "mendahului tanggal mulai"),
        ({"starts_on": "31/2/2026"}, "sebagai tanggal"),
    ],
)
def test_a_mistake_is_shown_and_nothing_is_assigned(signed_in, changes, message):
    before = Assignment.objects.count()
    page = signed_in("serang").post(f"{ADDRESS}baru/", form(**changes))
    assert message in page.content.decode()
    assert 'value="ST-007/2026"' in page.content.decode()
    assert Assignment.objects.count() == before


def test_nobody_assigns_himself_by_the_action_either(dataset: Dataset):
    serang = dataset.user("serang")
    with pytest.raises(ValidationError):
        register_services.assign_pimpasa(
            dataset.villages["lontar"], serang, letter(), acting_user=serang
        )


def test_an_assignment_ends_with_a_day_and_stays_in_the_history(
    dataset: Dataset, signed_in
):
    village = dataset.villages["lontar"]
    [assignment] = serving(village, "pimpasa")
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = signed_in("serang").post(
        f"{ADDRESS}{assignment.pk}/selesai/", {"ends_on": yesterday.isoformat()}
    )
    assert answer.url == ADDRESS
    assert village.pk not in roles_for(dataset.user("pimpasa")).at_village
    assert signed_in("pimpasa").get(ADDRESS).status_code == 404
    page = signed_in("kanwil").get(ADDRESS).content.decode()
    assert page.index("Pernah bertugas") < page.index("Contoh pimpasa<")
    response = signed_in("serang").get(
        f"{ADDRESS}{assignment.pk}/selesai/", follow=True
    )
    assert "sudah berakhir" in response.content.decode()


def test_who_begins_later_does_not_serve_now(dataset: Dataset, signed_in):
    village, today = dataset.villages["lontar"], timezone.localdate()
    [assignment] = serving(village, "pimpasa")
    for name, days in (("serang2", 90), ("serang", 1), ("nobody", 0)):
        begins = today + timedelta(days=days)
        assign(dataset.people[name], Role.PIMPASA, village=village, starts_on=begins)
    page = signed_in("serang").get(ADDRESS)
    now = {one.user.username for one in page.context["serving"]}
    assert {"pimpasa", "nobody"} <= now
    assert not {"serang", "serang2"} & now
    soonest_first = [one.user.username for one in page.context["coming"]]
    assert soonest_first == ["serang", "serang2"]
    assert assignment not in page.context["former"]
    assert "Akan bertugas" in page.content.decode()
    nobody_comes = signed_in("kanwil").get("/desa/36.03.07.2001/petugas/")
    assert nobody_comes.status_code == 200
    assert "Akan bertugas" not in nobody_comes.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("official", 403), ("pimpasa", 403), ("tangerang", 404), ("mixed", 404)],
)
def test_others_do_not_end_it(dataset: Dataset, signed_in, name, status):
    [assignment] = serving(dataset.villages["lontar"], "pimpasa")
    answer = signed_in(name).post(
        f"{ADDRESS}{assignment.pk}/selesai/", {"ends_on": "2026-01-05"}
    )
    assert answer.status_code == status
    assignment.refresh_from_db()
    assert assignment.ends_on is None


def test_an_assignment_of_another_village_is_not_found_here(
    dataset: Dataset, signed_in
):
    [assignment] = serving(dataset.villages["kronjo"], "pimpasa.kronjo")
    address = f"{ADDRESS}{assignment.pk}/selesai/"
    assert signed_in("kanwil").post(address, {"ends_on": "2026-01-05"}).status_code == (
        404
    )


@pytest.mark.parametrize("page", ["baru/", "{pk}/selesai/"])
def test_a_form_is_not_even_shown_to_others(dataset: Dataset, signed_in, page):
    [assignment] = serving(dataset.villages["lontar"], "pimpasa")
    address = ADDRESS + page.format(pk=assignment.pk)
    assert signed_in("official").get(address).status_code == 403
    assert signed_in("serang").get(address).status_code == 200


def test_the_actions_refuse_strangers_themselves(dataset: Dataset):
    village, stranger = dataset.villages["lontar"], dataset.user("mixed")
    [assignment] = serving(village, "pimpasa")
    with pytest.raises(PermissionDenied):
        register_services.assign_pimpasa(
            village, dataset.user("serang2"), letter(), acting_user=stranger
        )
    with pytest.raises(PermissionDenied):
        register_services.end_assignment(
            assignment, date(2026, 1, 5), acting_user=stranger
        )


def test_an_end_date_before_the_start_is_refused(dataset: Dataset, signed_in):
    [assignment] = serving(dataset.villages["lontar"], "pimpasa")
    page = signed_in("serang").post(
        f"{ADDRESS}{assignment.pk}/selesai/", {"ends_on": "1/1/2020"}
    )
    assert "mendahului tanggal mulai" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("official", 200), ("tangerang", 404), ("mixed", 404)]
)
def test_the_letter_goes_only_through_the_row_check(dataset, signed_in, name, status):
    made = register_services.assign_pimpasa(
        dataset.villages["lontar"],
        dataset.user("serang2"),
        letter(),
        acting_user=dataset.user("kanwil"),
    )
    address = f"/desa/petugas/{made.pk}/berkas/"
    answer = signed_in(name).get(address)
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_an_assignment_without_a_letter_file_has_no_file(dataset: Dataset, signed_in):
    [assignment] = serving(dataset.villages["lontar"], "pimpasa")
    assert signed_in("kanwil").get(
        f"/desa/petugas/{assignment.pk}/berkas/"
    ).status_code == (404)


def test_roles_are_granted_by_the_kanwil_or_an_administrator(dataset: Dataset):
    office, person = dataset.serang, dataset.user("nobody")
    for name, error in (
        ("serang", PermissionDenied),
        ("pimpasa", PermissionDenied),
        ("nobody", PermissionDenied),
    ):
        with pytest.raises(error):
            register_services.assign(
                Role.OFFICE_STAFF,
                person,
                letter(),
                office=office,
                acting_user=dataset.user(name),
            )
    for name in ("kanwil", "admin"):
        register_services.assign(
            Role.OFFICE_STAFF,
            person,
            letter(),
            office=office,
            acting_user=dataset.user(name),
        )
    admin = dataset.user("admin")
    with pytest.raises(ValidationError):
        register_services.assign(
            Role.OFFICE_STAFF, admin, letter(), office=office, acting_user=admin
        )


def test_an_office_role_is_ended_by_the_kanwil_only(dataset: Dataset):
    assignment = assign(
        dataset.people["nobody"], Role.OFFICE_STAFF, office=dataset.serang
    )
    with pytest.raises(PermissionDenied):
        register_services.end_assignment(
            assignment, date(2026, 1, 5), acting_user=dataset.user("serang")
        )
    register_services.end_assignment(
        assignment, date(2026, 1, 5), acting_user=dataset.user("kanwil")
    )
    assert not roles_for(dataset.user("nobody")).posts


@pytest.mark.django_db(transaction=True)
def test_two_who_end_it_at_once_record_one_end():
    dataset = build_dataset()
    [assignment] = serving(dataset.villages["lontar"], "pimpasa")
    start = Barrier(2)
    outcomes: list[str] = []

    def end(name: str) -> None:
        user = dataset.user(name)
        start.wait()
        try:
            register_services.end_assignment(
                assignment, date(2026, 1, 5), acting_user=user
            )
        except IllegalTransition:
            outcomes.append(name)
        finally:
            connection.close()

    threads = [Thread(target=end, args=(name,)) for name in ("serang", "serang2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dataset.villages["lontar"].events.count() == 1
    assert len(outcomes) == 1


@pytest.mark.parametrize(
    ("language", "role"),
    [
        ("id", "Petugas Imigrasi Pembina Desa (PIMPASA)"),
        ("en", "Village immigration officer (PIMPASA)"),
    ],
)
def test_the_role_that_ended_is_named_in_the_language_of_the_reader(
    dataset: Dataset, signed_in, language: str, role: str
) -> None:
    village = dataset.villages["lontar"]
    [served] = serving(village, "pimpasa")
    register_services.end_assignment(
        served, ends_on=timezone.localdate(), acting_user=dataset.user("serang")
    )
    User.objects.update(language=language)
    page = signed_in("serang").get(f"/desa/{village.code}/")
    assert f"{served.user} · {role}" in page.content.decode()
