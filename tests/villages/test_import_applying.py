"""A list goes into the register whole or not at all, and never twice."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from desabinaan.lib.transitions import IllegalTransition
from tests.remembered import remembered
from tests.villages import lists
from tests.villages.lists import NEW, decree, listed, many, row
from tests.world import World, assign, make_user
from villages.actions import importing
from villages.models import (
    Assignment,
    Designation,
    Region,
    Scheme,
    Village,
    VillageContact,
    VillageImport,
    VillageImportRow,
)


@pytest.fixture
def world(db: None) -> World:
    return remembered(lists.banten)


def test_rows_become_villages_with_decree_events_and_outcome(world: World) -> None:
    found = listed(world, *(row(code=code, **decree()) for code in NEW))
    importing.apply_import(found, acting_user=world.user("kanwil"))
    found.refresh_from_db()
    assert found.status == "applied"
    assert list(found.rows.values_list("outcome", flat=True)) == ["added"] * 3
    village = Village.objects.get(region_id=NEW[0])
    assert (village.status, village.office) == ("designated", world.serang)
    assert [event.verb for event in village.events.order_by("id")] == [
        "propose",
        "designate",
    ]


def test_the_same_list_again_changes_nothing(world: World) -> None:
    rows = [
        row(code=code, **decree(), latitude="-6,0", longitude="106,2") for code in NEW
    ]
    for _time in range(2):
        found = listed(world, *rows)
        importing.apply_import(found, acting_user=world.user("kanwil"))
    assert set(found.rows.values_list("outcome", flat=True)) == {"unchanged"}
    assert Village.objects.filter(region_id__in=NEW).count() == 3
    assert Designation.objects.filter(village__region_id__in=NEW).count() == 3


def test_known_villages_take_over_new_facts_only(world: World) -> None:
    Village.objects.filter(region_id="36.04.13.2007").update(population=10)
    cells = {"latitude": "-5,98", "longitude": "106,31"}
    found = listed(world, row(code="36.04.13.2007", **cells))
    importing.apply_import(found, acting_user=world.user("kanwil"))
    village = Village.objects.get(region_id="36.04.13.2007")
    assert (str(village.latitude), village.population) == ("-5.98000", 10)
    assert village.version == 2
    assert village.events.latest("id").verb == "edit"


def test_while_rows_are_in_doubt_nothing_is_taken_over(world: World) -> None:
    found = listed(world, row(code=NEW[0]), row(village="Antah"))
    with pytest.raises(IllegalTransition, match=r"doubt|ragu"):
        importing.apply_import(found, acting_user=world.user("kanwil"))
    importing.leave_out_rest(found, acting_user=world.user("kanwil"))
    importing.apply_import(found, acting_user=world.user("kanwil"))
    assert Village.objects.filter(region_id=NEW[0]).exists()


def test_what_changed_since_the_preview_stops_the_whole_list(world: World) -> None:
    found = listed(world, row(code=NEW[0]), row(code=NEW[1]))
    Region.objects.filter(pk=NEW[1]).update(valid_to=timezone.localdate())
    importing.apply_import(found, acting_user=world.user("kanwil"))
    found.refresh_from_db()
    assert found.status == "failed"
    assert "6" in found.problem, "it names the line"
    assert not Village.objects.filter(region_id__in=NEW).exists()
    Region.objects.filter(pk=NEW[1]).update(valid_to=None)
    importing.apply_import(found, acting_user=world.user("kanwil"))
    assert Village.objects.filter(region_id__in=NEW).count() == 2


def test_many_rows_are_the_workers(world: World) -> None:
    found = many(world, 501)
    assert importing.apply_import(found, acting_user=world.user("kanwil"))
    job = ProcrastinateJob.objects.get(task_name=importing.TASK)
    assert job.args == {"listed": found.pk}
    before = Village.objects.count()
    importing.take_over(found.pk)
    assert Village.objects.count() == before + 501
    importing.take_over(found.pk)
    assert Village.objects.count() == before + 501, "a second worker does nothing"


def test_a_list_that_waits_may_be_begun_again(world: World) -> None:
    found = many(world, 501)
    importing.apply_import(found, acting_user=world.user("kanwil"))
    importing.begin_again(found, acting_user=world.user("kanwil"))
    assert ProcrastinateJob.objects.filter(task_name=importing.TASK).count() == 2


def test_more_rows_ask_the_database_no_more(world: World) -> None:
    asked = []
    for count in (100, 300):
        found = many(world, count)
        with CaptureQueriesContext(connection) as queries:
            importing.apply_import(found, acting_user=world.user("kanwil"))
        asked.append(len(queries))
    assert asked[1] <= asked[0] + 6


def test_a_preview_asks_as_much_for_three_hundred_rows_as_for_one_hundred(
    world: World,
) -> None:
    asked = []
    for count in (100, 300):
        with CaptureQueriesContext(connection) as queries:
            many(world, count)
        asked.append(len(queries))
    assert asked[1] <= asked[0] + 2


def test_an_officer_is_assigned_by_the_letter_of_the_list(world: World) -> None:
    officer = make_user("petugas.baru")
    assign(officer, "pimpasa", village=world.villages["lontar"])
    headings = ["Kode", "Nama PIMPASA", "Nomor Surat Tugas", "Tanggal Surat Tugas"]
    rows = [
        headings,
        [world.villages["tengkurak"].code, str(officer), "ST-7", "1/10/2025"],
    ]
    found = lists.previewed_file(world.kanwil, world.user("kanwil"), lists.xlsx(rows))
    importing.apply_import(found, acting_user=world.user("kanwil"))
    found.refresh_from_db()
    assert found.problem == ""
    made = Assignment.objects.get(user=officer, village=world.villages["tengkurak"])
    assert made.letter_number == "ST-7"


def test_contacts_and_schemes_come_along_once(world: World) -> None:
    Scheme.objects.create(code="desmigratif", name="Desmigratif")
    rows = [
        ["Kode", "Program lain", "Nama kontak", "Jabatan", "No HP"],
        [NEW[0], "Desmigratif", "Kontak Contoh 1", "Sekretaris", "0812"],
    ]
    for _time in range(2):
        found = lists.previewed_file(
            world.kanwil, world.user("kanwil"), lists.xlsx(rows)
        )
        importing.apply_import(found, acting_user=world.user("kanwil"))
    village = Village.objects.get(region_id=NEW[0])
    assert [scheme.name for scheme in village.schemes.all()] == ["Desmigratif"]
    assert VillageContact.objects.get(village=village).phone == "0812"


# --- Mending -----------------------------------------------------------------


def test_a_mended_row_is_judged_again_with_its_twin(world: World) -> None:
    found = listed(world, row(code=NEW[0]), row(code=NEW[0]))
    first, second = found.rows.all()
    assert second.verdict == "doubtful"
    importing.leave_out(first, acting_user=world.user("kanwil"))
    second.refresh_from_db()
    assert second.verdict == "ready"
    importing.take_back(first, acting_user=world.user("kanwil"))
    second.refresh_from_db()
    assert second.verdict == "doubtful"


def test_a_village_chosen_by_hand_settles_the_doubt(world: World) -> None:
    found = listed(world, row(village="Lontar"))
    doubtful = lists.only_row(found)
    importing.choose_villages(
        found, {doubtful.pk: "36.04.13.2007"}, acting_user=world.user("kanwil")
    )
    doubtful.refresh_from_db()
    assert (doubtful.region_id, doubtful.verdict) == ("36.04.13.2007", "ready")


def test_what_was_taken_over_is_mended_no_more(world: World) -> None:
    found = listed(world, row(code=NEW[0]))
    importing.apply_import(found, acting_user=world.user("kanwil"))
    with pytest.raises(IllegalTransition):
        importing.mend_row(lists.only_row(found), {}, acting_user=world.user("kanwil"))
    with pytest.raises(IllegalTransition):
        importing.discard_import(found, acting_user=world.user("kanwil"))


def test_a_list_needs_a_column_for_its_villages(world: World) -> None:
    found = listed(world, row(code=NEW[0]))
    with pytest.raises(ValidationError):
        importing.preview_import(found, {"latitude": 9}, acting_user=None)


# --- Forgetting --------------------------------------------------------------


def test_a_list_that_is_being_taken_over_is_not_forgotten(world: World) -> None:
    found = listed(world, row(code=NEW[0]))
    VillageImport.objects.update(
        uploaded_at=timezone.now() - timedelta(days=31), status="applying"
    )
    assert importing.forget_old_imports() == 0
    assert found.rows.exists()


def test_files_and_rows_are_forgotten_after_their_time(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    found = listed(world, row(code=NEW[0]))
    kept = Path(found.file.path)
    assert kept.exists()
    assert importing.forget_old_imports() == 0
    VillageImport.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert importing.forget_old_imports() == 1
    assert not kept.exists()
    assert not VillageImportRow.objects.exists()


# --- The console -------------------------------------------------------------


def run(
    tmp_path: Path, content: bytes, *options: str, told: StringIO | None = None
) -> str:
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(content)
    told = told or StringIO()
    call_command("import_villages", str(file), *options, stdout=told, stderr=told)
    return told.getvalue()


def test_the_command_takes_a_list_over(world: World, tmp_path: Path) -> None:
    told = run(tmp_path, lists.xlsx_of([row(code=NEW[0], **decree())]))
    assert "1 " in told
    assert Village.objects.get(region_id=NEW[0]).status == "designated"


def test_the_command_names_doubts_and_takes_nothing_over(
    world: World, tmp_path: Path
) -> None:
    content = lists.xlsx_of([row(code=NEW[0]), row(village="Antah")])
    told = StringIO()
    with pytest.raises(CommandError):
        run(tmp_path, content, told=told)
    assert "6" in told.getvalue()
    assert not Village.objects.filter(region_id=NEW[0]).exists()
    run(tmp_path, content, "--skip-doubtful")
    assert Village.objects.filter(region_id=NEW[0]).exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 photo", b"PK\x03\x04"])
def test_the_command_tells_what_is_no_list(
    world: World, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(CommandError):
        run(tmp_path, content)


def test_the_command_refuses_who_may_not(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path, lists.xlsx_of([row(code=NEW[0])]), "--as", "official")
