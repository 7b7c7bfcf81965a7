"""Reference data: loaded without overwriting, checked, switched off, never erased."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from desabinaan.accounts.models import User
from tests.dataset import Dataset, make_user
from villages.places import reference_files
from villages.places.models import (
    ActivityKind,
    Holiday,
    Hotline,
    LegalBasis,
    Letterhead,
    Numbering,
    Scheme,
    Signatory,
)
from villages.places.presenters import unchecked_rows
from villages.places.selectors.reference import laws_in_force
from villages.places.services.reference import load_reference, mark_checked, take_number

TABLES = (Hotline, LegalBasis, Scheme, Holiday, ActivityKind)
LONG_AGO = date(2020, 1, 1)
pytestmark = pytest.mark.django_db


# --- Loading -----------------------------------------------------------------


def test_defaults_are_loaded_once_and_summed_up_in_a_sentence(capsys) -> None:
    call_command("load_reference")
    first = {table: table.objects.count() for table in TABLES}
    call_command("load_reference")
    assert {table: table.objects.count() for table in TABLES} == first
    assert all(first.values())
    said = capsys.readouterr().out
    assert f"{sum(first.values())} ditambah" in said
    assert "0 ditambah, 0 diperbarui" in said


def test_an_edited_row_is_never_overwritten(monkeypatch, tmp_path) -> None:
    load_reference()
    Hotline.objects.filter(code="polri").update(numbers="112")
    Scheme.objects.filter(code="drppa").update(is_active=False)
    newer(monkeypatch, tmp_path, "hotlines", "polri", numbers="1100")
    newer(monkeypatch, tmp_path, "schemes", "drppa", name="Nama baru")
    load_reference()
    assert Hotline.objects.get(code="polri").numbers == "112"
    scheme = Scheme.objects.get(code="drppa")
    assert (scheme.is_active, scheme.name != "Nama baru") == (False, True)


def test_an_untouched_row_follows_a_newer_default(monkeypatch, tmp_path) -> None:
    load_reference()
    mark = Hotline.objects.get(code="polri")
    newer(monkeypatch, tmp_path, "hotlines", "polri", numbers="1100")
    assert load_reference().renewed == 1
    renewed = Hotline.objects.get(code="polri")
    assert (renewed.pk, renewed.numbers) == (mark.pk, "1100")
    assert load_reference().renewed == 0


def test_a_row_made_by_hand_under_a_bundled_code_is_kept() -> None:
    Scheme.objects.create(code="drppa", name="DRPPA setempat")
    load_reference()
    assert Scheme.objects.get(code="drppa").name == "DRPPA setempat"


def test_an_unknown_word_in_a_file_is_refused_whole(monkeypatch, tmp_path) -> None:
    newer(monkeypatch, tmp_path, "schemes", "drppa", colour="red")
    with pytest.raises(ValueError, match="colour"), transaction.atomic():
        load_reference()
    assert not Hotline.objects.exists()


def newer(monkeypatch, folder, table: str, code: str, **changes: object) -> None:
    """Load the default files with one row of them changed."""
    for source in reference_files.DATA_FOLDER.glob("*.json"):
        kept = folder / source.name
        if source != kept and not kept.exists():
            kept.write_text(source.read_text())
    rows = json.loads((folder / f"{table}.json").read_text())
    for row in rows:
        if row["code"] == code:
            row |= changes
    (folder / f"{table}.json").write_text(json.dumps(rows))
    monkeypatch.setattr(reference_files, "DATA_FOLDER", folder)


# --- Checking ----------------------------------------------------------------


def test_who_checked_a_row_and_when_is_kept_with_its_history(dataset: Dataset) -> None:
    row = Hotline.objects.create(code="a", name="A", numbers="1")
    assert mark_checked(Hotline, [row.pk], acting_user=dataset.user("admin")) == 1
    row.refresh_from_db()
    assert row.checked_by == dataset.people["admin"]
    assert row.checked_on == timezone.localdate()
    assert row.events.filter(pgh_label="update").count() == 1


def test_only_who_keeps_a_table_marks_its_rows(dataset: Dataset) -> None:
    row = Hotline.objects.create(code="a", name="A", numbers="1")
    with pytest.raises(PermissionDenied):
        mark_checked(Hotline, [row.pk], acting_user=dataset.user("kanwil"))
    row.refresh_from_db()
    assert row.checked_on is None


def test_the_administrators_home_lists_what_nobody_checked_for_long(
    dataset: Dataset, signed_in, django_assert_num_queries
) -> None:
    today = timezone.localdate()
    for code, day in (("lama", today - timedelta(181)), ("baru", today)):
        Hotline.objects.create(code=code, name=code, numbers="1", checked_on=day)
    Hotline.objects.create(code="mati", name="mati", numbers="1", is_active=False)
    Holiday.objects.create(code="lewat", name="lewat", day=LONG_AGO)
    Letterhead.objects.create(office=dataset.serang, heading="X", address="Y")
    with django_assert_num_queries(1):
        rows, in_all = unchecked_rows()
    assert [row.name for row in rows] == ["Kanim Serang", "lama"]
    assert in_all == 2
    page = signed_in("admin").get("/").content.decode()
    assert rows[1].url in page


def test_only_laws_in_force_are_on_the_help_page(client) -> None:
    load_reference()
    LegalBasis.objects.create(code="x", name="Lama", about="-", in_force_to=LONG_AGO)
    names = {law.code for law in laws_in_force()}
    assert "uu-21-2007" in names
    assert not {"x", "uu-6-2011-pasal-120"} & names
    page = client.get("/bantuan/").content.decode()
    assert "Undang-Undang Nomor 21 Tahun 2007" in page


# --- Numbers -----------------------------------------------------------------


def test_numbers_follow_one_another_and_start_again_each_year(dataset: Dataset) -> None:
    numbering(dataset, "W.12-{nomor}/{bulan}/{tahun}", last_number=7)
    given = [
        take_number(dataset.serang, "invitation", day)
        for day in (date(2026, 11, 3), date(2026, 12, 1), date(2027, 1, 4))
    ]
    assert given == ["W.12-8/XI/2026", "W.12-9/XII/2026", "W.12-1/I/2027"]


def test_a_year_that_is_over_gives_no_number(dataset: Dataset) -> None:
    row = numbering(dataset, "{nomor}")
    take_number(dataset.serang, "invitation", date(2027, 1, 4))
    with pytest.raises(ValidationError, match="2026"):
        take_number(dataset.serang, "invitation", date(2026, 12, 31))
    row.refresh_from_db()
    assert (row.last_number, row.year) == (1, 2027)


def test_an_office_without_numbering_gets_a_message(dataset: Dataset) -> None:
    row = numbering(dataset, "{nomor}")
    with pytest.raises(ValidationError, match="Kanim Tangerang"):
        take_number(dataset.tangerang, "invitation", LONG_AGO)
    Numbering.objects.filter(pk=row.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="Kanim Serang"):
        take_number(dataset.serang, "invitation", LONG_AGO)


def numbering(dataset: Dataset, pattern: str, **more: object) -> Numbering:
    return Numbering.objects.create(
        office=dataset.serang, kind="invitation", pattern=pattern, **more
    )


# --- What always holds -------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "facts"),
    [
        (Numbering, {"kind": "minutes", "pattern": "ohne"}),
        (
            Signatory,
            {"name": "A", "position": "B", "starts_on": date.max, "ends_on": date.min},
        ),
    ],
)
def test_the_database_refuses(dataset: Dataset, table, facts) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.create(office=dataset.serang, **facts)


def test_an_office_uses_one_letterhead_at_a_time(dataset: Dataset) -> None:
    Letterhead.objects.create(office=dataset.serang, heading="A", address="B")
    Letterhead.objects.create(
        office=dataset.serang, heading="C", address="D", is_active=False
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Letterhead.objects.create(office=dataset.serang, heading="E", address="F")


def test_a_name_is_read_in_the_language_of_the_page() -> None:
    kind = ActivityKind(name="Sambang desa", name_en="Village visit")
    with translation.override("en"):
        assert str(kind) == "Village visit"
    with translation.override("id"):
        assert str(kind) == "Sambang desa"


# --- The administration ------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        "hotline",
        "legalbasis",
        "scheme",
        "activitykind",
        "holiday",
        "letterhead",
        "numbering",
        "signatory",
    ],
)
def test_lists_and_forms_take_few_queries(
    dataset: Dataset, signed_in, django_assert_max_num_queries, table
) -> None:
    fill(dataset)
    client = signed_in("admin")
    with django_assert_max_num_queries(12):
        page = client.get(f"/admin/places/{table}/?q=a&diperiksa=lama")
    assert page.status_code == 200
    assert client.get(f"/admin/places/{table}/add/").status_code == 200
    row = page.context["cl"].queryset.first()
    gone = client.post(f"/admin/places/{table}/{row.pk}/delete/", {"post": "yes"})
    assert gone.status_code == 403


def test_chosen_rows_are_marked_by_an_action(dataset: Dataset, signed_in) -> None:
    row = Hotline.objects.create(code="a", name="A", numbers="1")
    sent = {"action": "mark", "_selected_action": [row.pk]}
    page = signed_in("admin").post("/admin/places/hotline/", sent, follow=True)
    row.refresh_from_db()
    assert row.checked_by == dataset.people["admin"]
    assert "1 baris ditandai" in page.content.decode()


def test_a_code_stays_when_the_row_is_edited(dataset: Dataset, signed_in) -> None:
    row = Scheme.objects.create(code="a", name="A")
    sent = {"code": "b", "name": "B", "is_active": "on"}
    signed_in("admin").post(f"/admin/places/scheme/{row.pk}/change/", sent)
    row.refresh_from_db()
    assert (row.code, row.name) == ("a", "B")


def fill(dataset: Dataset) -> None:
    """Enough rows, each checked by another person."""
    people: list[User] = [make_user(f"pemeriksa.{number}") for number in range(8)]
    for number, person in enumerate(people):
        who = {"checked_by": person, "checked_on": LONG_AGO}
        named = {"code": f"a-{number}", "name": f"Nama {number}", **who}
        Hotline.objects.create(numbers="1", **named)
        LegalBasis.objects.create(about="A", **named)
        Scheme.objects.create(**named)
        ActivityKind.objects.create(**named)
        Holiday.objects.create(day=LONG_AGO + timedelta(number), **named)
        papers = {"office": dataset.serang, "is_active": number == 0, **who}
        Letterhead.objects.create(heading="Kepala", address="Alamat", **papers)
        Signatory.objects.create(
            name="Nama", position="Kepala", starts_on=LONG_AGO, **papers
        )
    Numbering.objects.create(
        office=dataset.serang, kind="invitation", pattern="{nomor}", **who
    )


# --- Schemes of a village ----------------------------------------------------


def test_a_scheme_out_of_use_is_not_offered_but_kept_where_it_is(
    dataset: Dataset, signed_in
) -> None:
    village = dataset.villages["lontar"]
    old = Scheme.objects.create(code="lama", name="Skema lama", is_active=False)
    Scheme.objects.create(code="lain", name="Skema lain", is_active=False)
    village.schemes.add(old)
    client = signed_in("kanwil")
    page = client.get(f"/desa/{village.code}/ubah/").content.decode()
    assert "Skema lama" in page
    assert "Skema lain" not in page
    sent = {"reason": "Baru", "schemes": [old.pk], "version": village.version}
    client.post(f"/desa/{village.code}/ubah/", sent)
    assert list(village.schemes.all()) == [old]
