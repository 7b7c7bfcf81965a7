"""Many accounts at once: a file is checked, sent, approved, and printed."""

from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from desabinaan.accounts.access import Role
from desabinaan.accounts.mail import MAIL_EXECUTOR
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset, assign, make_user
from tests.people_lists import (
    file_of,
    filled,
    form_data,
    page,
    sharing,
    tokens,
)
from villages.people import services as people_services
from villages.people.forms.account_lists import HEADINGS
from villages.people.models import AccountRequest
from villages.people.selectors.account_lists import WantedAccount
from villages.register.models import Assignment

LIST = "/akun/permintaan/"
UPLOAD = f"{LIST}berkas/"
CHECK, SEND = f"{UPLOAD}periksa/", f"{UPLOAD}kirim/"
APPROVE, SLIPS = f"{LIST}setujui/", f"{LIST}slip/"
PERSON = {
    "name": "Suparti",
    "role": "Aparatur desa",
    "place": "36.04.13.2007",
    "username": "desa.lontar",
    "email": "",
    "phone": "0812 3456 7890",
    "letter_number": "400/12/2026",
    "starts_on": "2 Maret 2026",
}


def sheet(*people: dict[str, str], kind: str = "csv") -> SimpleUploadedFile:
    return file_of(HEADINGS, [PERSON | person for person in people], kind)


def typed(*people: dict[str, str]) -> dict[str, str]:
    usual = PERSON | {"role": "village_official"}
    return form_data([usual | person for person in people])


def twenty() -> list[dict[str, str]]:
    return [
        {"name": f"Petugas Contoh {n}", "username": f"petugas.{n}", "phone": ""}
        for n in range(20)
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_twenty_people_are_asked_for_and_approved_in_a_few_clicks(
    dataset: Dataset, signed_in, kind
):
    kanim, kanwil = signed_in("serang"), signed_in("kanwil")
    seen = page(kanim.post(UPLOAD, {"file": sheet(*twenty(), kind=kind)}))
    assert "20 akun" in seen
    assert "Lontar, Tirtayasa, Kabupaten Serang" in seen
    assert not AccountRequest.objects.exists()
    assert kanim.post(SEND, typed(*twenty())).url == LIST
    ticks = AccountRequest.objects.values_list("pk", flat=True)
    assert page(kanwil.get(APPROVE)).count('name="pk"') == len(ticks) == 20
    shown = kanwil.post(APPROVE, {"pk": list(ticks)})
    assert page(shown).count('name="token"') == 20
    assert shown["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown["Cache-Control"]
    assert User.objects.filter(username__startswith="petugas.").count() == 20
    lontar = dataset.villages["lontar"]
    assert lontar.assignments.filter(assigned_by=dataset.people["kanwil"]).count() == 20


def test_the_slips_are_a_tagged_pdf_whose_links_open_the_accounts(
    dataset: Dataset, signed_in, client
):
    kanwil = signed_in("kanwil")
    signed_in("serang").post(SEND, typed(*twenty()[:9]))
    ids = AccountRequest.objects.values_list("pk", flat=True)
    links = tokens(kanwil.post(APPROVE, {"pk": list(ids)}))
    answer = kanwil.post(SLIPS, {"token": links})
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    paper = PdfReader(BytesIO(answer.content))
    text = "".join(one.extract_text() for one in paper.pages)
    assert len(paper.pages) == 2
    assert b"/Marked true" in answer.content
    assert b"/Lang(id)" in answer.content
    assert "Petugas Contoh 8" in text
    assert "Perangkat desa, Lontar, Tirtayasa" in text
    assert client.get(f"/akun/sandi/{links[0]}/").status_code == 302


def test_slips_are_made_of_ones_own_open_links_only(dataset: Dataset, signed_in):
    signed_in("serang").post(SEND, typed({}))
    asked = AccountRequest.objects.get()
    [link] = tokens(signed_in("kanwil").post(APPROVE, {"pk": asked.pk}))
    for name, words in (("kanwil2", [link]), ("kanwil", ["lain"]), ("kanwil", [])):
        assert signed_in(name).post(SLIPS, {"token": words}).url == LIST
    PasswordTicket.objects.update(ended_at="2026-01-01T00:00Z")
    assert signed_in("kanwil").post(SLIPS, {"token": [link]}).url == LIST


def test_a_person_with_an_email_address_gets_a_link_and_no_slip(
    dataset: Dataset, signed_in
):
    signed_in("serang").post(SEND, typed({"email": "suparti@contoh.id"}))
    asked = AccountRequest.objects.get()
    shown = signed_in("kanwil").post(APPROVE, {"pk": asked.pk})
    assert tokens(shown) == []
    MAIL_EXECUTOR.submit(lambda: None).result()
    [message] = mail.outbox
    assert message.to == ["suparti@contoh.id"]
    assert "/akun/sandi/" in message.body
    assert message.body.split("/akun/sandi/")[1][:20] not in page(shown)


def test_the_same_file_once_more_doubles_nothing(dataset: Dataset, signed_in):
    kanim = signed_in("serang")
    people = [{}, {"name": "Dewi Contoh", "username": "dewi", "phone": ""}]
    kanim.post(SEND, typed(*people))
    seen = page(kanim.post(UPLOAD, {"file": sheet(*people)}))
    assert seen.count("Sudah diminta") == 2
    assert page(kanim.post(SEND, typed(*people)))
    assert AccountRequest.objects.count() == 2
    for asked in AccountRequest.objects.all():
        people_services.approve_request(asked, acting_user=dataset.user("kanwil"))
    nameless = [person | {"username": ""} for person in people]
    seen = page(kanim.post(UPLOAD, {"file": sheet(*nameless)}))
    assert seen.count("Sudah terdaftar dengan peran ini") == 2
    assert page(kanim.post(SEND, typed(*people)))
    assert AccountRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"username": "official"}, "Nama pengguna official sudah dipakai Contoh"),
        ({"username": "tangerang"}, "Nama pengguna tangerang sudah dipakai akun lain"),
        ({"email": "KANTOR@contoh.id"}, "sudah dipakai Contoh official"),
        ({"phone": "+62 812-999-000"}, "sudah dipakai Contoh official"),
        ({"username": "waiting"}, "permintaan yang masih menunggu"),
        ({"place": "Kronjo"}, "tidak memiliki desa"),
        ({"place": "36.03.07.2001"}, "tidak memiliki desa"),
        ({"place": ""}, "Tulis desa"),
        ({"role": "Auditor"}, "tidak diberikan melalui daftar"),
        ({"role": "Petugas triase"}, "tidak diberikan melalui daftar"),
        ({"role": "Staf kantor wilayah"}, "tidak diberikan melalui daftar"),
        ({"role": "Narahubung instansi"}, "tidak diberikan melalui daftar"),
        ({"role": "Staf Kanim", "place": "Kanim Tangerang"}, "Tulis kantor Anda"),
        ({"username": "Dua Kata"}, "huruf kecil"),
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
    seen = page(kanim.post(UPLOAD, {"file": sheet({}, {"phone": "", **changes})}))
    assert message in seen
    good = {"name": "Dewi", "username": "dewi", "phone": ""}
    assert page(kanim.post(SEND, typed(good, {"phone": "", **changes})))
    assert AccountRequest.objects.count() == 1


def wanted(dataset: Dataset, **changes) -> WantedAccount:
    details = PERSON | {
        "role": Role.VILLAGE_OFFICIAL,
        "place": dataset.villages["lontar"],
        "starts_on": "2026-03-02",
    }
    return WantedAccount(**(details | changes))


def test_a_row_is_corrected_or_skipped(signed_in):
    kanim = signed_in("serang")
    wrong = typed({}, {"username": "official", "phone": ""})
    seen = page(kanim.post(CHECK, wrong))
    assert "Perlu diperbaiki" in seen
    assert 'value="official"' in seen
    corrected = wrong | {"baris-1-username": "dewi", "baris-1-name": "Dewi"}
    assert "2 akun akan diminta" in page(kanim.post(CHECK, corrected))
    wrong |= {"baris-1-role": "auditor", "baris-1-starts_on": "besok"}
    assert kanim.post(SEND, wrong | {"baris-1-skip": "on"}).url == LIST
    assert AccountRequest.objects.get().username == "desa.lontar"


def test_a_user_name_is_made_that_nobody_has_yet(dataset: Dataset, signed_in):
    make_user("siti.aminah")
    asked = wanted(dataset, username="siti.aminah2", name="Lain", phone="")
    people_services.request_accounts([asked], acting_user=dataset.user("serang"))
    siti = {"name": "Síti Aminah, S.Pd", "username": "", "phone": ""}
    other = siti | {"place": "Pulo Panjang"}
    seen = page(signed_in("serang").post(UPLOAD, {"file": sheet(siti, other)}))
    assert 'value="siti.aminah3"' in seen
    assert 'value="siti.aminah4"' in seen
    assert "2 akun akan diminta" in seen


@pytest.mark.parametrize("shared", ["username", "email", "phone"])
def test_two_rows_with_the_same_identifying_data_are_reported(signed_in, shared):
    seen = page(signed_in("serang").post(CHECK, typed(*sharing(PERSON, shared))))
    assert "dua kali" in seen
    assert not AccountRequest.objects.exists()


def test_who_holds_the_post_now_is_shown_and_hinders_nothing(signed_in):
    kanim = signed_in("serang")
    seen = page(kanim.post(CHECK, typed({"role": "pimpasa"})))
    assert "Contoh pimpasa" in seen
    assert kanim.post(SEND, typed({"role": "pimpasa"})).url == LIST


def test_a_person_of_the_same_name_elsewhere_is_another_person(signed_in):
    other_person = {
        "name": "Contoh official",
        "place": "Pulo Panjang",
        "username": "lain",
        "phone": "",
    }
    seen = page(signed_in("serang").post(CHECK, typed({}, other_person)))
    assert "2 akun akan diminta" in seen


def test_somebody_of_the_office_needs_no_place(dataset: Dataset, signed_in):
    row = {"role": "office_staff", "place": ""}
    assert signed_in("serang").post(SEND, typed(row)).url == LIST
    asked = AccountRequest.objects.get()
    assert (asked.village, asked.requesting_office) == (None, dataset.serang)


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 90), "berkas"),
        (SimpleUploadedFile("a.csv", b"Hari;Cuaca\nSenin;hujan\n"), "baris judul"),
        (SimpleUploadedFile("a.csv", b"Nama;Peran;Desa\n"), "Tidak ada baris orang"),
        (sheet(*[{"name": f"Orang {n}"} for n in range(151)]), "paling banyak 150"),
    ],
)
def test_a_file_without_a_list_is_refused_with_a_message(signed_in, upload, message):
    upload.seek(0)
    assert message in page(signed_in("serang").post(UPLOAD, {"file": upload}))
    assert not AccountRequest.objects.exists()


def test_the_template_is_read_back_as_a_list(signed_in):
    client = signed_in("serang")
    content = b"".join(client.get(f"{UPLOAD}contoh/"))
    upload = filled(content, [PERSON[name] for name in HEADINGS])
    seen = page(client.post(UPLOAD, {"file": upload}))
    assert "1 akun" in seen
    assert "Lontar, Tirtayasa" in seen


def test_the_preview_takes_the_same_queries_for_one_and_for_many(
    signed_in, django_assert_max_num_queries
):
    client = signed_in("serang")
    for count in (1, 20):
        with django_assert_max_num_queries(11):
            client.post(CHECK, typed(*twenty()[:count]))


def test_one_refusal_undoes_the_whole_list(dataset: Dataset):
    rows = [
        wanted(dataset, username="satu", phone=""),
        wanted(dataset, username="official", phone=""),
    ]
    with pytest.raises(ValidationError, match="Suparti: "):
        people_services.request_accounts(rows, acting_user=dataset.user("serang"))
    assert not AccountRequest.objects.exists()


def test_one_name_taken_meanwhile_undoes_every_approval(dataset: Dataset, signed_in):
    signed_in("serang").post(SEND, typed(*twenty()[:3]))
    make_user("petugas.1")
    asked = list(AccountRequest.objects.order_by("pk"))
    with pytest.raises(IllegalTransition, match=r"Petugas Contoh 1: .*taken|dipakai"):
        people_services.approve_requests(asked, acting_user=dataset.user("kanwil"))
    response = signed_in("kanwil").post(
        APPROVE, {"pk": [a.pk for a in asked]}, follow=True
    )
    assert "Tidak ada yang disetujui" in page(response)
    assert not User.objects.filter(username="petugas.0").exists()
    assert not Assignment.objects.filter(letter_number="400/12/2026").exists()


def test_nobody_asks_or_approves_outside_the_own_area(dataset: Dataset, signed_in):
    row = [wanted(dataset)]
    for name in ("tangerang", "kanwil", "official", "admin"):
        with pytest.raises(PermissionDenied):
            people_services.request_accounts(row, acting_user=dataset.user(name))
    asked = people_services.request_accounts(row, acting_user=dataset.user("serang"))
    for name in ("serang2", "tangerang", "admin", "leader"):
        with pytest.raises(PermissionDenied):
            people_services.approve_requests(asked, acting_user=dataset.user(name))


def test_who_asked_approves_none_of_it(dataset: Dataset, signed_in):
    assign(dataset.people["kanwil"], Role.OFFICE_STAFF, office=dataset.serang)
    client = signed_in("kanwil")
    client.post(SEND, typed({}))
    asked = AccountRequest.objects.get()
    assert "Tidak ada permintaan" in page(client.get(APPROVE))
    client.post(APPROVE, {"pk": asked.pk})
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_approving_without_a_selection_shows_a_message(dataset: Dataset, signed_in):
    signed_in("serang").post(SEND, typed({}))
    assert "Centang" in page(signed_in("kanwil").post(APPROVE, {"pk": ["x", ""]}))
    assert not User.objects.filter(username="desa.lontar").exists()


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
    rows = sheet({"username": ""}, {"username": "", "phone": ""} | second)
    seen = page(signed_in("serang").post(UPLOAD, {"file": rows}))
    assert ("dua kali" in seen) == is_same


def test_a_word_for_nothing_in_a_file_is_a_blank_cell(signed_in) -> None:
    rows = [PERSON | {"name": f"Orang {n}", "username": "-", "phone": n} for n in "-–"]
    seen = page(signed_in("serang").post(UPLOAD, {"file": sheet(*rows)}))
    assert 'name="baris-0-phone" value' not in seen
    assert "sudah dipakai" not in seen
    assert "2 akun akan diminta" in seen


@pytest.mark.parametrize(
    "place",
    [
        "3604132007",
        "3604132007,0",
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
    answer = signed_in("serang").post(UPLOAD, {"file": sheet({"place": place})})
    (row,) = answer.context["people"].forms
    assert row.errors == {}
    assert row.finding.wanted.place == dataset.villages["lontar"]


@pytest.mark.parametrize("place", ["Lont", "36.04.13.2007 Kronjo", "Lontar, Kronjo"])
def test_a_village_that_is_not_clear_is_asked(signed_in, place: str) -> None:
    answer = signed_in("serang").post(UPLOAD, {"file": sheet({"place": place})})
    (row,) = answer.context["people"].forms
    assert "36.04.13.2007" in row.errors["place"][0]


def test_a_column_that_is_not_used_is_named(signed_in) -> None:
    content = (
        "Nama;Peran;Desa;No. HP Kades;Nomor surat;Mulai\nSuparti;Kades;Lontar;1;2;3"
    )
    file = SimpleUploadedFile("akun.csv", content.encode())
    text = signed_in("serang").post(UPLOAD, {"file": file}).content.decode()
    assert "tidak dipakai" in text
    assert "No. HP Kades" in text
