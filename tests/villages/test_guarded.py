"""Deeds of two persons: an administrator asks, the regional office confirms."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desabinaan.accounts import actions as accounts
from desabinaan.accounts.models import PasswordTicket
from desabinaan.lib.transitions import IllegalTransition
from tests.locks import locked_by
from tests.world import World, assign, make_user
from villages import actions
from villages.models import Assignment, GuardedDeed, Office
from villages.selectors.guarded import waiting_accounts

LIST = "/akun/orang-kedua/"
ADMIN = "/admin/villages/guardeddeed/add/"
GRANT = {"role": "auditor", "letter_number": "ST-7", "starts_on": "2026-03-02"}


def ask(world: World, kind: str = "grant", account: str = "nobody", **details):
    return actions.ask_guarded(
        kind,
        world.user(account),
        world.kanwil,
        (GRANT if kind == "grant" else {}) | details,
        reason="Pengganti",
        acting_user=world.user("admin"),
    )


def confirm(world: World, deed: GuardedDeed, name: str = "kanwil"):
    return actions.confirm_guarded(deed, acting_user=world.user(name))


@pytest.fixture
def guard(world: World) -> World:
    """`nobody` is an auditor now."""
    confirm(world, ask(world))
    return world


def test_an_asked_role_holds_only_once_it_is_confirmed(world: World, signed_in):
    deed = ask(world)
    assert not Assignment.objects.filter(user=world.people["nobody"]).exists()
    answer = signed_in("kanwil").post(f"{LIST}{deed.pk}/sahkan/")
    assert answer.url == f"{LIST}{deed.pk}/"
    held = Assignment.objects.get(user=world.people["nobody"])
    assert (held.role, held.assigned_by) == ("auditor", world.people["admin"])
    deed.refresh_from_db()
    assert (deed.status, deed.decided_by) == ("confirmed", world.people["kanwil"])
    assert world.user("nobody").is_guarded


def test_a_deed_is_held_until_it_is_decided(world: World):
    first, second = ask(world), ask(world, account="pimpasa")
    held = "villages_guardeddeed"
    assert locked_by(lambda: confirm(world, first))[0] == held
    declined = partial(actions.decline_guarded, second, "Belum ada surat.")
    assert locked_by(partial(declined, acting_user=world.user("kanwil"))) == [held]


def test_deeds_of_another_kanwil_are_neither_seen_nor_counted(world: World, signed_in):
    ask(world)
    elsewhere = Office.objects.create(
        kind="kanwil", name="Kantor Wilayah Contoh", short_name="Kanwil Contoh"
    )
    for office, count in ((world.kanwil, 1), (elsewhere, 0)):
        GuardedDeed.objects.update(office=office)
        assert len(signed_in("kanwil").get(LIST).context["rows"]) == count
        assert waiting_accounts(world.user("kanwil"), 9)["guarded"] == count


def test_a_decided_deed_has_no_page_to_decline_it(world: World, signed_in):
    deed = ask(world)
    address = f"{LIST}{deed.pk}/tolak/"
    assert signed_in("kanwil").get(address).status_code == 200
    confirm(world, deed)
    assert signed_in("kanwil").get(address).url == f"{LIST}{deed.pk}/"


def test_the_administrator_asks_in_the_administration(world: World, signed_in):
    post = GRANT | {
        "kind": "grant",
        "account": world.people["nobody"].pk,
        "office": world.kanwil.pk,
        "reason": "Pengganti",
    }
    signed_in("admin").post(ADMIN, post)
    assert GuardedDeed.objects.get().asked_by == world.people["admin"]
    own = post | {"account": world.people["admin"].pk}
    page = signed_in("admin").post(ADMIN, own).content.decode()
    assert "dirinya sendiri" in page
    assert GuardedDeed.objects.count() == 1


def test_no_action_grants_a_guarded_role_by_one_person(world: World):
    letter = actions.Letter("ST-1", "2026-03-02")
    with pytest.raises(PermissionDenied):
        actions.assign(
            "auditor",
            world.user("nobody"),
            letter,
            office=world.kanwil,
            acting_user=world.user("admin"),
        )


@pytest.mark.parametrize("name", ["serang", "pimpasa", "auditor", "admin", "nobody"])
def test_only_the_regional_office_is_second_person(world: World, name):
    deed = ask(world)
    with pytest.raises(PermissionDenied):
        confirm(world, deed, name)
    assert GuardedDeed.objects.get().status == "asked"


def test_an_administrator_who_serves_at_the_kanwil_is_no_second_person(world: World):
    person = make_user("pengelola")
    assign(person, "regional_staff", office=world.kanwil)
    person.is_staff = True
    person.save()
    with pytest.raises(PermissionDenied):
        actions.confirm_guarded(ask(world), acting_user=person)


def test_nobody_confirms_for_himself(world: World):
    deed = ask(world, account="kanwil")
    with pytest.raises(PermissionDenied):
        confirm(world, deed)


def test_only_an_administrator_asks(world: World):
    with pytest.raises(PermissionDenied):
        actions.ask_guarded(
            "grant",
            world.user("nobody"),
            world.kanwil,
            GRANT,
            reason="x",
            acting_user=world.user("kanwil"),
        )


def test_a_second_click_is_told_and_grants_nothing_more(world: World, signed_in):
    deed = ask(world)
    browser = signed_in("kanwil")
    browser.post(f"{LIST}{deed.pk}/sahkan/")
    again = browser.post(f"{LIST}{deed.pk}/sahkan/", follow=True).content.decode()
    assert "lebih dahulu" in again
    assert Assignment.objects.filter(user=world.people["nobody"]).count() == 1


def test_the_same_is_not_asked_twice(world: World):
    ask(world)
    with pytest.raises(ValidationError, match="menunggu"):
        ask(world)


def test_a_declined_deed_does_nothing_and_says_why(world: World, signed_in):
    deed = ask(world)
    page = signed_in("kanwil").post(f"{LIST}{deed.pk}/tolak/", {"reason": " "})
    assert page.status_code == 200
    signed_in("kanwil").post(f"{LIST}{deed.pk}/tolak/", {"reason": "Belum ada surat"})
    deed.refresh_from_db()
    assert (deed.status, deed.decision_note) == ("declined", "Belum ada surat")
    assert not Assignment.objects.filter(user=world.people["nobody"]).exists()


# --- Ways into a guarded account ---------------------------------------------


@pytest.mark.parametrize("name", ["username", "email", "phone"])
def test_an_administrator_alone_changes_no_way_in(guard: World, name):
    with pytest.raises(IllegalTransition):
        accounts.change_account(
            guard.user("nobody"), {name: "lain"}, acting_user=guard.user("admin")
        )


def test_the_administration_tells_it_and_keeps_the_address(guard: World, signed_in):
    person = guard.user("nobody")
    address = f"/admin/accounts/user/{person.pk}/change/"
    told = signed_in("admin").get(address).content.decode()
    signed_in("admin").post(
        address,
        {
            "username": person.username,
            "name": person.name,
            "email": "lain@contoh.id",
            "language": "id",
            "is_active": "on",
        },
    )
    assert "Orang kedua" in told
    assert guard.user("nobody").email == person.email


def test_an_administrator_alone_opens_no_guarded_account(guard: World, signed_in):
    person = guard.people["nobody"]
    answer = signed_in("admin").post(
        f"/admin/accounts/user/{person.pk}/ticket/slip/", follow=True
    )
    assert "orang kedua" in answer.content.decode().lower()
    assert not PasswordTicket.objects.filter(user=person).exists()


def test_the_owner_changes_the_own_address(guard: World):
    person = guard.user("nobody")
    accounts.change_account(person, {"email": "baru@contoh.id"}, acting_user=person)
    assert guard.user("nobody").email == "baru@contoh.id"


def test_two_persons_change_an_address(guard: World):
    confirm(guard, ask(guard, "contact", email="baru@contoh.id"))
    assert guard.user("nobody").email == "baru@contoh.id"


def test_two_persons_open_an_account_by_a_code_shown_once(guard: World, signed_in):
    deed = ask(guard, "code")
    page = signed_in("kanwil").post(f"{LIST}{deed.pk}/sahkan/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert PasswordTicket.objects.filter(user=guard.people["nobody"]).count() == 1


def test_the_list_takes_few_queries(
    world: World, signed_in, django_assert_max_num_queries
):
    ask(world)
    browser = signed_in("kanwil")
    with django_assert_max_num_queries(6):
        page = browser.get(LIST).content.decode()
    assert world.people["nobody"].name in page


def test_the_administrator_reads_what_was_asked(world: World, signed_in):
    deed = ask(world)
    page = signed_in("admin").get(f"/admin/villages/guardeddeed/{deed.pk}/change/")
    assert page.status_code == 200
    assert "Pengganti" in page.content.decode()
