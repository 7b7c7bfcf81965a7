"""Many focal points at once: a file is looked over, applied, and printed."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from desabinaan.accounts.mail import POST_OFFICE
from desabinaan.accounts.models import PasswordTicket, User
from fgd.actions.focal_points import APPOINT_MANY, appoint_all
from fgd.forms.focal_points import HEADINGS, speakers
from fgd.models import Action, Agency, FocalPoint, Session
from fgd.selectors.focal_points import Sight, sight_of
from tests.fgd import scene
from tests.world import World, make_user
from villages import actions as villages

LIST = "/admin/fgd/focalpoint/"
UPLOAD = f"{LIST}list/"
CHECK, APPLY, SLIPS = f"{UPLOAD}check/", f"{UPLOAD}apply/", f"{UPLOAD}slips/"
PERSON = {
    "name": "Ma'ruf",
    "agency": "DINSOS contoh",
    "position": "Sekretaris",
    "username": "maruf",
    "email": "",
    "phone": "0812 3456 7890",
    "starts_on": "2 Maret 2026",
}


def sheet(*people: dict[str, str], kind: str = "csv") -> SimpleUploadedFile:
    rows = [[words[0] for words in HEADINGS.values()]]
    rows += [[(PERSON | person)[column] for column in HEADINGS] for person in people]
    if kind == "csv":
        text = StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        return SimpleUploadedFile("daftar.csv", text.getvalue().encode())
    book, out = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("daftar.xlsx", out.getvalue())


def typed(*people: dict[str, str]) -> dict[str, str]:
    """The rows as the page posts them."""
    sent = {"baris-TOTAL_FORMS": str(len(people)), "baris-INITIAL_FORMS": "0"}
    for number, person in enumerate(people):
        whole = PERSON | person
        sent |= {f"baris-{number}-{name}": value for name, value in whole.items()}
    return sent


def page(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def many(count: int) -> list[dict[str, str]]:
    names = ["Dinsos", "Polres Serang", "Kanim Serang"]
    return [
        {
            "name": f"Petugas Contoh {n}",
            "username": f"petugas.{n}",
            "phone": "",
            "agency": names[n % 3],
        }
        for n in range(count)
    ]


def points() -> int:
    return FocalPoint.objects.count()


def found(world: World, *people: dict[str, str]):
    return speakers(typed(*people), world.user("admin")).ready()


def tokens(answer) -> list[str]:
    words = page(answer).split('name="token" value="')[1:]
    return [word.split('"')[0] for word in words]


# --- From the file to the slips ----------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_looked_over_and_then_applied(world: World, signed_in, kind: str):
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
    assert (made.agency, made.position) == (world.agencies["polres"], "Sekretaris")
    assert made.starts_on.isoformat() == "2026-03-02"
    assert not made.user.has_usable_password()


def test_the_slips_are_a_tagged_pdf_whose_links_open_the_accounts(
    world: World, signed_in, client: Client
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


def test_slips_are_made_of_ones_own_open_links_only(world: World, signed_in):
    admin = signed_in("admin")
    [link] = tokens(admin.post(APPLY, typed({})))
    other = Client()
    other.force_login(make_user("admin2", is_staff=True, is_superuser=True))
    assert other.post(SLIPS, {"token": [link]}).url == LIST
    for words in (["lain"], []):
        assert admin.post(SLIPS, {"token": words}).url == LIST
    PasswordTicket.objects.update(ended_at="2026-01-01T00:00Z")
    assert admin.post(SLIPS, {"token": [link]}).url == LIST


def test_who_has_an_address_gets_a_letter_and_no_slip(world: World, signed_in):
    shown = signed_in("admin").post(APPLY, typed({"email": "maruf@contoh.id"}))
    assert tokens(shown) == []
    POST_OFFICE.submit(lambda: None).result()
    [letter] = mail.outbox
    assert letter.to == ["maruf@contoh.id"]
    assert letter.body.split("/akun/sandi/")[1][:20] not in page(shown)


def test_the_log_names_kinds_and_numbers_not_people(world: World, signed_in):
    signed_in("admin").post(APPLY, typed({}))
    told = [f"{one} {one.change_message}" for one in LogEntry.objects.all()]
    assert len(told) == 2
    assert not [words for words in told if "Ma'ruf" in words or "maruf" in words]


def test_the_template_is_read_back_as_a_list(signed_in):
    admin = signed_in("admin")
    content = b"".join(admin.get(f"{UPLOAD}template/"))
    book = openpyxl.load_workbook(BytesIO(content))
    book.active.append([PERSON[name] for name in HEADINGS])
    out = BytesIO()
    book.save(out)
    filled = SimpleUploadedFile("daftar.xlsx", out.getvalue())
    seen = page(admin.post(UPLOAD, {"file": filled}))
    assert "1 orang akan" in seen
    assert "Ma&#x27;ruf" in seen


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 90), "berkas"),
        (SimpleUploadedFile("a.csv", b"Hari;Cuaca\nSenin;hujan\n"), "baris judul"),
        (SimpleUploadedFile("a.csv", b"Nama;Instansi\n"), "Tidak ada baris orang"),
        (sheet(*[{"name": f"Orang {n}"} for n in range(151)]), "paling banyak 150"),
    ],
)
def test_a_file_that_is_no_list_is_told(world: World, signed_in, upload, told):
    upload.seek(0)
    assert told in page(signed_in("admin").post(UPLOAD, {"file": upload}))


@pytest.mark.parametrize(
    "day", ["2026-03-02", "2/3/2026", "02-03-2026", "2 maret 2026"]
)
def test_a_day_is_read_however_it_is_written(world: World, signed_in, day: str):
    seen = page(signed_in("admin").post(UPLOAD, {"file": sheet({"starts_on": day})}))
    assert "mulai 2 Maret 2026" in seen


def test_a_formula_is_plain_text(world: World, signed_in):
    row = {"name": '=HYPERLINK("x")', "username": ""}
    seen = page(signed_in("admin").post(UPLOAD, {"file": sheet(row)}))
    assert "=HYPERLINK(&quot;x&quot;)" in seen


# --- What is known of a row --------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"agency": "Dinas Perikanan"}, "Tidak ada instansi dengan nama ini"),
        ({"agency": "kembar barat"}, "Mirip: Dinas Kembar Barat."),
        ({"agency": "!!"}, "Tidak ada instansi dengan nama ini"),
        ({"agency": "dinas kembar"}, "Dinas Kembar Barat; Dinas Kembar Timur"),
        ({"agency": "Dinas Usulan"}, "Dinas Usulan belum"),
        ({"agency": ""}, "Isi “Instansi”"),
        ({"username": "official"}, "Nama pengguna official sudah dipakai Contoh"),
        ({"email": "KANTOR@contoh.id"}, "sudah dipakai Contoh official (official)"),
        ({"phone": "+62 812-999-000"}, "sudah dipakai Contoh official"),
        ({"username": "waiting"}, "permintaan yang masih menunggu"),
        ({"name": "Contoh admin", "username": "admin"}, "peran kepada dirinya"),
        ({"name": "Contoh nobody", "username": "nobody"}, "Akun ini ditutup"),
        ({"username": "Dua Kata"}, "huruf kecil"),
        ({"email": "bukan surel"}, "nama@contoh.id"),
        ({"starts_on": "besok"}, "sebagai tanggal"),
        ({"name": ""}, "Isi “Nama”"),
    ],
)
def test_a_row_in_doubt_is_told_and_holds_up_the_whole(
    world: World, signed_in, changes, told
):
    crowd(world)
    admin, before = signed_in("admin"), points()
    rows = [many(1)[0], {"phone": "", **changes}]
    assert told in page(admin.post(UPLOAD, {"file": sheet(*rows)}))
    assert told in page(admin.post(APPLY, typed(*rows)))
    assert points() == before
    assert not User.objects.filter(username="petugas.0").exists()


def crowd(world: World) -> None:
    """Agencies with like names, one only proposed; people with addresses."""
    for name in ("Barat", "Timur"):
        _agency(f"Dinas Kembar {name}", "Dinas Kembar")
    _agency("Dinas Usulan", "Dinas Usulan", status="proposed")
    User.objects.filter(username="official").update(
        email="kantor@contoh.id", phone="0812 999 000"
    )
    User.objects.filter(username="nobody").update(is_active=False)
    details = {"username": "waiting", "name": "Orang Lain", "letter_number": "ST-1"}
    villages.request_account(
        "village_official",
        world.villages["lontar"],
        details | {"starts_on": "2026-03-02"},
        acting_user=world.user("serang"),
    )


def _agency(name: str, short: str, status: str = "confirmed") -> Agency:
    kinds = {"kind": "other", "level": "regency", "status": status}
    return Agency.objects.create(name=name, short_name=short, **kinds)


def test_a_full_name_goes_before_the_short_name_of_others(world: World):
    meant = _agency("Dinas Kembar", "DK")
    _agency("Dinas Kembar Timur", "Dinas Kembar")
    [one] = found(world, {"agency": "dinas  KEMBAR"})
    assert one.wanted.agency == meant


def test_a_merged_agency_leads_to_the_one_that_stays(world: World, signed_in):
    polres = world.agencies["polres"]
    Agency.objects.filter(pk=world.agencies["dinsos"].pk).update(successor=polres)
    admin = signed_in("admin")
    seen = page(admin.post(CHECK, typed({"agency": "Dinsos"})))
    assert "Dinsos dilanjutkan sebagai Polres Serang" in seen
    admin.post(APPLY, typed({"agency": "Dinsos"}))
    assert FocalPoint.objects.get(user__username="maruf").agency == polres


@pytest.mark.parametrize("known_by", ["username", "email", "phone"])
def test_an_account_that_stands_is_used_as_it_is(
    world: World, signed_in, known_by: str
):
    ways = {"username": "siti", "email": "siti@contoh.id", "phone": "0813 1"}
    siti = make_user(**ways)
    User.objects.filter(pk=siti.pk).update(name="Siti Aminah")
    strange = {"username": "lain", "email": "lain@contoh.id", "phone": "0899 9"}
    row = {"name": "SITI  aminah"} | strange | {known_by: ways[known_by]}
    admin = signed_in("admin")
    seen = page(admin.post(CHECK, typed(row)))
    assert "Sudah memiliki akun: Siti Aminah (siti)" in seen
    assert ("Alamat dalam daftar tidak" in seen) == (known_by != "email")
    assert tokens(admin.post(APPLY, typed(row))) == []
    assert FocalPoint.objects.get(user=siti).agency == world.agencies["dinsos"]
    after = User.objects.get(pk=siti.pk)
    assert (after.email, after.phone, after.password) == (
        ways["email"],
        ways["phone"],
        siti.password,
    )
    assert not PasswordTicket.objects.exists()
    assert not User.objects.filter(username="lain").exists()


def test_an_account_of_two_people_is_nobodys(world: World, signed_in):
    make_user("siti", email="siti@contoh.id")
    User.objects.filter(username="siti").update(name="Siti")
    make_user("dewi", email="dewi@contoh.id")
    row = {"name": "Siti", "username": "siti", "email": "dewi@contoh.id"}
    seen = page(signed_in("admin").post(CHECK, typed(row)))
    assert "dewi@contoh.id sudah dipakai Contoh dewi (dewi)" in seen


def test_a_namesake_elsewhere_is_another_person(world: World):
    namesake = {"name": "Contoh official", "username": "lain", "phone": ""}
    [one] = found(world, namesake)
    assert one.account is None


def test_the_same_list_once_more_changes_nothing(world: World, signed_in):
    admin = signed_in("admin")
    rows = [{}, *many(3)]
    admin.post(APPLY, typed(*rows))
    before, accounts = points(), User.objects.count()
    nameless = [row | {"username": ""} for row in rows]
    seen = page(admin.post(UPLOAD, {"file": sheet(*nameless)}))
    assert seen.count("Sudah menjadi narahubung instansi ini") == 4
    assert "petugas.2" in seen
    again = page(admin.post(APPLY, typed(*rows)))
    assert "Tidak ada yang akan berubah" in again
    assert (points(), User.objects.count()) == (before, accounts)


def test_who_speaks_again_begins_after_the_last_day(world: World, signed_in):
    term = FocalPoint.objects.get(user__username="dinsos")
    FocalPoint.objects.filter(pk=term.pk).update(ends_on="2026-03-31")
    row = {"name": term.user.name, "username": "dinsos", "phone": ""}
    admin = signed_in("admin")
    seen = page(admin.post(CHECK, typed(row)))
    assert "sampai 31 Maret 2026" in seen
    admin.post(APPLY, typed(row | {"starts_on": "1/4/2026"}))
    assert FocalPoint.objects.filter(user=term.user).count() == 2


def test_who_speaks_for_the_agency_so_far_is_shown(world: World, signed_in):
    assert "Contoh dinsos" in page(signed_in("admin").post(CHECK, typed({})))


def test_a_row_is_mended_in_place_or_left_out(world: World, signed_in):
    admin = signed_in("admin")
    wrong = typed({}, {"username": "official", "phone": ""})
    assert "2 orang akan" in page(
        admin.post(CHECK, wrong | {"baris-1-username": "dewi", "baris-1-name": "Dewi"})
    )
    wrong |= {"baris-1-agency": "tidak ada", "baris-1-starts_on": "besok"}
    assert len(tokens(admin.post(APPLY, wrong | {"baris-1-skip": "on"}))) == 1


@pytest.mark.parametrize("shared", ["username", "email", "phone"])
def test_two_rows_that_share_what_is_one_persons_are_told(
    world: World, signed_in, shared: str
):
    one = {"email": "a@contoh.id", "phone": "0812 1"}
    other = {"name": "Dewi", "username": "d", "email": "b@contoh.id", "phone": "0813"}
    same = (PERSON | one)[shared]
    seen = page(signed_in("admin").post(CHECK, typed(one, other | {shared: same})))
    assert "dua kali" in seen


# --- What there is to see ----------------------------------------------------


def test_the_counts_are_what_a_focal_point_really_sees(world: World):
    dinsos, polres = world.agencies["dinsos"], world.agencies["polres"]
    scene.running(world)
    scene.running(world, status="draft")
    scene.running(world, status="cancelled")
    scene.action(world, supporters=("polres",))
    scene.action(world, lead="polres")
    scene.action(world, agreed=False)
    Agency.objects.filter(pk=world.agencies["kanim"].pk).update(
        successor=polres, office=None
    )
    scene.action(world, lead="kanim", supporters=("dinsos",))
    sights = sight_of([dinsos.pk, polres.pk])
    for agency, name in ((dinsos, "dinsos"), (polres, "polres")):
        voice, sight = world.user(name), sights[agency.pk]
        assert sight.sessions == Session.objects.visible_to(voice).count()
        actions = Action.objects.visible_to(voice).count()
        assert sight.led + sight.supported == actions
    assert sights[dinsos.pk] == Sight(5, 1, 1)
    assert sights[polres.pk] == Sight(0, 2, 1)


def test_the_look_over_takes_the_same_queries_for_one_and_for_many(
    world: World, signed_in, django_assert_num_queries
):
    admin = signed_in("admin")
    for count in (3, 30):
        with django_assert_num_queries(11):
            page(admin.post(CHECK, typed(*many(count))))


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
    world: World, signed_in, client: Client, method: str, address: str
):
    before = points()
    for name in ("kanwil", "serang", "pimpasa", "official", "dinsos", "auditor"):
        answer = getattr(signed_in(name), method)(address, typed({}))
        assert answer.status_code == 302
    assert getattr(client, method)(address, typed({})).url.startswith("/masuk/")
    for missing in APPOINT_MANY:
        held = set(APPOINT_MANY) - {missing}
        answer = getattr(helper(missing, held), method)(address, typed({}))
        assert answer.status_code == 403, missing
    assert points() == before


def helper(name: str, held: set[str]) -> Client:
    """A browser of somebody in the administration who has these rights only."""
    person = make_user(f"pembantu.{name.partition('.')[2]}", is_staff=True)
    codes = [right.partition(".")[2] for right in held]
    person.user_permissions.set(Permission.objects.filter(codename__in=codes))
    browser = Client()
    browser.force_login(person)
    return browser


def test_what_changes_something_is_posted(world: World, signed_in):
    for address in (CHECK, APPLY, SLIPS):
        assert signed_in("admin").get(address).status_code == 405
    assert signed_in("admin").post(f"{UPLOAD}template/").status_code == 405


def test_the_way_there_is_shown_to_those_who_may(world: World, signed_in):
    assert UPLOAD in page(signed_in("admin").get(LIST))
    alone = helper("alone", {"fgd.add_focalpoint", "fgd.view_focalpoint"})
    assert UPLOAD not in page(alone.get(LIST))


@pytest.mark.parametrize("name", ["kanwil", "serang", "dinsos", "official"])
def test_nobody_else_appoints_a_list(world: World, name: str):
    rows = found(world, {})
    with pytest.raises(PermissionDenied):
        appoint_all(rows, acting_user=world.user(name))
    assert not User.objects.filter(username="maruf").exists()


def test_one_refusal_undoes_the_whole_list(world: World):
    rows, before = found(world, *many(3)), points()
    make_user("petugas.1")
    with pytest.raises(ValidationError, match="Petugas Contoh 1: "):
        appoint_all(rows, acting_user=world.user("admin"))
    assert points() == before
    assert not User.objects.filter(username="petugas.0").exists()
    assert not PasswordTicket.objects.exists()


def test_what_was_merged_meanwhile_undoes_the_whole_list(world: World):
    rows, before = found(world, *many(2)), points()
    polres = world.agencies["polres"]
    Agency.objects.filter(pk=polres.pk).update(successor=world.agencies["dinsos"])
    with pytest.raises(ValidationError, match=r"Petugas Contoh 1: .*Dinsos"):
        appoint_all(rows, acting_user=world.user("admin"))
    assert points() == before


def test_a_list_made_twice_from_the_same_look_appoints_once(world: World):
    rows = found(world, {"name": "Contoh polres", "username": "polres", "phone": ""})
    appoint_all(rows, acting_user=world.user("admin"))
    with pytest.raises(ValidationError, match="pada masa itu"):
        appoint_all(rows, acting_user=world.user("admin"))
    assert FocalPoint.objects.filter(user__username="polres").count() == 2
