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
from procrastinate.contrib.django import app
from pypdf import PdfReader

from desabinaan.accounts.mail import MAIL_EXECUTOR
from desabinaan.accounts.models import PasswordTicket, User
from fgd.agencies.columns import FOCAL_POINT_COLUMNS
from fgd.agencies.models import Agency, FocalPoint, FocalPointList
from fgd.agencies.services.focal_point_lists import issue_links
from fgd.agencies.services.focal_points import APPOINT_MANY, appoint_all
from fgd.plan.kind import FOCAL_POINT_LISTS
from fgd.plan.tasks import commit_focal_point_list
from tests.agencies.focal_point_lists import (
    LIST,
    PERSON,
    SLIPS,
    UPLOAD,
    appointed,
    brought,
    found,
    links,
    many,
    points,
    sheet,
    shown,
)
from tests.dataset import Dataset, make_user
from tests.people_lists import bring, filled, page, send, tokens

# --- From the file to the slips ----------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_previewed_and_then_applied(dataset: Dataset, signed_in, kind: str):
    admin, before = signed_in("admin"), points()
    listed = brought(admin, *many(9), kind=kind)
    seen = shown(admin, listed)
    assert "Tunjuk 9 orang" in seen
    assert "Polres Serang Contoh" in seen
    assert (points(), User.objects.filter(name__startswith="Petugas").count()) == (
        before,
        0,
    )
    assert send(admin, FOCAL_POINT_LISTS, listed).status == "committed"
    assert FOCAL_POINT_LISTS.url("links", listed.pk) in shown(admin, listed)
    answer = links(admin, listed)
    assert len(tokens(answer)) == 9
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert points() == before + 9
    made = FocalPoint.objects.get(user__username="petugas.1")
    assert (made.agency, made.position) == (dataset.agencies["polres"], "Sekretaris")
    assert made.starts_on.isoformat() == "2026-03-02"
    assert not made.user.has_usable_password()


def test_the_slips_are_a_tagged_pdf_whose_links_open_the_accounts(
    dataset: Dataset, signed_in, client: Client
):
    admin = signed_in("admin")
    secrets = tokens(links(admin, appointed(admin, *many(9))))
    answer = admin.post(SLIPS, {"token": secrets})
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    paper = PdfReader(BytesIO(answer.content))
    text = "".join(one.extract_text() for one in paper.pages)
    assert len(paper.pages) == 2
    assert b"/Marked true" in answer.content
    assert "Petugas Contoh 8" in text
    assert "Narahubung instansi, Dinsos" in text
    assert client.get(f"/akun/sandi/{secrets[0]}/").status_code == 302


def test_no_address_alone_makes_slips(dataset: Dataset, signed_in):
    assert signed_in("admin").get(SLIPS).status_code == 405


def test_slips_are_made_of_ones_own_open_links_only(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    [link] = tokens(links(admin, appointed(admin, {})))
    other = Client()
    other.force_login(make_user("admin2", is_staff=True, is_superuser=True))
    assert other.post(SLIPS, {"token": [link]}).url == LIST
    for words in (["lain"], []):
        assert admin.post(SLIPS, {"token": words}).url == LIST
    PasswordTicket.objects.update(ended_at="2026-01-01T00:00Z")
    assert admin.post(SLIPS, {"token": [link]}).url == LIST


def test_who_has_an_address_gets_a_letter_and_no_slip(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    answer = links(admin, appointed(admin, {"email": "maruf@contoh.id"}))
    assert tokens(answer) == []
    MAIL_EXECUTOR.submit(lambda: None).result()
    [letter] = mail.outbox
    assert letter.to == ["maruf@contoh.id"]
    assert letter.body.split("/akun/sandi/")[1][:20] not in page(answer)


def test_the_log_names_kinds_and_numbers_not_people(dataset: Dataset, signed_in):
    appointed(signed_in("admin"), {})
    entries = [f"{one} {one.change_message}" for one in LogEntry.objects.all()]
    assert len(entries) == 2
    assert not [words for words in entries if "Ma'ruf" in words or "maruf" in words]


def test_the_template_is_read_back_as_a_list(signed_in):
    admin = signed_in("admin")
    content = b"".join(admin.get(f"{UPLOAD}template/"))
    upload = filled(content, [PERSON[name] for name in FOCAL_POINT_COLUMNS])
    seen = shown(admin, bring(admin, FOCAL_POINT_LISTS, upload))
    assert "Tunjuk 1 orang" in seen
    assert "Ma&#x27;ruf" in seen


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 90), "berkas"),
        (SimpleUploadedFile("a.csv", b"Hari;Cuaca\nSenin;hujan\n"), "baris judul"),
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
    admin = signed_in("admin")
    seen = shown(admin, brought(admin, {"starts_on": day}))
    assert "mulai 2 Maret 2026" in seen


def test_a_formula_is_plain_text(dataset: Dataset, signed_in):
    row = {"name": '=HYPERLINK("x")', "username": ""}
    admin = signed_in("admin")
    seen = shown(admin, brought(admin, row))
    assert "=HYPERLINK(&quot;x&quot;)" in seen


# --- Who may, and all or none ------------------------------------------------

PAGES = [
    ("get", UPLOAD),
    ("post", UPLOAD),
    ("get", f"{UPLOAD}template/"),
    ("post", SLIPS),
]
#: pages of one list, below its own address
OF_A_LIST = [
    ("get", ""),
    ("get", "kolom/"),
    ("post", "kolom/"),
    ("post", "pilih/"),
    ("post", "lewati/"),
    ("post", "terapkan/"),
    ("post", "ulangi/"),
    ("post", "buang/"),
    ("get", "links/"),
    ("post", "links/"),
]
OF_A_ROW = [("get", ""), ("post", ""), ("post", "lewati/"), ("post", "pulihkan/")]


def test_the_pages_are_the_administrators(
    dataset: Dataset, signed_in, client: Client
) -> None:
    listed = brought(signed_in("admin"), {})
    own, row = f"{UPLOAD}{listed.pk}/", listed.rows.get()
    pages = [*PAGES, *((method, f"{own}{page}") for method, page in OF_A_LIST)]
    pages += [(method, f"{own}baris/{row.pk}/{page}") for method, page in OF_A_ROW]
    before = points()
    lacking = [helper(one, set(APPOINT_MANY) - {one}) for one in APPOINT_MANY]
    others = [signed_in(name) for name in ("kanwil", "serang", "dinsos", "auditor")]
    for method, address in pages:
        for other in others:
            assert getattr(other, method)(address).status_code == 302, address
        assert getattr(client, method)(address).url.startswith("/masuk/")
        for browser in lacking:
            assert getattr(browser, method)(address).status_code == 403, address
    listed.refresh_from_db()
    assert (points(), listed.status) == (before, "previewed")


def test_another_administrator_sees_nothing_of_the_list(dataset: Dataset, signed_in):
    listed = appointed(signed_in("admin"), {})
    other = helper("fgd.other", set(APPOINT_MANY))
    for page_of_list in ("", "kolom/", "links/"):
        assert other.get(f"{UPLOAD}{listed.pk}/{page_of_list}").status_code == 404
    with pytest.raises(PermissionDenied):
        issue_links(listed, acting_user=User.objects.get(username="pembantu.other"))


def test_the_rights_are_asked_again_when_the_list_is_saved(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    listed = brought(admin, {})
    User.objects.filter(username="admin").update(is_superuser=False)
    assert admin.post(f"{UPLOAD}{listed.pk}/terapkan/").status_code == 403
    with pytest.raises(PermissionDenied):
        FOCAL_POINT_LISTS.require(User.objects.get(username="admin"), listed)


# --- Links of new accounts ----------------------------------------------------


def test_links_are_not_lost_with_the_page_that_showed_them(
    dataset: Dataset, signed_in, client: Client
):
    admin = signed_in("admin")
    listed = appointed(admin, *many(2))
    first = tokens(links(admin, listed))
    [user, *_rest] = listed.new_accounts.order_by("pk")
    asked = page(admin.get(FOCAL_POINT_LISTS.url("links", listed.pk)))
    assert "Petugas Contoh 1 (petugas.1)" in asked
    assert first[0] not in asked
    User.objects.filter(pk=user.pk).update(last_login="2026-03-02T00:00Z")
    [second] = tokens(links(admin, listed))
    assert second not in first
    assert client.get(f"/akun/sandi/{first[1]}/").status_code != 302
    assert client.get(f"/akun/sandi/{second}/").status_code == 302


def test_links_are_made_only_for_accounts_that_the_list_created(
    dataset: Dataset, signed_in
):
    admin = signed_in("admin")
    row = {"name": "Contoh polres", "username": "polres", "phone": ""}
    listed = appointed(admin, row)
    assert FOCAL_POINT_LISTS.url("links", listed.pk) not in shown(admin, listed)
    answer = admin.post(FOCAL_POINT_LISTS.url("links", listed.pk), follow=True)
    assert "sudah pernah masuk" in page(answer)
    assert not PasswordTicket.objects.exists()


def test_a_list_that_was_not_saved_has_no_links(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    listed = brought(admin, {})
    admin.post(FOCAL_POINT_LISTS.url("links", listed.pk))
    assert not PasswordTicket.objects.exists()
    assert FocalPointList.objects.get().new_accounts.count() == 0


def helper(name: str, permissions: set[str]) -> Client:
    """A browser of somebody in the administration who has these rights only."""
    person = make_user(f"pembantu.{name.partition('.')[2]}", is_staff=True)
    codes = [right.partition(".")[2] for right in permissions]
    person.user_permissions.set(Permission.objects.filter(codename__in=codes))
    browser = Client()
    browser.force_login(person)
    return browser


def test_what_changes_something_is_posted(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    listed = brought(admin, {})
    for address in (SLIPS, FOCAL_POINT_LISTS.url("commit", listed.pk)):
        assert admin.get(address).status_code == 405
    assert admin.post(f"{UPLOAD}template/").status_code == 405


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


def test_the_worker_saves_a_list_whose_saving_was_interrupted(
    dataset: Dataset, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = signed_in("admin")
    listed = brought(admin, {})
    with monkeypatch.context() as interrupted:
        nothing = "desabinaan.uploads.services.commit.run_commit"
        interrupted.setattr(nothing, lambda *_args: None)
        assert send(admin, FOCAL_POINT_LISTS, listed).status == "committing"
    commit_focal_point_list(upload=listed.pk)
    listed.refresh_from_db()
    assert listed.status == "committed"
    assert app.tasks[FOCAL_POINT_LISTS.task].func is commit_focal_point_list.func
