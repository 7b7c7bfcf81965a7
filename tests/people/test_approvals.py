"""Approval requests: an administrator asks, the regional office approves."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desabinaan.accounts import services as accounts_services
from desabinaan.accounts.access import Role
from desabinaan.accounts.models import PasswordTicket
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset, assign, make_user
from tests.locks import locked_by
from villages.people import services as people_services
from villages.people.models import ApprovalRequest
from villages.people.selectors.approvals import waiting_accounts
from villages.places.models import Office
from villages.register import services as register_services
from villages.register.models import Assignment

LIST = "/akun/orang-kedua/"

ADMIN = "/admin/people/approvalrequest/add/"

GRANT = {"role": "auditor", "letter_number": "ST-7", "starts_on": "2026-03-02"}


def ask(dataset: Dataset, kind: str = "grant", account: str = "nobody", **details):
    return people_services.request_approval(
        kind,
        dataset.user(account),
        dataset.kanwil,
        (GRANT if kind == "grant" else {}) | details,
        reason="Pengganti",
        acting_user=dataset.user("admin"),
    )


def confirm(dataset: Dataset, operation: ApprovalRequest, name: str = "kanwil"):
    return people_services.grant_approval(operation, acting_user=dataset.user(name))


@pytest.fixture
def sensitive_user(dataset: Dataset) -> Dataset:
    """`nobody` is an auditor now."""
    confirm(dataset, ask(dataset))
    return dataset


def test_an_asked_role_holds_only_once_it_is_confirmed(dataset: Dataset, signed_in):
    approval = ask(dataset)
    assert not Assignment.objects.filter(user=dataset.people["nobody"]).exists()
    answer = signed_in("kanwil").post(f"{LIST}{approval.pk}/sahkan/")
    assert answer.url == f"{LIST}{approval.pk}/"
    assignment = Assignment.objects.get(user=dataset.people["nobody"])
    assert (assignment.role, assignment.assigned_by) == (
        "auditor",
        dataset.people["admin"],
    )
    approval.refresh_from_db()
    assert (approval.status, approval.decided_by) == (
        "approved",
        dataset.people["kanwil"],
    )
    assert dataset.user("nobody").is_sensitive


def test_a_request_stays_open_until_it_is_decided(dataset: Dataset):
    first, second = ask(dataset), ask(dataset, account="pimpasa")
    table = "people_approvalrequest"
    assert locked_by(lambda: confirm(dataset, first))[0] == table
    declined = partial(people_services.decline_approval, second, "Belum ada surat.")
    assert locked_by(partial(declined, acting_user=dataset.user("kanwil"))) == [table]


def test_requests_of_another_kanwil_are_neither_visible_nor_counted(
    dataset: Dataset, signed_in
):
    ask(dataset)
    elsewhere = Office.objects.create(
        kind="kanwil", name="Kantor Wilayah Contoh", short_name="Kanwil Contoh"
    )
    for office, count in ((dataset.kanwil, 1), (elsewhere, 0)):
        ApprovalRequest.objects.update(office=office)
        assert len(signed_in("kanwil").get(LIST).context["rows"]) == count
        assert waiting_accounts(dataset.user("kanwil"), 9)["approval"] == count


@pytest.mark.parametrize("name", ["kanwil", "kanwil2", "admin"])
@pytest.mark.parametrize("account", ["nobody", "kanwil2"])
def test_home_counts_what_the_service_lets_one_decide(
    dataset: Dataset, account: str, name: str
):
    """Also for an administrator who holds a post: none decides here."""
    approval = ask(dataset, account=account)
    assign(dataset.people["admin"], Role.REGIONAL_STAFF, office=dataset.kanwil)
    count = waiting_accounts(dataset.user(name), 9)["approval"]
    try:
        confirm(dataset, approval, name)
    except PermissionDenied:
        assert count == 0
    else:
        assert count == 1


def test_a_decided_request_has_no_page_to_decline_it(dataset: Dataset, signed_in):
    approval = ask(dataset)
    address = f"{LIST}{approval.pk}/tolak/"
    assert signed_in("kanwil").get(address).status_code == 200
    confirm(dataset, approval)
    assert signed_in("kanwil").get(address).url == f"{LIST}{approval.pk}/"


def test_the_administrator_asks_in_the_administration(dataset: Dataset, signed_in):
    post = GRANT | {
        "kind": "grant",
        "account": dataset.people["nobody"].pk,
        "office": dataset.kanwil.pk,
        "reason": "Pengganti",
    }
    signed_in("admin").post(ADMIN, post)
    assert ApprovalRequest.objects.get().requested_by == dataset.people["admin"]
    own = post | {"account": dataset.people["admin"].pk}
    page = signed_in("admin").post(ADMIN, own).content.decode()
    assert "akun sendiri" in page
    assert ApprovalRequest.objects.count() == 1


def test_no_service_grants_a_sensitive_role_without_approval(dataset: Dataset):
    letter = register_services.Letter("ST-1", "2026-03-02")
    with pytest.raises(PermissionDenied):
        register_services.assign(
            "auditor",
            dataset.user("nobody"),
            letter,
            office=dataset.kanwil,
            acting_user=dataset.user("admin"),
        )


@pytest.mark.parametrize("name", ["serang", "pimpasa", "auditor", "admin", "nobody"])
def test_only_the_regional_office_gives_the_second_approval(dataset: Dataset, name):
    approval = ask(dataset)
    with pytest.raises(PermissionDenied):
        confirm(dataset, approval, name)
    assert ApprovalRequest.objects.get().status == "requested"


def test_an_administrator_who_serves_at_the_kanwil_is_no_approver(
    dataset: Dataset,
):
    person = make_user("pengelola")
    assign(person, "regional_staff", office=dataset.kanwil)
    person.is_staff = True
    person.save()
    with pytest.raises(PermissionDenied):
        people_services.grant_approval(ask(dataset), acting_user=person)


def test_nobody_confirms_for_himself(dataset: Dataset):
    approval = ask(dataset, account="kanwil")
    with pytest.raises(PermissionDenied):
        confirm(dataset, approval)


def test_only_an_administrator_asks(dataset: Dataset):
    with pytest.raises(PermissionDenied):
        people_services.request_approval(
            "grant",
            dataset.user("nobody"),
            dataset.kanwil,
            GRANT,
            reason="x",
            acting_user=dataset.user("kanwil"),
        )


def test_a_second_click_shows_a_message_and_grants_nothing_more(
    dataset: Dataset, signed_in
):
    approval = ask(dataset)
    browser = signed_in("kanwil")
    browser.post(f"{LIST}{approval.pk}/sahkan/")
    again = browser.post(f"{LIST}{approval.pk}/sahkan/", follow=True).content.decode()
    assert "keadaannya sekarang" in again
    assert Assignment.objects.filter(user=dataset.people["nobody"]).count() == 1


def test_the_same_is_not_asked_twice(dataset: Dataset):
    ask(dataset)
    with pytest.raises(ValidationError, match="menunggu"):
        ask(dataset)


def test_a_declined_request_changes_nothing_and_keeps_the_reason(
    dataset: Dataset, signed_in
):
    approval = ask(dataset)
    page = signed_in("kanwil").post(f"{LIST}{approval.pk}/tolak/", {"reason": " "})
    assert page.status_code == 200
    signed_in("kanwil").post(
        f"{LIST}{approval.pk}/tolak/", {"reason": "Belum ada surat"}
    )
    approval.refresh_from_db()
    assert (approval.status, approval.decision_note) == ("declined", "Belum ada surat")
    assert not Assignment.objects.filter(user=dataset.people["nobody"]).exists()


def test_the_page_of_a_request_offers_the_approval(dataset: Dataset, signed_in):
    approval = ask(dataset)
    page = signed_in("kanwil").get(f"{LIST}{approval.pk}/").content.decode()
    assert f'action="{LIST}{approval.pk}/sahkan/"' in page


def test_a_reason_longer_than_its_column_is_refused(dataset: Dataset, signed_in):
    approval = ask(dataset)
    page = signed_in("kanwil").post(
        f"{LIST}{approval.pk}/tolak/", {"reason": "a" * 301}
    )
    assert page.status_code == 200
    approval.refresh_from_db()
    assert approval.status == "requested"


# --- Ways into a sensitive account -------------------------------------------


@pytest.mark.parametrize("name", ["username", "email", "phone"])
def test_an_administrator_alone_changes_no_way_in(sensitive_user: Dataset, name):
    with pytest.raises(IllegalTransition):
        accounts_services.change_account(
            sensitive_user.user("nobody"),
            {name: "lain"},
            acting_user=sensitive_user.user("admin"),
        )


def test_the_admin_shows_a_notice_and_keeps_the_address(
    sensitive_user: Dataset, signed_in
):
    person = sensitive_user.user("nobody")
    address = f"/admin/accounts/user/{person.pk}/change/"
    html = signed_in("admin").get(address).content.decode()
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
    assert "persetujuan kedua" in html
    assert sensitive_user.user("nobody").email == person.email


def test_an_administrator_alone_opens_no_sensitive_account(
    sensitive_user: Dataset, signed_in
):
    person = sensitive_user.people["nobody"]
    answer = signed_in("admin").post(
        f"/admin/accounts/user/{person.pk}/ticket/slip/", follow=True
    )
    assert "persetujuan kedua" in answer.content.decode().lower()
    assert not PasswordTicket.objects.filter(user=person).exists()


def test_the_owner_changes_the_own_address(sensitive_user: Dataset):
    person = sensitive_user.user("nobody")
    accounts_services.change_account(
        person, {"email": "baru@contoh.id"}, acting_user=person
    )
    assert sensitive_user.user("nobody").email == "baru@contoh.id"


def test_two_persons_change_an_address(sensitive_user: Dataset):
    confirm(sensitive_user, ask(sensitive_user, "contact", email="baru@contoh.id"))
    assert sensitive_user.user("nobody").email == "baru@contoh.id"


def test_two_persons_open_an_account_by_a_code_shown_once(
    sensitive_user: Dataset, signed_in
):
    approval = ask(sensitive_user, "code")
    page = signed_in("kanwil").post(f"{LIST}{approval.pk}/sahkan/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert (
        PasswordTicket.objects.filter(user=sensitive_user.people["nobody"]).count() == 1
    )


def test_the_list_takes_few_queries(
    dataset: Dataset, signed_in, django_assert_max_num_queries
):
    ask(dataset)
    browser = signed_in("kanwil")
    with django_assert_max_num_queries(6):
        page = browser.get(LIST).content.decode()
    assert dataset.people["nobody"].name in page
    assert f'<td data-label="Diminta oleh">{dataset.people["admin"].name}</td>' in page


def test_the_administrator_reads_what_was_asked(dataset: Dataset, signed_in):
    approval = ask(dataset)
    page = signed_in("admin").get(
        f"/admin/people/approvalrequest/{approval.pk}/change/"
    )
    assert page.status_code == 200
    assert "Pengganti" in page.content.decode()
