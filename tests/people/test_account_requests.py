"""A Kanim asks for an account, the Kanwil decides; codes come on a slip."""

import re
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection

from desabinaan.accounts.access import Role
from desabinaan.accounts.mail import MAIL_EXECUTOR
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset, assign, build_dataset
from villages.people import services as people_services
from villages.people.models import AccountRequest
from villages.people.selectors.account_requests import pending_account_requests
from villages.register.models import Assignment

LIST = "/akun/permintaan/"
CODE = re.compile(r"\b[A-Z0-9]{5}-[A-Z0-9]{5}\b")


def form(**changes):
    return {
        "role": "village_official",
        "village": "Lontar",
        "name": "Suparti",
        "username": "desa.lontar",
        "phone": "+6281234567890",
        "letter_number": "400/12/2026",
        "starts_on": "2 Maret 2026",
    } | changes


def ask(dataset: Dataset, name: str = "serang", **changes) -> AccountRequest:
    details = form(**changes) | {"starts_on": "2026-03-02"}
    return people_services.request_account(
        Role(details["role"]),
        dataset.villages["lontar"],
        details,
        acting_user=dataset.user(name),
    )


def test_the_kanim_asks_and_the_kanwil_finds_it(dataset: Dataset, signed_in):
    answer = signed_in("serang").post(f"{LIST}baru/", form())
    asked = AccountRequest.objects.get()
    assert answer.url == f"{LIST}{asked.pk}/"
    assert (asked.village, asked.requesting_office) == (
        dataset.villages["lontar"],
        dataset.serang,
    )
    assert asked.requested_by == dataset.people["serang"]
    assert not User.objects.filter(username="desa.lontar").exists()
    assert list(pending_account_requests(dataset.user("kanwil"))) == [asked]
    page = signed_in("kanwil").get(f"{LIST}?status=requested").content.decode()
    assert "Suparti" in page


def test_office_staff_are_asked_for_at_the_own_office(dataset: Dataset, signed_in):
    post = form(role="office_staff", village="", username="kanim.baru")
    signed_in("serang").post(f"{LIST}baru/", post)
    asked = AccountRequest.objects.get()
    assert (asked.village, asked.requesting_office) == (None, dataset.serang)
    made = people_services.approve_request(asked, acting_user=dataset.user("kanwil"))
    assignment = Assignment.objects.get(user=made.account)
    assert (assignment.role, assignment.office) == ("office_staff", dataset.serang)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"village": "Kronjo"}, "Tidak ada desa “Kronjo”"),
        ({"village": "36.03.07.2001"}, "Tidak ada desa"),
        ({"village": ""}, "Tulis desa"),
        ({"role": "regional_staff"}, "Pilih salah satu jawaban"),
        ({"role": "office_staff"}, "tidak bertugas di satu desa"),
        ({"username": "Desa Lontar"}, "huruf kecil"),
        ({"username": "official"}, "sudah ada"),
        ({"email": "bukan surel"}, "nama@contoh.id"),
        ({"starts_on": "besok"}, "sebagai tanggal"),
    ],
)
def test_an_invalid_request_shows_a_message_and_is_not_saved(
    signed_in, changes, message
):
    page = signed_in("serang").post(f"{LIST}baru/", form(**changes)).content.decode()
    assert message in page
    assert "Suparti" in page
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize(
    "name", ["kanwil", "pimpasa", "official", "auditor", "leader", "dinsos", "admin"]
)
def test_only_a_kanim_asks(signed_in, name):
    assert signed_in(name).post(f"{LIST}baru/", form()).status_code == 403
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [("serang", 200), ("kanwil", 200), ("pimpasa", 403), ("official", 403)],
)
def test_the_list_is_for_those_who_ask_or_decide(signed_in, name, status):
    assert signed_in(name).get(LIST).status_code == status


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("kanwil", 200),
        ("serang2", 403),
        ("serang", 403),
        ("tangerang", 404),
        ("pimpasa", 404),
        ("admin", 404),
    ],
)
def test_only_the_kanwil_approves(dataset: Dataset, signed_in, name, status):
    asked = ask(dataset)
    answer = signed_in(name).post(f"{LIST}{asked.pk}/setujui/")
    assert answer.status_code == status
    approved = status == 200
    assert User.objects.filter(username="desa.lontar").exists() == approved
    assert Assignment.objects.filter(letter_number="400/12/2026").exists() == approved


def test_approving_without_an_address_shows_a_slip_once(dataset: Dataset, signed_in):
    asked = ask(dataset)
    client = signed_in("kanwil")
    slip = client.post(f"{LIST}{asked.pk}/setujui/")
    page = slip.content.decode()
    assert CODE.search(page)
    assert "desa.lontar" in page
    assert "no-store" in slip["Cache-Control"]
    account = User.objects.get(username="desa.lontar")
    assert not account.has_usable_password()
    assert account.password_tickets.get().kind == PasswordTicket.Kind.CODE
    assert account.assignments.get().assigned_by == dataset.people["kanwil"]
    again = client.post(f"{LIST}{asked.pk}/setujui/", follow=True)
    assert not CODE.search(again.content.decode())
    assert account.password_tickets.count() == 1


def test_approving_with_an_address_sends_a_link(dataset: Dataset, signed_in):
    asked = ask(dataset, email="suparti@contoh.id")
    answer = signed_in("kanwil").post(f"{LIST}{asked.pk}/setujui/")
    assert answer.url == f"{LIST}{asked.pk}/"
    MAIL_EXECUTOR.submit(lambda: None).result()
    [sent] = mail.outbox
    assert sent.to == ["suparti@contoh.id"]
    assert "/akun/sandi/" in sent.body
    assert "Suparti" not in sent.body


def test_declining_needs_a_reason_that_the_office_reads(dataset: Dataset, signed_in):
    asked = ask(dataset)
    client = signed_in("kanwil")
    response = client.post(f"{LIST}{asked.pk}/tolak/", {"reason": " "})
    assert "Isi “Alasan”." in response.content.decode()
    client.post(f"{LIST}{asked.pk}/tolak/", {"reason": "Surat tugas belum ada."})
    asked.refresh_from_db()
    assert (asked.status, asked.decided_by) == ("declined", dataset.people["kanwil"])
    page = signed_in("serang").get(f"{LIST}{asked.pk}/").content.decode()
    assert "Surat tugas belum ada." in page
    assert not User.objects.filter(username="desa.lontar").exists()


@pytest.mark.parametrize(("name", "status"), [("serang", 403), ("tangerang", 404)])
def test_only_the_kanwil_declines(dataset: Dataset, signed_in, name, status):
    asked = ask(dataset)
    answer = signed_in(name).post(f"{LIST}{asked.pk}/tolak/", {"reason": "Tidak."})
    assert answer.status_code == status
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_a_decided_request_redirects_with_a_message(dataset: Dataset, signed_in):
    asked = ask(dataset)
    people_services.decline_request(asked, "Tidak.", acting_user=dataset.user("kanwil"))
    for verb in ("setujui", "tolak"):
        answer = signed_in("kanwil2").post(
            f"{LIST}{asked.pk}/{verb}/", {"reason": "x"}, follow=True
        )
        assert "keadaannya sekarang" in answer.content.decode()
    look = signed_in("kanwil2").get(f"{LIST}{asked.pk}/tolak/")
    assert look.url == f"{LIST}{asked.pk}/"
    assert not User.objects.filter(username="desa.lontar").exists()


def test_looking_approves_nothing_and_strangers_see_no_request(
    dataset: Dataset, signed_in
):
    asked = ask(dataset)
    assert signed_in("kanwil").get(f"{LIST}{asked.pk}/setujui/").status_code == 405
    assert signed_in("serang").get(f"{LIST}{asked.pk}/tolak/").status_code == 403
    assert "Suparti" not in signed_in("tangerang").get(LIST).content.decode()


def test_the_actions_refuse_strangers_themselves(dataset: Dataset):
    asked = ask(dataset)
    for approval in (
        lambda who: ask(dataset, who, username="lain"),
        lambda who: people_services.approve_request(
            asked, acting_user=dataset.user(who)
        ),
        lambda who: people_services.decline_request(
            asked, "x", acting_user=dataset.user(who)
        ),
    ):
        for name in ("tangerang", "official", "admin"):
            with pytest.raises(PermissionDenied):
                approval(name)
    with pytest.raises(PermissionDenied):
        people_services.issue_code(
            dataset.user("official"), acting_user=dataset.user("tangerang")
        )


def test_who_asked_never_decides(dataset: Dataset):
    both = dataset.people["kanwil"]
    assign(both, Role.OFFICE_STAFF, office=dataset.serang)
    asked = ask(dataset, "kanwil")
    for operation in (
        lambda: people_services.approve_request(
            asked, acting_user=dataset.user("kanwil")
        ),
        lambda: people_services.decline_request(
            asked, "x", acting_user=dataset.user("kanwil")
        ),
    ):
        with pytest.raises(PermissionDenied):
            operation()
    assert not pending_account_requests(dataset.user("kanwil")).exists()


def test_a_name_taken_in_the_meantime_shows_a_message(dataset: Dataset, signed_in):
    asked = ask(dataset)
    User.objects.create_user("desa.lontar", name="Orang Lain")
    answer = signed_in("kanwil").post(f"{LIST}{asked.pk}/setujui/", follow=True)
    assert "Akun tidak dibuat" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_the_same_name_is_not_asked_for_twice(dataset: Dataset, signed_in):
    ask(dataset)
    page = signed_in("serang").post(f"{LIST}baru/", form()).content.decode()
    assert "sudah diminta" in page
    assert AccountRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_make_one_account():
    dataset = build_dataset()
    asked = ask(dataset)
    start = Barrier(2)
    outcomes: list[str] = []

    def approve(name: str) -> None:
        user = dataset.user(name)
        start.wait()
        try:
            people_services.approve_request(asked, acting_user=user)
        except IllegalTransition as too_late:
            outcomes.append(str(too_late))
        finally:
            connection.close()

    threads = [Thread(target=approve, args=(name,)) for name in ("kanwil", "kanwil2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    account = User.objects.get(username="desa.lontar")
    assert account.assignments.count() == account.password_tickets.count() == 1
    [sentence] = outcomes
    assert "disetujui" in sentence or "approved" in sentence


# --- Codes for those who forgot ----------------------------------------------


@pytest.mark.parametrize(
    ("name", "person", "status"),
    [
        ("serang", "official", 200),
        ("serang", "pimpasa", 200),
        ("pimpasa", "official", 200),
        ("kanwil", "official", 200),
        ("kanwil", "serang", 200),
        ("kanwil", "leader", 200),
        ("kanwil", "mixed", 200),
        ("serang", "serang", 302),
        ("serang", "serang2", 302),
        ("kanwil", "kanwil2", 302),
        ("serang", "triage", 302),
        ("kanwil", "triage", 302),
        ("kanwil", "auditor", 302),
        ("serang", "mixed", 302),
        ("serang", "tangerang", 404),
        ("serang", "kanwil", 404),
        ("serang", "official_kronjo", 404),
        ("serang", "admin", 404),
        ("serang", "nobody", 404),
        ("official", "pimpasa", 404),
        ("auditor", "official", 404),
        ("mixed", "official", 404),
        ("admin", "official", 404),
    ],
)
def test_a_code_is_issued_downwards_only(
    dataset: Dataset, signed_in, name, person, status
):
    target = dataset.people[person]
    answer = signed_in(name).post(f"/akun/orang/{target.pk}/kode/")
    assert answer.status_code == status
    assert bool(CODE.search(answer.content.decode())) == (status == 200)
    assert PasswordTicket.objects.count() == (status == 200)


def test_an_administrator_with_a_role_gets_no_code_from_the_office(
    dataset: Dataset, signed_in
):
    admin = dataset.people["admin"]
    assign(admin, Role.VILLAGE_OFFICIAL, village=dataset.villages["lontar"])
    answer = signed_in("serang").post(f"/akun/orang/{admin.pk}/kode/", follow=True)
    assert "admin lain" in answer.content.decode()
    assert not PasswordTicket.objects.exists()


def test_looking_issues_no_code(dataset: Dataset, signed_in):
    target = dataset.people["official"]
    assert signed_in("serang").get(f"/akun/orang/{target.pk}/kode/").status_code == 405


def test_the_people_of_the_area_are_listed_and_found(
    signed_in, django_assert_max_num_queries
):
    client = signed_in("serang")
    with django_assert_max_num_queries(6):
        page = client.get("/akun/orang/").content.decode()
    assert "Contoh official<" in page
    assert "Contoh triage" in page
    assert "Contoh tangerang" not in page
    assert "Contoh kanwil" not in page
    found = client.get("/akun/orang/?q=mix").content.decode()
    assert "Contoh mixed" in found
    assert "Kronjo" not in found
    assert "Contoh pimpasa" not in found


@pytest.mark.parametrize("name", ["official", "auditor", "leader", "dinsos", "admin"])
def test_the_people_are_not_for_everybody(signed_in, name):
    assert signed_in(name).get("/akun/orang/").status_code == 403
