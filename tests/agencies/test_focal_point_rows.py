"""What is known of each row of a list of focal points before it is applied."""

from html import unescape

import pytest

from desabinaan.accounts.models import PasswordTicket, User
from fgd.agencies.models import Agency, FocalPoint
from fgd.plan.kind import FOCAL_POINT_LISTS
from fgd.plan.models import Action
from fgd.plan.selectors.visible_counts import VisibleCounts, visible_counts_of
from fgd.sessions.models import Session
from tests.agencies.focal_point_lists import (
    PERSON,
    appointed,
    brought,
    found,
    links,
    many,
    points,
    shown,
)
from tests.dataset import Dataset, make_user
from tests.people_lists import edit, page, problems_of, send, sharing
from tests.sessions import sessions as scene
from tests.uploads.buttons import answered
from villages.people import services as people_services


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"agency": "Dinas Perikanan"}, "Tidak ada instansi dengan nama ini"),
        ({"agency": "kembar barat"}, "Pilih yang mirip"),
        ({"agency": "!!"}, "Tidak ada instansi dengan nama ini"),
        ({"agency": "dinas kembar"}, "Ada beberapa instansi “dinas kembar”"),
        ({"agency": "Dinas Usulan"}, "Dinas Usulan belum"),
        ({"agency": ""}, "Isi “Instansi”"),
        ({"username": "official"}, "Nama pengguna official sudah dipakai Contoh"),
        ({"email": "KANTOR@contoh.id"}, "sudah dipakai Contoh official (official)"),
        ({"phone": "+62 812-999-000"}, "sudah dipakai Contoh official"),
        ({"username": "waiting"}, "permintaan yang masih menunggu"),
        ({"name": "Contoh admin", "username": "admin"}, "peran kepada dirinya"),
        ({"name": "Contoh nobody", "username": "nobody"}, "Akun ini ditutup"),
        ({"username": "Dua Kata"}, "Nama pengguna: Pakai huruf kecil"),
        ({"email": "bukan surel"}, "nama@contoh.id"),
        ({"starts_on": "besok"}, "sebagai tanggal"),
        ({"name": ""}, "Isi “Nama”"),
    ],
)
def test_a_doubtful_row_is_shown_and_blocks_the_whole_list(
    dataset: Dataset, signed_in, changes, message
):
    crowd(dataset)
    admin, before = signed_in("admin"), points()
    rows = [many(1)[0], {"phone": "", **changes}]
    listed = brought(admin, *rows)
    first, second = listed.rows.all()
    assert (first.check_result, second.check_result) == ("ready", "doubtful")
    assert message in problems_of(FOCAL_POINT_LISTS, second)
    assert message in unescape(shown(admin, listed))
    assert send(admin, FOCAL_POINT_LISTS, listed).status == "previewed"
    assert points() == before
    assert not User.objects.filter(username="petugas.0").exists()


def crowd(dataset: Dataset) -> None:
    """Agencies with like names, one only proposed; people with addresses."""
    for name in ("Barat", "Timur"):
        _agency(f"Dinas Kembar {name}", "Dinas Kembar")
    _agency("Dinas Usulan", "Dinas Usulan", status="proposed")
    User.objects.filter(username="official").update(
        email="kantor@contoh.id", phone="+62812999000"
    )
    User.objects.filter(username="nobody").update(is_active=False)
    details = {"username": "waiting", "name": "Orang Lain", "letter_number": "ST-1"}
    people_services.request_account(
        "village_official",
        dataset.villages["lontar"],
        details | {"starts_on": "2026-03-02"},
        acting_user=dataset.user("serang"),
    )


def _agency(name: str, short: str, status: str = "confirmed") -> Agency:
    kinds = {"kind": "other", "level": "regency", "status": status}
    return Agency.objects.create(name=name, short_name=short, **kinds)


def test_a_full_name_goes_before_the_short_name_of_others(dataset: Dataset):
    meant = _agency("Dinas Kembar", "DK")
    _agency("Dinas Kembar Timur", "Dinas Kembar")
    [one] = found(dataset, {"agency": "dinas  KEMBAR"})
    assert one.wanted.agency == meant


def test_a_merged_agency_leads_to_the_one_that_stays(dataset: Dataset, signed_in):
    polres = dataset.agencies["polres"]
    Agency.objects.filter(pk=dataset.agencies["dinsos"].pk).update(successor=polres)
    admin = signed_in("admin")
    listed = brought(admin, {"agency": "Dinsos"})
    assert "Dinsos sudah digabung ke Polres Serang" in shown(admin, listed)
    send(admin, FOCAL_POINT_LISTS, listed)
    assert FocalPoint.objects.get(user__username="maruf").agency == polres


@pytest.mark.parametrize("known_by", ["username", "email", "phone"])
def test_an_existing_account_is_used_unchanged(
    dataset: Dataset, signed_in, known_by: str
):
    ways = {"username": "siti", "email": "siti@contoh.id", "phone": "+6281311111111"}
    siti = make_user(**ways)
    User.objects.filter(pk=siti.pk).update(name="Siti Aminah")
    strange = {"username": "lain", "email": "lain@contoh.id", "phone": "0899 9999 999"}
    row = {"name": "SITI  aminah"} | strange | {known_by: ways[known_by]}
    admin = signed_in("admin")
    listed = brought(admin, row)
    seen = shown(admin, listed)
    assert "Sudah memiliki akun: Siti Aminah (siti)" in seen
    assert ("Alamat email dalam daftar tidak" in seen) == (known_by != "email")
    assert send(admin, FOCAL_POINT_LISTS, listed).status == "committed"
    links(admin, listed)
    assert FocalPoint.objects.get(user=siti).agency == dataset.agencies["dinsos"]
    after = User.objects.get(pk=siti.pk)
    assert (after.email, after.phone, after.password) == (
        ways["email"],
        ways["phone"],
        siti.password,
    )
    assert not PasswordTicket.objects.exists()
    assert not User.objects.filter(username="lain").exists()


def test_an_account_of_two_people_is_nobodys(dataset: Dataset, signed_in):
    make_user("siti", email="siti@contoh.id")
    User.objects.filter(username="siti").update(name="Siti")
    make_user("dewi", email="dewi@contoh.id")
    row = {"name": "Siti", "username": "siti", "email": "dewi@contoh.id"}
    seen = problems_of(FOCAL_POINT_LISTS, brought(signed_in("admin"), row).rows.get())
    assert "dewi@contoh.id sudah dipakai Contoh dewi (dewi)" in seen


def test_the_same_name_elsewhere_is_another_person(dataset: Dataset):
    other_person = {"name": "Contoh official", "username": "lain", "phone": ""}
    [one] = found(dataset, other_person)
    assert one.account is None


def test_the_same_list_once_more_changes_nothing(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    rows = [{}, *many(3)]
    appointed(admin, *rows)
    before, accounts = points(), User.objects.count()
    nameless = brought(admin, *(row | {"username": ""} for row in rows))
    seen = shown(admin, nameless)
    assert seen.count("Sudah menjadi narahubung instansi ini") == 4
    assert "petugas.2" in seen
    assert "tidak ada yang perlu disimpan" in seen.lower()
    assert send(admin, FOCAL_POINT_LISTS, nameless).status == "previewed"
    assert (points(), User.objects.count()) == (before, accounts)


def test_a_former_focal_point_begins_after_the_last_day(dataset: Dataset, signed_in):
    term = FocalPoint.objects.get(user__username="dinsos")
    FocalPoint.objects.filter(pk=term.pk).update(ends_on="2026-03-31")
    row = {"name": term.user.name, "username": "dinsos", "phone": ""}
    admin = signed_in("admin")
    assert "sampai 31 Maret 2026" in shown(admin, brought(admin, row))
    appointed(admin, row | {"starts_on": "1/4/2026"})
    assert FocalPoint.objects.filter(user=term.user).count() == 2


def test_current_focal_points_are_shown(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    assert "Narahubung saat ini: Contoh dinsos." in shown(admin, brought(admin, {}))


def test_a_row_is_corrected_in_place_or_skipped(dataset: Dataset, signed_in):
    admin = signed_in("admin")
    wrong: list[dict[str, str]] = [{}, {"username": "official", "phone": ""}]
    listed = brought(admin, *wrong)
    edit(admin, FOCAL_POINT_LISTS, listed.rows.last(), username="dewi", name="Dewi")
    assert "Tunjuk 2 orang" in shown(admin, listed)
    listed = brought(admin, wrong[0], wrong[1] | {"agency": "entah"})
    last = listed.rows.last()
    skip = FOCAL_POINT_LISTS.url("row_skip", listed.pk, last.pk)
    admin.post(skip, {"version": last.version})
    assert send(admin, FOCAL_POINT_LISTS, listed).status == "committed"
    assert listed.new_accounts.get().username == "maruf"


@pytest.mark.parametrize("name", ["dinas kembar", "kembar barat"])
def test_the_agency_that_is_meant_is_chosen(dataset: Dataset, signed_in, name: str):
    crowd(dataset)
    meant = Agency.objects.get(name="Dinas Kembar Barat")
    admin = signed_in("admin")
    listed = brought(admin, {"agency": name}, many(1)[0] | {"agency": name})
    first, second = listed.rows.all()
    assert str(meant.pk) in first.candidates
    doubtful = admin.get(f"{FOCAL_POINT_LISTS.url('detail', listed.pk)}?tampil=ragu")
    assert "Dinas Kembar Barat" in page(doubtful)
    answers = answered(first, str(meant.pk))
    admin.post(FOCAL_POINT_LISTS.url("choose", listed.pk), answers)
    for row in (first, second):
        row.refresh_from_db()
        assert (row.check_result, row.subject) == ("ready", str(meant.pk))
    send(admin, FOCAL_POINT_LISTS, listed)
    assert meant.focal_points.count() == 2


def test_a_new_account_is_not_replaced_by_one_that_appeared_meanwhile(
    dataset: Dataset, signed_in
):
    """The page said that an account is made; to give the role to another is news."""
    admin = signed_in("admin")
    listed = brought(admin, {"phone": "0812 7777 7777"})
    make_user("maruf.lama", phone="+6281277777777")
    User.objects.filter(username="maruf.lama").update(name="Ma'ruf")
    assert send(admin, FOCAL_POINT_LISTS, listed).status == "failed"
    assert not FocalPoint.objects.filter(user__username="maruf.lama").exists()
    assert "Sudah memiliki akun" in listed.problem


@pytest.mark.parametrize("shared", ["username", "email", "phone"])
def test_two_rows_with_the_same_personal_detail_are_shown(
    dataset: Dataset, signed_in, shared: str
):
    listed = brought(signed_in("admin"), *sharing(PERSON, shared))
    assert "dua kali" in problems_of(FOCAL_POINT_LISTS, listed.rows.last())


# --- What there is to see ----------------------------------------------------


def test_the_counts_are_what_a_focal_point_really_sees(dataset: Dataset):
    dinsos, polres = dataset.agencies["dinsos"], dataset.agencies["polres"]
    scene.running(dataset)
    scene.running(dataset, status="draft")
    scene.running(dataset, status="cancelled")
    scene.action(dataset, supporters=("polres",))
    scene.action(dataset, lead="polres")
    scene.action(dataset, agreed=False)
    scene.action(dataset, lead="kanim", supporters=("dinsos",))
    Agency.objects.filter(pk=dataset.agencies["kanim"].pk).update(
        successor=polres, office=None
    )
    counts_by_agency = visible_counts_of([dinsos.pk, polres.pk])
    for agency, name in ((dinsos, "dinsos"), (polres, "polres")):
        person, counts = dataset.user(name), counts_by_agency[agency.pk]
        assert counts.sessions == Session.objects.visible_to(person).count()
        actions = Action.objects.visible_to(person).count()
        assert counts.led + counts.supported == actions
    assert counts_by_agency[dinsos.pk] == VisibleCounts(5, 1, 1)
    assert counts_by_agency[polres.pk] == VisibleCounts(0, 2, 1)


def test_checking_takes_the_same_queries_for_one_and_for_many(
    dataset: Dataset, signed_in, django_assert_num_queries
):
    admin, user = signed_in("admin"), dataset.user("admin")
    for count in (3, 30):
        listed = brought(admin, *many(count))
        rows = list(listed.rows.all())
        with django_assert_num_queries(8):
            FOCAL_POINT_LISTS.check(listed, rows, user)


def test_all_that_will_be_saved_of_a_new_person_is_shown(signed_in) -> None:
    admin = signed_in("admin")
    listed = brought(admin, {"phone": "0062812-3456-7890", "email": "maruf@contoh.id"})
    seen = unescape(shown(admin, listed))
    assert "telepon 0812-3456-7890 · email maruf@contoh.id · Sekretaris" in seen
    row = listed.rows.get()
    row.cells["phone"] = "0812 9999 0000"  # as if it were understood in another way
    row.save()
    assert send(admin, FOCAL_POINT_LISTS, listed).status == "failed"
    assert not User.objects.filter(username="maruf").exists()


@pytest.mark.parametrize(
    ("typed", "is_ignored"),
    [("0813-9999-0000", True), ("0813 1111 1111", False), ("tidak punya", False)],
)
def test_a_telephone_that_is_ignored_is_named(
    signed_in, typed: str, is_ignored: bool
) -> None:
    siti = make_user(username="siti", phone="+6281311111111")
    admin = signed_in("admin")
    listed = brought(admin, {"name": siti.name, "username": "siti", "phone": typed})
    assert "Sudah memiliki akun" in shown(admin, listed)
    keys = {key for key, _details in listed.rows.get().notes}
    assert ("keeps_phone" in keys) == is_ignored
    assert "writes_phone" not in keys
