"""Many focal points at once: a file is previewed, applied, and printed."""

import re
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from desabinaan.accounts.mail import MAIL_EXECUTOR
from desabinaan.accounts.models import PasswordTicket, User
from fgd.agencies.forms.focal_points import HEADINGS
from fgd.agencies.models import Agency, FocalPoint
from fgd.agencies.services.focal_points import APPOINT_MANY, appoint_all
from tests.agencies.focal_point_lists import (
    APPLY,
    CHECK,
    LIST,
    PERSON,
    SLIPS,
    UPLOAD,
    found,
    many,
    points,
    sheet,
    typed,
)
from tests.dataset import Dataset, make_user
from tests.people_lists import filled, page, tokens

# --- From the file to the slips ----------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_previewed_and_then_applied(dataset: Dataset, signed_in, kind: str):
    admin, before = signed_in("admin"), points()
    seen = page(admin.post(UPLOAD, {"file": sheet(*many(9), kind=kind)}))
    assert "9 orang akan menjadi narahubung" in seen
    assert "Polres Serang Contoh" in seen
    assert (points(), User.objects.filter(name__startswith="Petugas").count()) == (
        before,
        0,
    )
    shown = admin.post(APPLY, typed(*many(9)))
    assert len(tokens(shown)) == 9
    assert "no-store" in shown["Cache-Control"]
    assert shown["Referrer-Policy"] == "same-origin"
    assert points() == before + 9
    made = FocalPoint.objects.get(user__username="petugas.1")
    assert (made.agency, made.position) == (dataset.agencies["polres"], "Sekretaris")
    assert made.starts_on.isoformat() == "2026-03-02"
    assert not made.user.has_usable_password()


def test_the_slips_are_a_tagged_pdf_whose_links_open_the_accounts(
    dataset: Dataset, signed_in, client: Client
):
    admin = signed_in("admin")
    links = tokens(admin.post(APPLY, typed(*many(9))))
    answer = admin.post(SLIPS, {"token": links})
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    paper = PdfReader(BytesIO(answer.content))
    text = "".join(one.extract_text() for one in paper.pages)
    assert len(paper.pages) == 2
    assert b"/Marked true" in answer.content
    assert "Petugas Contoh 8" in text
    assert "Narahubung instansi, Dinsos" in text
    assert client.get(f"/akun/sandi/{links[0]}/").status_code == 302


def test_slips_are_made_of_ones_own_open_links_only(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    [link] = tokens(admin.post(APPLY, typed({})))
    other = Client()
    other.force_login(make_user("admin2", is_staff=True, is_superuser=True))
    assert other.post(SLIPS, {"token": [link]}).url == LIST
    for words in (["lain"], []):
        assert admin.post(SLIPS, {"token": words}).url == LIST
    PasswordTicket.objects.update(ended_at="2026-01-01T00:00Z")
    assert admin.post(SLIPS, {"token": [link]}).url == LIST


def test_who_has_an_address_gets_a_letter_and_no_slip(dataset: Dataset, signed_in):
    shown = signed_in("admin").post(APPLY, typed({"email": "maruf@contoh.id"}))
    assert tokens(shown) == []
    MAIL_EXECUTOR.submit(lambda: None).result()
    [letter] = mail.outbox
    assert letter.to == ["maruf@contoh.id"]
    assert letter.body.split("/akun/sandi/")[1][:20] not in page(shown)


def test_the_log_names_kinds_and_numbers_not_people(dataset: Dataset, signed_in):
    signed_in("admin").post(APPLY, typed({}))
    entries = [f"{one} {one.change_message}" for one in LogEntry.objects.all()]
    assert len(entries) == 2
    assert not [words for words in entries if "Ma'ruf" in words or "maruf" in words]


def test_the_template_is_read_back_as_a_list(signed_in):
    admin = signed_in("admin")
    content = b"".join(admin.get(f"{UPLOAD}template/"))
    upload = filled(content, [PERSON[name] for name in HEADINGS])
    seen = page(admin.post(UPLOAD, {"file": upload}))
    assert "1 orang akan" in seen
    assert "Ma&#x27;ruf" in seen


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 90), "berkas"),
        (SimpleUploadedFile("a.csv", b"Hari;Cuaca\nSenin;hujan\n"), "baris judul"),
        (SimpleUploadedFile("a.csv", b"Nama;Instansi\n"), "Tidak ada baris orang"),
        (sheet(*[{"name": f"Orang {n}"} for n in range(151)]), "paling banyak 150"),
    ],
)
def test_a_file_that_is_not_a_list_is_refused(
    dataset: Dataset, signed_in, upload, message
):
    upload.seek(0)
    assert message in page(signed_in("admin").post(UPLOAD, {"file": upload}))


@pytest.mark.parametrize(
    "day", ["2026-03-02", "2/3/2026", "02-03-2026", "2 maret 2026"]
)
def test_a_day_is_read_however_it_is_written(dataset: Dataset, signed_in, day: str):
    seen = page(signed_in("admin").post(UPLOAD, {"file": sheet({"starts_on": day})}))
    assert "mulai 2 Maret 2026" in seen


def test_a_formula_is_plain_text(dataset: Dataset, signed_in):
    row = {"name": '=HYPERLINK("x")', "username": ""}
    seen = page(signed_in("admin").post(UPLOAD, {"file": sheet(row)}))
    assert "=HYPERLINK(&quot;x&quot;)" in seen


# --- Who may, and all or none ------------------------------------------------

PAGES = [
    ("get", UPLOAD),
    ("post", UPLOAD),
    ("post", CHECK),
    ("post", APPLY),
    ("get", f"{UPLOAD}template/"),
    ("post", SLIPS),
]


@pytest.mark.parametrize(("method", "address"), PAGES)
def test_the_pages_are_the_administrators(
    dataset: Dataset, signed_in, client: Client, method: str, address: str
):
    before = points()
    for name in ("kanwil", "serang", "pimpasa", "official", "dinsos", "auditor"):
        answer = getattr(signed_in(name), method)(address, typed({}))
        assert answer.status_code == 302
    assert getattr(client, method)(address, typed({})).url.startswith("/masuk/")
    for missing in APPOINT_MANY:
        permissions = set(APPOINT_MANY) - {missing}
        answer = getattr(helper(missing, permissions), method)(address, typed({}))
        assert answer.status_code == 403, missing
    assert points() == before


def helper(name: str, permissions: set[str]) -> Client:
    """A browser of somebody in the administration who has these rights only."""
    person = make_user(f"pembantu.{name.partition('.')[2]}", is_staff=True)
    codes = [right.partition(".")[2] for right in permissions]
    person.user_permissions.set(Permission.objects.filter(codename__in=codes))
    browser = Client()
    browser.force_login(person)
    return browser


def test_what_changes_something_is_posted(dataset: Dataset, signed_in):
    for address in (CHECK, APPLY, SLIPS):
        assert signed_in("admin").get(address).status_code == 405
    assert signed_in("admin").post(f"{UPLOAD}template/").status_code == 405


def test_the_way_there_is_shown_to_those_who_may(dataset: Dataset, signed_in):
    assert UPLOAD in page(signed_in("admin").get(LIST))
    alone = helper("alone", {"agencies.add_focalpoint", "agencies.view_focalpoint"})
    assert UPLOAD not in page(alone.get(LIST))


@pytest.mark.parametrize("name", ["kanwil", "serang", "dinsos", "official"])
def test_nobody_else_appoints_a_list(dataset: Dataset, name: str):
    rows = found(dataset, {})
    with pytest.raises(PermissionDenied):
        appoint_all(rows, acting_user=dataset.user(name))
    assert not User.objects.filter(username="maruf").exists()


def test_who_makes_no_accounts_appoints_no_list(dataset: Dataset):
    helper("fgd.alone", {"agencies.add_focalpoint"})
    with pytest.raises(PermissionDenied):
        appoint_all(
            found(dataset, {}), acting_user=User.objects.get(username="pembantu.alone")
        )
    assert not User.objects.filter(username="maruf").exists()


def test_all_agencies_are_held_before_the_first_is_used(
    dataset: Dataset,
):
    """Two lists that name them in another order never wait for each other."""
    rows = found(dataset, *many(3))
    with CaptureQueriesContext(connection) as captured:
        appoint_all(rows, acting_user=dataset.user("admin"))
    first = next(one["sql"] for one in captured if "UPDATE OF" in one["sql"])
    permissions = set(re.findall(r"\d+", first.partition(" IN ")[2].partition(")")[0]))
    assert permissions == {str(one.wanted.agency.pk) for one in rows}
    assert "ORDER BY" in first


def test_one_refusal_undoes_the_whole_list(dataset: Dataset):
    rows, before = found(dataset, *many(3)), points()
    make_user("petugas.1")
    with pytest.raises(ValidationError, match="Petugas Contoh 1: "):
        appoint_all(rows, acting_user=dataset.user("admin"))
    assert points() == before
    assert not User.objects.filter(username="petugas.0").exists()
    assert not PasswordTicket.objects.exists()


def test_what_was_merged_meanwhile_undoes_the_whole_list(dataset: Dataset):
    rows, before = found(dataset, *many(2)), points()
    polres = dataset.agencies["polres"]
    Agency.objects.filter(pk=polres.pk).update(successor=dataset.agencies["dinsos"])
    with pytest.raises(ValidationError, match=r"Petugas Contoh 1: .*Dinsos"):
        appoint_all(rows, acting_user=dataset.user("admin"))
    assert points() == before


def test_a_list_made_twice_from_the_same_look_appoints_once(dataset: Dataset):
    rows = found(dataset, {"name": "Contoh polres", "username": "polres", "phone": ""})
    appoint_all(rows, acting_user=dataset.user("admin"))
    with pytest.raises(ValidationError, match="pada masa itu"):
        appoint_all(rows, acting_user=dataset.user("admin"))
    assert FocalPoint.objects.filter(user__username="polres").count() == 2
