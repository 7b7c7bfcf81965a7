"""A Kanim asks for an account, the Kanwil decides; codes come on a slip."""

import re
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection

from desabinaan.accounts.access import Role
from desabinaan.accounts.mail import POST_OFFICE
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.transitions import IllegalTransition
from tests.world import World, assign, build_world
from villages import actions
from villages.models import AccountRequest, Assignment
from villages.selectors import pending_account_requests

LIST = "/akun/permintaan/"
CODE = re.compile(r"\b[A-Z0-9]{5}-[A-Z0-9]{5}\b")


def form(**changes):
    return {
        "role": "village_official",
        "village": "Lontar",
        "name": "Suparti",
        "username": "desa.lontar",
        "phone": "0812 3456 7890",
        "letter_number": "400/12/2026",
        "starts_on": "2 Maret 2026",
    } | changes


def ask(world: World, name: str = "serang", **changes) -> AccountRequest:
    details = form(**changes) | {"starts_on": "2026-03-02"}
    return actions.request_account(
        Role(details["role"]),
        world.villages["lontar"],
        details,
        acting_user=world.user(name),
    )


def test_the_kanim_asks_and_the_kanwil_finds_it(world: World, signed_in):
    answer = signed_in("serang").post(f"{LIST}baru/", form())
    asked = AccountRequest.objects.get()
    assert answer.url == f"{LIST}{asked.pk}/"
    assert (asked.village, asked.requesting_office) == (
        world.villages["lontar"],
        world.serang,
    )
    assert asked.requested_by == world.people["serang"]
    assert not User.objects.filter(username="desa.lontar").exists()
    assert list(pending_account_requests(world.user("kanwil"))) == [asked]
    page = signed_in("kanwil").get(f"{LIST}?status=requested").content.decode()
    assert "Suparti" in page


def test_office_staff_are_asked_for_at_the_own_office(world: World, signed_in):
    post = form(role="office_staff", village="", username="kanim.baru")
    signed_in("serang").post(f"{LIST}baru/", post)
    asked = AccountRequest.objects.get()
    assert (asked.village, asked.requesting_office) == (None, world.serang)
    made = actions.approve_request(asked, acting_user=world.user("kanwil"))
    held = Assignment.objects.get(user=made.account)
    assert (held.role, held.office) == ("office_staff", world.serang)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"village": "Kronjo"}, "Tidak ada desa “Kronjo”"),
        ({"village": "36.03.07.2001"}, "Tidak ada desa"),
        ({"village": ""}, "Sebutkan desa"),
        ({"role": "regional_staff"}, "Pilih salah satu jawaban"),
        ({"role": "office_staff"}, "tidak bertugas di satu desa"),
        ({"username": "Desa Lontar"}, "huruf kecil"),
        ({"username": "official"}, "sudah ada"),
        ({"email": "bukan surel"}, "nama@contoh.id"),
        ({"starts_on": "besok"}, "sebagai tanggal"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_asked(signed_in, changes, told):
    page = signed_in("serang").post(f"{LIST}baru/", form(**changes)).content.decode()
    assert told in page
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
def test_only_the_kanwil_approves(world: World, signed_in, name, status):
    asked = ask(world)
    answer = signed_in(name).post(f"{LIST}{asked.pk}/setujui/")
    assert answer.status_code == status
    approved = status == 200
    assert User.objects.filter(username="desa.lontar").exists() == approved
    assert Assignment.objects.filter(letter_number="400/12/2026").exists() == approved


def test_approving_without_an_address_shows_a_slip_once(world: World, signed_in):
    asked = ask(world)
    client = signed_in("kanwil")
    slip = client.post(f"{LIST}{asked.pk}/setujui/")
    page = slip.content.decode()
    assert CODE.search(page)
    assert "desa.lontar" in page
    assert "no-store" in slip["Cache-Control"]
    account = User.objects.get(username="desa.lontar")
    assert not account.has_usable_password()
    assert account.password_tickets.get().kind == PasswordTicket.Kind.CODE
    assert account.assignments.get().assigned_by == world.people["kanwil"]
    again = client.post(f"{LIST}{asked.pk}/setujui/", follow=True)
    assert not CODE.search(again.content.decode())
    assert account.password_tickets.count() == 1


def test_approving_with_an_address_sends_a_link(world: World, signed_in):
    asked = ask(world, email="suparti@contoh.id")
    answer = signed_in("kanwil").post(f"{LIST}{asked.pk}/setujui/")
    assert answer.url == f"{LIST}{asked.pk}/"
    POST_OFFICE.submit(lambda: None).result()
    [sent] = mail.outbox
    assert sent.to == ["suparti@contoh.id"]
    assert "/akun/sandi/" in sent.body
    assert "Suparti" not in sent.body


def test_declining_needs_a_reason_that_the_office_reads(world: World, signed_in):
    asked = ask(world)
    client = signed_in("kanwil")
    told = client.post(f"{LIST}{asked.pk}/tolak/", {"reason": " "})
    assert "Isi “Alasan”." in told.content.decode()
    client.post(f"{LIST}{asked.pk}/tolak/", {"reason": "Surat tugas belum ada."})
    asked.refresh_from_db()
    assert (asked.status, asked.decided_by) == ("declined", world.people["kanwil"])
    page = signed_in("serang").get(f"{LIST}{asked.pk}/").content.decode()
    assert "Surat tugas belum ada." in page
    assert not User.objects.filter(username="desa.lontar").exists()


@pytest.mark.parametrize(("name", "status"), [("serang", 403), ("tangerang", 404)])
def test_only_the_kanwil_declines(world: World, signed_in, name, status):
    asked = ask(world)
    answer = signed_in(name).post(f"{LIST}{asked.pk}/tolak/", {"reason": "Tidak."})
    assert answer.status_code == status
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_a_decided_request_is_told_and_led_back(world: World, signed_in):
    asked = ask(world)
    actions.decline_request(asked, "Tidak.", acting_user=world.user("kanwil"))
    for verb in ("setujui", "tolak"):
        answer = signed_in("kanwil2").post(
            f"{LIST}{asked.pk}/{verb}/", {"reason": "x"}, follow=True
        )
        assert "lebih dahulu" in answer.content.decode()
    look = signed_in("kanwil2").get(f"{LIST}{asked.pk}/tolak/")
    assert look.url == f"{LIST}{asked.pk}/"
    assert not User.objects.filter(username="desa.lontar").exists()


def test_looking_approves_nothing_and_strangers_see_no_request(world: World, signed_in):
    asked = ask(world)
    assert signed_in("kanwil").get(f"{LIST}{asked.pk}/setujui/").status_code == 405
    assert signed_in("serang").get(f"{LIST}{asked.pk}/tolak/").status_code == 403
    assert "Suparti" not in signed_in("tangerang").get(LIST).content.decode()


def test_the_actions_refuse_strangers_themselves(world: World):
    asked = ask(world)
    for deed in (
        lambda who: ask(world, who, username="lain"),
        lambda who: actions.approve_request(asked, acting_user=world.user(who)),
        lambda who: actions.decline_request(asked, "x", acting_user=world.user(who)),
    ):
        for name in ("tangerang", "official", "admin"):
            with pytest.raises(PermissionDenied):
                deed(name)
    with pytest.raises(PermissionDenied):
        actions.issue_code(world.user("official"), acting_user=world.user("tangerang"))


def test_who_asked_never_decides(world: World):
    both = world.people["kanwil"]
    assign(both, Role.OFFICE_STAFF, office=world.serang)
    asked = ask(world, "kanwil")
    for deed in (
        lambda: actions.approve_request(asked, acting_user=world.user("kanwil")),
        lambda: actions.decline_request(asked, "x", acting_user=world.user("kanwil")),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert not pending_account_requests(world.user("kanwil")).exists()


def test_a_name_taken_in_the_meantime_is_told(world: World, signed_in):
    asked = ask(world)
    User.objects.create_user("desa.lontar", name="Orang Lain")
    answer = signed_in("kanwil").post(f"{LIST}{asked.pk}/setujui/", follow=True)
    assert "Akun tidak dibuat" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_the_same_name_is_not_asked_for_twice(world: World, signed_in):
    ask(world)
    page = signed_in("serang").post(f"{LIST}baru/", form()).content.decode()
    assert "sudah diminta" in page
    assert AccountRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_make_one_account():
    world = build_world()
    asked = ask(world)
    start = Barrier(2)
    told: list[str] = []

    def approve(name: str) -> None:
        user = world.user(name)
        start.wait()
        try:
            actions.approve_request(asked, acting_user=user)
        except IllegalTransition as too_late:
            told.append(str(too_late))
        finally:
            connection.close()

    threads = [Thread(target=approve, args=(name,)) for name in ("kanwil", "kanwil2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    account = User.objects.get(username="desa.lontar")
    assert account.assignments.count() == account.password_tickets.count() == 1
    [sentence] = told
    assert "faster" in sentence or "lebih dahulu" in sentence


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
def test_a_code_is_issued_downwards_only(world: World, signed_in, name, person, status):
    target = world.people[person]
    answer = signed_in(name).post(f"/akun/orang/{target.pk}/kode/")
    assert answer.status_code == status
    assert bool(CODE.search(answer.content.decode())) == (status == 200)
    assert PasswordTicket.objects.count() == (status == 200)


def test_an_administrator_with_a_role_gets_no_code_from_the_office(
    world: World, signed_in
):
    admin = world.people["admin"]
    assign(admin, Role.VILLAGE_OFFICIAL, village=world.villages["lontar"])
    answer = signed_in("serang").post(f"/akun/orang/{admin.pk}/kode/", follow=True)
    assert "admin lain" in answer.content.decode()
    assert not PasswordTicket.objects.exists()


def test_looking_issues_no_code(world: World, signed_in):
    target = world.people["official"]
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
