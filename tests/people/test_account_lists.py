"""Many accounts at once: a list is brought, sent, approved, and printed."""

from html import unescape
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django import app
from pypdf import PdfReader

from desabinaan.accounts.access import Role
from desabinaan.accounts.mail import MAIL_EXECUTOR
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads import services as uploads_services
from tests.dataset import Dataset, assign, make_user
from tests.people.account_lists import (
    APPROVE,
    LIST,
    PERSON,
    SLIPS,
    UPLOAD,
    brought,
    requested,
    sheet,
    shown,
    twenty,
    wanted,
)
from tests.people_lists import (
    bring,
    filled,
    page,
    send,
    tokens,
)
from villages.people import services as people_services
from villages.people.columns import ACCOUNT_COLUMNS
from villages.people.kind import ACCOUNT_LISTS
from villages.people.models import AccountRequest
from villages.people.tasks import commit_account_list
from villages.register.models import Assignment


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_twenty_people_are_asked_for_and_approved_in_a_few_clicks(
    dataset: Dataset, signed_in, kind
):
    kanim, kanwil = signed_in("serang"), signed_in("kanwil")
    listed = brought(kanim, *twenty(), kind=kind)
    seen = shown(kanim, listed)
    assert "Kirim 20 permintaan" in seen
    assert "Lontar, Tirtayasa, Kabupaten Serang" in seen
    assert "Hanya melihat desa ini" in seen
    assert not AccountRequest.objects.exists()
    assert send(kanim, ACCOUNT_LISTS, listed).status == "committed"
    assert "Kanwil yang memutuskan" in shown(kanim, listed)
    assert f'href="{LIST}"' in shown(kanim, listed)
    ticks = AccountRequest.objects.values_list("pk", flat=True)
    assert page(kanwil.get(APPROVE)).count('name="pk"') == len(ticks) == 20
    answer = kanwil.post(APPROVE, {"pk": list(ticks)})
    assert page(answer).count('name="token"') == 20
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert User.objects.filter(username__startswith="petugas.").count() == 20
    lontar = dataset.villages["lontar"]
    assert lontar.assignments.filter(assigned_by=dataset.people["kanwil"]).count() == 20


def test_the_slips_are_a_tagged_pdf_whose_links_open_the_accounts(
    dataset: Dataset, signed_in, client
):
    kanwil = signed_in("kanwil")
    requested(signed_in("serang"), *twenty()[:9])
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
    requested(signed_in("serang"), {})
    asked = AccountRequest.objects.get()
    [link] = tokens(signed_in("kanwil").post(APPROVE, {"pk": asked.pk}))
    for name, words in (("kanwil2", [link]), ("kanwil", ["lain"]), ("kanwil", [])):
        assert signed_in(name).post(SLIPS, {"token": words}).url == LIST
    PasswordTicket.objects.update(ended_at="2026-01-01T00:00Z")
    assert signed_in("kanwil").post(SLIPS, {"token": [link]}).url == LIST


def test_a_person_with_an_email_address_gets_a_link_and_no_slip(
    dataset: Dataset, signed_in
):
    requested(signed_in("serang"), {"email": "suparti@contoh.id"})
    asked = AccountRequest.objects.get()
    answer = signed_in("kanwil").post(APPROVE, {"pk": asked.pk})
    assert tokens(answer) == []
    MAIL_EXECUTOR.submit(lambda: None).result()
    [message] = mail.outbox
    assert message.to == ["suparti@contoh.id"]
    assert "/akun/sandi/" in message.body
    assert message.body.split("/akun/sandi/")[1][:20] not in page(answer)


def test_the_same_file_once_more_doubles_nothing(dataset: Dataset, signed_in):
    kanim = signed_in("serang")
    people = [{}, {"name": "Dewi Contoh", "username": "dewi", "phone": ""}]
    requested(kanim, *people)
    again = brought(kanim, *people)
    seen = shown(kanim, again)
    assert seen.count("Sudah diminta") == 2
    assert ACCOUNT_LISTS.url("commit", again.pk) not in seen
    assert send(kanim, ACCOUNT_LISTS, again).status == "previewed"
    assert AccountRequest.objects.count() == 2
    for asked in AccountRequest.objects.all():
        people_services.approve_request(asked, acting_user=dataset.user("kanwil"))
    nameless = brought(kanim, *(person | {"username": ""} for person in people))
    seen = shown(kanim, nameless)
    assert seen.count("Sudah terdaftar dengan peran ini") == 2
    assert "dibuat dari nama" not in seen
    assert send(kanim, ACCOUNT_LISTS, nameless).status == "previewed"
    assert AccountRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 90), "berkas"),
        (SimpleUploadedFile("a.csv", b"Hari;Cuaca\nSenin;hujan\n"), "baris judul"),
        (sheet(*[{"name": f"Orang {n}"} for n in range(151)]), "paling banyak 150"),
    ],
)
def test_a_file_without_a_list_is_refused_with_a_message(signed_in, upload, message):
    upload.seek(0)
    assert message in page(signed_in("serang").post(UPLOAD, {"file": upload}))
    assert not AccountRequest.objects.exists()


def test_as_many_people_as_may_be_sent_at_once_are_read(signed_in):
    people = [{"name": f"Orang {n}", "username": "", "phone": ""} for n in range(150)]
    assert brought(signed_in("serang"), *people).rows.count() == 150


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Nama;Peran;Desa\n", "Tidak ada baris"),
        ("Peran;Desa\nKades;Lontar\n", "Tentukan kolom yang berisi nama orang"),
    ],
)
def test_a_list_without_people_is_refused_at_its_columns(signed_in, content, message):
    client = signed_in("serang")
    file = SimpleUploadedFile("a.csv", content.encode())
    columns = client.post(UPLOAD, {"file": file})["Location"]
    form = client.get(columns).context["form"]
    preset = {name: form.initial[name] for name in form.fields}
    assert message in page(client.post(columns, preset))


def test_the_template_is_read_back_as_a_list(signed_in):
    client = signed_in("serang")
    content = b"".join(client.get(f"{UPLOAD}contoh/"))
    upload = filled(content, [PERSON[name] for name in ACCOUNT_COLUMNS])
    seen = shown(client, bring(client, ACCOUNT_LISTS, upload))
    assert "Kirim 1 permintaan" in seen
    assert "Lontar, Tirtayasa" in seen


def test_one_refusal_undoes_the_whole_list(dataset: Dataset):
    rows = [
        wanted(dataset, username="satu", phone=""),
        wanted(dataset, username="official", phone=""),
    ]
    with pytest.raises(ValidationError, match="Suparti: "):
        people_services.request_accounts(rows, acting_user=dataset.user("serang"))
    assert not AccountRequest.objects.exists()


def test_one_name_taken_meanwhile_undoes_every_approval(dataset: Dataset, signed_in):
    requested(signed_in("serang"), *twenty()[:3])
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


def test_a_request_decided_meanwhile_is_said(dataset: Dataset, signed_in):
    requested(signed_in("serang"), *twenty()[:2])
    first, second = AccountRequest.objects.order_by("pk")
    people_services.approve_requests([first], acting_user=dataset.user("kanwil"))
    browser = signed_in("kanwil")
    said = "1 permintaan yang Anda pilih tidak lagi menunggu keputusan"
    assert said in page(browser.post(APPROVE, {"pk": [first.pk]}))
    assert said in page(browser.post(APPROVE, {"pk": [first.pk, second.pk]}))
    second.refresh_from_db()
    assert second.status == "approved"


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
    requested(client, {})
    asked = AccountRequest.objects.get()
    assert "Tidak ada permintaan" in page(client.get(APPROVE))
    client.post(APPROVE, {"pk": asked.pk})
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_approving_without_a_selection_shows_a_message(dataset: Dataset, signed_in):
    requested(signed_in("serang"), {})
    assert "Centang" in page(signed_in("kanwil").post(APPROVE, {"pk": ["x", ""]}))
    assert not User.objects.filter(username="desa.lontar").exists()


def test_a_column_of_unknown_meaning_is_asked_and_never_taken(signed_in) -> None:
    content = (
        "Nama;Peran;Desa;No. HP Kades;Nomor surat;Mulai\n"
        "Suparti;Kades;Lontar;0812 3456 7890;2;2/3/2026\n"
    )
    kanim, file = signed_in("serang"), SimpleUploadedFile("a.csv", content.encode())
    columns = kanim.post(UPLOAD, {"file": file})["Location"]
    seen = unescape(page(kanim.get(columns)))
    assert "Apakah ini “Telepon”?" in seen
    assert "0812 3456 7890" in seen
    for answer, phone in (("-", None), ("phone", "0812 3456 7890")):
        listed = bring(kanim, ACCOUNT_LISTS, file, **{"kolom-3": answer})
        assert listed.rows.get().cells.get("phone") == phone


def test_nobody_else_sees_the_list(dataset: Dataset, signed_in) -> None:
    listed = brought(signed_in("serang"), {})
    for name in ("serang2", "kanwil", "admin"):
        answer = signed_in(name).get(ACCOUNT_LISTS.url("detail", listed.pk))
        assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        uploads_services.commit_upload(
            ACCOUNT_LISTS, listed, acting_user=dataset.user("serang2")
        )


def test_who_does_not_serve_any_more_sees_and_sends_nothing(
    dataset: Dataset, signed_in
) -> None:
    kanim = signed_in("serang")
    listed = brought(kanim, {})
    dataset.people["serang"].assignments.update(ends_on="2026-01-01")
    assert kanim.get(ACCOUNT_LISTS.url("detail", listed.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        uploads_services.commit_upload(
            ACCOUNT_LISTS, listed, acting_user=User.objects.get(username="serang")
        )


def test_the_worker_saves_a_list_whose_saving_was_interrupted(
    dataset: Dataset, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    kanim = signed_in("serang")
    listed = brought(kanim, {})
    with monkeypatch.context() as interrupted:
        nothing = "desabinaan.uploads.services.commit.run_commit"
        interrupted.setattr(nothing, lambda *_args: None)
        assert send(kanim, ACCOUNT_LISTS, listed).status == "committing"
    commit_account_list(upload=listed.pk)
    listed.refresh_from_db()
    assert listed.status == "committed"
    assert app.tasks[ACCOUNT_LISTS.task].func is commit_account_list.func


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("H. Ahmad Contoh", "ahmad.contoh"),
        ("Dr. Hj. Siti Aminah, S.Sos., M.Si.", "siti.aminah"),
        ("Prof. Dr. Ir. Budi", "budi"),
        ("Ahmad, S.Sos", "ahmad"),
        ("Hadi Contoh", "hadi.contoh"),
        ("H.", "h"),
    ],
)
def test_a_user_name_has_no_titles(signed_in, name: str, username: str) -> None:
    row = brought(signed_in("serang"), {"name": name, "username": ""}).rows.get()
    assert row.cells["username"] == username
