"""What is known of each row of an account list before its requests are sent."""

from html import unescape

import pytest
from django.test import Client

from desabinaan.accounts.models import User
from tests.dataset import Dataset, make_user
from tests.people.account_lists import (
    DEWI,
    PERSON,
    brought,
    shown,
    twenty,
    wanted,
)
from tests.people_lists import (
    edit,
    page,
    problems_of,
    send,
    sharing,
)
from tests.uploads.buttons import answered
from villages.people import services as people_services
from villages.people.kind import ACCOUNT_LISTS
from villages.people.models import AccountList, AccountRequest


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"username": "official"}, "Nama pengguna official sudah dipakai Contoh"),
        ({"username": "tangerang"}, "Nama pengguna tangerang sudah dipakai akun lain"),
        ({"email": "KANTOR@contoh.id"}, "sudah dipakai Contoh official"),
        ({"phone": "+62 812-999-000"}, "sudah dipakai Contoh official"),
        ({"username": "waiting"}, "permintaan yang masih menunggu"),
        ({"place": "Kronjo"}, "dalam binaan Anda"),
        ({"place": "36.03.07.2001"}, "dalam binaan Anda"),
        ({"place": ""}, "Tulis desa"),
        ({"role": "Auditor"}, "tidak dapat diminta melalui daftar"),
        ({"role": "Petugas triase"}, "tidak dapat diminta melalui daftar"),
        ({"role": "Staf kantor wilayah"}, "tidak dapat diminta melalui daftar"),
        ({"role": "Narahubung instansi"}, "tidak dapat diminta melalui daftar"),
        ({"role": "Staf Kanim", "place": "Kanim Tangerang"}, "tulis kantor Anda"),
        ({"username": "Dua Kata"}, "Nama pengguna: Pakai huruf kecil"),
        ({"email": "bukan surel"}, "nama@contoh.id"),
        ({"starts_on": "besok"}, "sebagai tanggal"),
        ({"letter_number": ""}, "Isi “Surat"),
        ({"name": ""}, "Isi “Nama”"),
    ],
)
def test_a_doubtful_row_is_reported_and_stops_the_whole_list(
    dataset: Dataset, signed_in, changes, message
):
    User.objects.filter(username="official").update(
        email="kantor@contoh.id", phone="+62812999000"
    )
    people_services.request_accounts(
        [wanted(dataset, username="waiting", name="Orang Lain", phone="")],
        acting_user=dataset.user("serang"),
    )
    kanim = signed_in("serang")
    listed = brought(kanim, {}, {"phone": "", **changes})
    first, second = listed.rows.all()
    assert first.check_result == "ready"
    assert second.check_result == "doubtful"
    assert message in problems_of(ACCOUNT_LISTS, second)
    assert message in unescape(shown(kanim, listed))
    assert send(kanim, ACCOUNT_LISTS, listed).status == "previewed"
    assert AccountRequest.objects.count() == 1


def test_a_row_is_corrected_in_place(signed_in):
    kanim = signed_in("serang")
    listed = brought(kanim, {}, {"username": "official", "phone": ""})
    assert "Perbaiki 1 baris" in shown(kanim, listed)
    row = listed.rows.get(check_result="doubtful")
    edit(kanim, ACCOUNT_LISTS, row, username="dewi", name="Dewi", role="kades")
    assert row.problems == []
    assert "Kirim 2 permintaan" in shown(kanim, listed)
    send(kanim, ACCOUNT_LISTS, listed)
    assert AccountRequest.objects.get(username="dewi").role == "village_official"


def test_a_row_is_shown_as_it_was_written_and_with_the_roles_to_choose(signed_in):
    kanim = signed_in("serang")
    listed = brought(kanim, {"role": "Auditor", "place": "Entah"})
    assert "Suparti, Auditor, Entah" in shown(kanim, listed)
    address = ACCOUNT_LISTS.url("row", listed.pk, listed.rows.get().pk)
    assert "(PIMPASA); Petugas kantor imigrasi" in page(kanim.get(address))


def test_a_row_is_skipped(signed_in):
    kanim = signed_in("serang")
    wrong = {"role": "auditor", "starts_on": "besok", "phone": ""}
    listed = brought(kanim, {}, wrong)
    row = listed.rows.get(check_result="doubtful")
    skip = ACCOUNT_LISTS.url("row_skip", listed.pk, row.pk)
    kanim.post(skip, {"version": row.version})
    assert send(kanim, ACCOUNT_LISTS, listed).status == "committed"
    assert AccountRequest.objects.get().username == "desa.lontar"


def test_a_skipped_row_hinders_no_other_row(signed_in):
    kanim = signed_in("serang")
    listed = brought(kanim, {}, {"name": "Dewi", "username": "dewi"})
    _first, same_number = listed.rows.all()
    assert "dua kali" in problems_of(ACCOUNT_LISTS, same_number)
    first = listed.rows.get(cells__name="Suparti")
    skip = ACCOUNT_LISTS.url("row_skip", listed.pk, first.pk)
    kanim.post(skip, {"version": first.version})
    for row in (first, same_number):
        row.refresh_from_db()
    assert same_number.check_result == "ready"
    assert (first.check_result, first.subject) == ("skipped", "36.04.13.2007")


def siti_listed(dataset: Dataset, client: Client) -> AccountList:
    """A list of two people without user names; those of their name are taken."""
    make_user("siti.aminah")
    asked = wanted(dataset, username="siti.aminah2", name="Lain", phone="")
    people_services.request_accounts([asked], acting_user=dataset.user("serang"))
    siti = {"name": "Síti Aminah, S.Pd", "username": "", "phone": ""}
    return brought(client, siti, siti | {"place": "Pulo Panjang"})


def test_a_user_name_is_made_that_nobody_has_yet(dataset: Dataset, signed_in):
    kanim = signed_in("serang")
    listed = siti_listed(dataset, kanim)
    made = [row.cells["username"] for row in listed.rows.all()]
    assert made == ["siti.aminah3", "siti.aminah4"]
    seen = shown(kanim, listed)
    assert "Nama pengguna siti.aminah3 dibuat dari nama." in seen
    assert "Kirim 2 permintaan" in seen
    send(kanim, ACCOUNT_LISTS, listed)
    assert AccountRequest.objects.filter(username__in=made).count() == 2


def test_the_user_name_that_was_shown_is_never_replaced_by_another(
    dataset: Dataset, signed_in
):
    kanim = signed_in("serang")
    listed = siti_listed(dataset, kanim)
    second = listed.rows.last()
    edit(kanim, ACCOUNT_LISTS, second, letter_number="7/2026")
    assert second.cells["username"] == "siti.aminah4"
    assert "siti.aminah4 dibuat dari nama" in shown(kanim, listed)
    make_user("siti.aminah3")
    before = AccountRequest.objects.count()
    assert send(kanim, ACCOUNT_LISTS, listed).status == "failed"
    assert "Nama pengguna siti.aminah3 sudah dipakai" in listed.problem
    assert AccountRequest.objects.count() == before


def test_a_person_asked_for_meanwhile_stops_the_list(dataset: Dataset, signed_in):
    kanim = signed_in("serang")
    listed = brought(kanim, {}, {"name": "Dewi", "username": "dewi", "phone": ""})
    people_services.request_accounts(
        [wanted(dataset)], acting_user=dataset.user("serang")
    )
    assert send(kanim, ACCOUNT_LISTS, listed).status == "failed"
    assert "Sudah diminta" in listed.problem
    assert AccountRequest.objects.count() == 1


def test_a_role_other_than_the_one_shown_is_not_requested(dataset: Dataset, signed_in):
    kanim = signed_in("serang")
    listed = brought(kanim, {})
    row = listed.rows.get()
    row.cells["role"] = "pimpasa"  # as if the words were understood in another way
    row.save()
    assert send(kanim, ACCOUNT_LISTS, listed).status == "failed"
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize("shared", ["username", "email", "phone"])
def test_two_rows_with_the_same_identifying_data_are_reported(signed_in, shared):
    listed = brought(signed_in("serang"), *sharing(PERSON, shared))
    assert "dua kali" in problems_of(ACCOUNT_LISTS, listed.rows.last())
    assert not AccountRequest.objects.exists()


def test_who_holds_the_post_now_is_shown_and_hinders_nothing(signed_in):
    kanim = signed_in("serang")
    listed = brought(kanim, {"role": "pimpasa"})
    assert "Pemegang peran saat ini: Contoh pimpasa." in shown(kanim, listed)
    assert send(kanim, ACCOUNT_LISTS, listed).status == "committed"


def test_a_person_of_the_same_name_elsewhere_is_another_person(signed_in):
    other_person = {
        "name": "Contoh official",
        "place": "Pulo Panjang",
        "username": "lain",
        "phone": "",
    }
    kanim = signed_in("serang")
    seen = shown(kanim, brought(kanim, {}, other_person))
    assert "Kirim 2 permintaan" in seen


def test_somebody_of_the_office_needs_no_place(dataset: Dataset, signed_in):
    kanim = signed_in("serang")
    listed = brought(kanim, {"role": "office_staff", "place": ""})
    assert dataset.serang.short_name in shown(kanim, listed)
    send(kanim, ACCOUNT_LISTS, listed)
    asked = AccountRequest.objects.get()
    assert (asked.village, asked.requesting_office) == (None, dataset.serang)


def test_checking_takes_the_same_queries_for_one_and_for_many(
    dataset: Dataset, signed_in, django_assert_max_num_queries
):
    client, user = signed_in("serang"), dataset.user("serang")
    for count in (1, 20):
        listed = brought(client, *twenty()[:count])
        rows = list(listed.rows.all())
        with django_assert_max_num_queries(9):
            ACCOUNT_LISTS.check(listed, rows, user)


@pytest.mark.parametrize(
    ("second", "is_same"),
    [
        ({"name": "  SUPARTI "}, True),
        ({"phone": "0812 9999 0000"}, False),
        ({"place": "36.04.08.2009"}, False),
    ],
)
def test_one_person_without_contact_data_is_requested_only_once(
    dataset: Dataset, signed_in, second, is_same
):
    people = {"username": ""}, {"username": "", "phone": ""} | second
    listed = brought(signed_in("serang"), *people)
    assert ("dua kali" in problems_of(ACCOUNT_LISTS, listed.rows.last())) == is_same


def test_a_word_for_nothing_in_a_file_is_a_blank_cell(signed_in) -> None:
    rows = [PERSON | {"name": f"Orang {n}", "username": "-", "phone": n} for n in "-–"]
    kanim = signed_in("serang")
    listed = brought(kanim, *rows)
    assert "Kirim 2 permintaan" in shown(kanim, listed)
    send(kanim, ACCOUNT_LISTS, listed)
    assert set(AccountRequest.objects.values_list("phone", flat=True)) == {""}


@pytest.mark.parametrize(
    "place",
    [
        "36.04.13.2007",
        "3604132007,0 Lontar",
        "Desa Lontar",
        "LONTAR",
        "Lontar, Kec. Tirtayasa",
        "Lontar (Tirtayasa)",
        "36.04.13.2007 Lontar",
    ],
)
def test_a_village_is_read_by_code_or_name(
    dataset: Dataset, signed_in, place: str
) -> None:
    row = brought(signed_in("serang"), {"place": place}).rows.get()
    assert row.problems == []
    assert row.subject == dataset.villages["lontar"].code


@pytest.mark.parametrize("place", ["3604132007", "3604132007,0", "'3604132007"])
def test_ten_digits_alone_are_asked(dataset: Dataset, signed_in, place: str) -> None:
    """They may be a code of the statistics office, which numbers villages otherwise."""
    kanim, lontar = signed_in("serang"), dataset.villages["lontar"]
    row = brought(kanim, {"place": place}).rows.get()
    assert (row.check_result, row.candidates) == ("doubtful", [lontar.code])
    asked = problems_of(ACCOUNT_LISTS, row)
    assert "BPS" in asked
    assert "Kemendagri" in asked
    edit(kanim, ACCOUNT_LISTS, row, chosen=lontar.code)
    assert (row.check_result, row.subject) == ("ready", lontar.code)


@pytest.mark.parametrize("place", ["Lont", "36.04.13.2007 Kronjo", "Lontar, Kronjo"])
def test_a_village_that_is_not_clear_is_asked(dataset, signed_in, place: str) -> None:
    kanim = signed_in("serang")
    listed = brought(kanim, {"place": place}, {"place": place, "phone": ""} | DEWI)
    lontar = dataset.villages["lontar"]
    first, second = listed.rows.all()
    assert lontar.code in first.candidates
    assert first.subject == ""
    choose = ACCOUNT_LISTS.url("choose", listed.pk)
    kanim.post(choose, answered(first, lontar.code))
    for row in (first, second):
        row.refresh_from_db()
        assert (row.check_result, row.subject) == ("ready", lontar.code)
    assert send(kanim, ACCOUNT_LISTS, listed).status == "committed"
    assert set(AccountRequest.objects.values_list("village", flat=True)) == {lontar.pk}


def test_a_chosen_village_counts_only_for_the_name_that_was_asked(
    dataset: Dataset, signed_in
) -> None:
    kanim = signed_in("serang")
    row = brought(kanim, {"place": "Lont"}).rows.get()
    edit(kanim, ACCOUNT_LISTS, row, chosen=dataset.villages["lontar"].code)
    assert row.subject == dataset.villages["lontar"].code
    edit(kanim, ACCOUNT_LISTS, row, place="Pulo Panj")
    assert (row.subject, row.candidates) == ("", ["36.04.08.2009"])
    edit(kanim, ACCOUNT_LISTS, row, place="Pulo Panjang", chosen="")
    assert row.subject == "36.04.08.2009"


def test_all_that_will_be_saved_of_a_person_is_shown(signed_in) -> None:
    kanim = signed_in("serang")
    person = {"phone": "081234567890.0", "email": "suparti@contoh.id"}
    seen = unescape(shown(kanim, brought(kanim, person)))
    for text in (
        "telepon 0812-3456-7890",
        "email suparti@contoh.id",
        "surat tugas 400/12/2026, mulai 2 Maret 2026",
    ):
        assert f" · {text}" in seen


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("phone", "+6281299990000"),
        ("email", "lain@contoh.id"),
        ("letter_number", "401/12/2026"),
        ("starts_on", "3 Maret 2026"),
    ],
)
def test_nothing_is_saved_of_a_person_other_than_was_shown(
    signed_in, column: str, cell: str
) -> None:
    kanim = signed_in("serang")
    listed = brought(kanim, {})
    row = listed.rows.get()
    row.cells[column] = cell  # as if the cell were understood in another way
    row.save()
    assert send(kanim, ACCOUNT_LISTS, listed).status == "failed"
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize("column", ["phone", "email"])
@pytest.mark.parametrize("word", ["tidak punya", "-", "belum ada"])
def test_a_contact_that_a_person_does_not_have_is_left_blank(
    signed_in, column: str, word: str
) -> None:
    row = brought(signed_in("serang"), {"phone": "", column: word}).rows.get()
    assert row.check_result == "ready"
    keys = {key for key, _details in row.notes}
    assert keys.isdisjoint({"writes_phone", "writes_email"})


@pytest.mark.parametrize(
    ("column", "label"),
    [("phone", "telepon"), ("email", "email")],
)
def test_a_contact_that_cannot_be_read_is_asked(
    signed_in, column: str, label: str
) -> None:
    row = brought(signed_in("serang"), {"phone": "", column: "menyusul"}).rows.get()
    assert row.check_result == "doubtful"
    assert label in problems_of(ACCOUNT_LISTS, row).lower()


@pytest.mark.parametrize("column", ["phone", "email"])
def test_a_person_in_doubt_shows_what_is_known_of_what_is_requested(
    signed_in, column: str
) -> None:
    kanim = signed_in("serang")
    listed = brought(kanim, {column: "menyusul"})
    assert listed.rows.get().check_result == "doubtful"
    seen = unescape(shown(kanim, listed))
    assert "Akan ditulis: " in seen
    assert "surat tugas 400/12/2026, mulai 2 Maret 2026" in seen
    assert send(kanim, ACCOUNT_LISTS, listed).status == "previewed"
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize(
    "role", ["Lurah", "Perangkat kelurahan", "Kepala Desa", "Seklur", "Perangkat desa"]
)
def test_officials_of_a_kelurahan_are_those_of_a_village(signed_in, role: str) -> None:
    row = brought(signed_in("serang"), {"role": role}).rows.get()
    assert row.problems == []
    assert [
        key for key, details in row.notes if details.get("role") == "village_official"
    ] == ["writes_request"]
