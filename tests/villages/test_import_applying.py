"""A list goes into the register whole or not at all, and never twice."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from desabinaan.accounts.access import CAPABILITIES, Role
from desabinaan.lib.transitions import IllegalTransition
from tests.locks import locked_by
from tests.remembered import remembered
from tests.villages import lists, paper
from tests.villages.lists import decree, row
from tests.world import World, assign, make_user
from villages import actions
from villages.actions import importing
from villages.actions.importing import applying
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
from villages.selectors.importing.judging import judgements
from villages.selectors.importing.uploads import read_list

#: villages of Kabupaten Serang that the small world does not foster
NEW = ("36.04.12.2001", "36.04.12.2002", "36.04.12.2003")


@pytest.fixture
def world(db: None) -> World:
    return remembered(lists.banten)


def listed(world: World, *rows: Any) -> VillageImport:
    return lists.previewed(world.kanwil, world.user("kanwil"), rows)


def many(world: World, count: int) -> VillageImport:
    codes = Region.objects.filter(level=4, code__startswith="36.0", village=None)
    codes = codes.exclude(code__startswith="36.01").exclude(code__startswith="36.02")
    found = codes.order_by("code").values_list("pk", flat=True)[:count]
    return listed(world, *(row(code=code, **decree()) for code in found))


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


# --- Two at once --------------------------------------------------------------


def test_what_is_written_is_held_until_all_is_written(world: World) -> None:
    found = listed(world, row(code="36.04.13.2007", **decree()))
    kanwil = world.user("kanwil")
    import_ = "villages_villageimport"
    mended = partial(importing.leave_out_rest, found, acting_user=kanwil)
    assert locked_by(mended) == [import_]
    applied = partial(importing.apply_import, found, acting_user=kanwil)
    assert locked_by(applied)[:3] == [import_, import_, "villages_village"]
    VillageImport.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    assert locked_by(importing.forget_old_imports) == [import_]


def test_a_list_that_fails_is_held_while_it_says_why(world: World) -> None:
    found = listed(world, row(code=NEW[0]))
    Region.objects.filter(pk=NEW[0]).update(valid_to=timezone.localdate())
    applied = partial(importing.apply_import, found, acting_user=world.user("kanwil"))
    assert locked_by(applied) == ["villages_villageimport"] * 3


def test_a_village_designated_at_the_same_moment_stops_the_whole_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "36.04.13.2007"
    Village.objects.filter(region_id=code).update(status="proposed")
    found = listed(world, row(code=NEW[0]), row(code=code, **decree()))

    def judged_then_overtaken(*given: Any) -> Any:
        told = judgements(*given)
        Village.objects.filter(region_id=code).update(status="designated")
        return told

    monkeypatch.setattr(applying, "judgements", judged_then_overtaken)
    importing.apply_import(found, acting_user=world.user("kanwil"))
    found.refresh_from_db()
    assert (found.status, bool(found.problem)) == ("failed", True)
    assert not Village.objects.filter(region_id=NEW[0]).exists()


def test_a_failure_after_another_worker_was_done_says_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = many(world, 501)
    importing.apply_import(found, acting_user=world.user("kanwil"))
    importing.take_over(found.pk)
    applying._fail(found.pk, "terlambat")
    found.refresh_from_db()
    assert (found.status, found.problem) == ("applied", "")


@pytest.mark.parametrize(
    ("status", "possible"),
    [
        ("uploaded", {"preview", "discard"}),
        ("previewed", {"preview", "mend", "apply", "discard"}),
        ("applying", {"retry"}),
        ("applied", set()),
        ("failed", {"preview", "mend", "apply", "discard"}),
        ("discarded", set()),
    ],
)
def test_a_deed_asks_the_state_of_the_list(
    world: World, status: str, possible: set[str]
) -> None:
    found = listed(world, row(code=NEW[0]))
    deeds: dict[str, Callable[..., object]] = {
        "preview": partial(importing.preview_import, found, found.columns),
        "mend": partial(importing.leave_out_rest, found),
        "apply": partial(importing.apply_import, found),
        "retry": partial(importing.begin_again, found),
        "discard": partial(importing.discard_import, found),
    }
    for verb in deeds.keys() - possible:
        VillageImport.objects.update(status=status)
        with pytest.raises(IllegalTransition):
            deeds[verb](acting_user=world.user("kanwil"))
        found.refresh_from_db()
        assert found.status == status


# --- Who may -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["pimpasa", "official", "auditor", "tangerang"])
def test_others_take_nothing_over(world: World, name: str) -> None:
    found = lists.previewed(world.serang, world.user("serang"), [row(code=NEW[0])])
    with pytest.raises(PermissionDenied):
        importing.apply_import(found, acting_user=world.user(name))
    with pytest.raises(PermissionDenied):
        importing.discard_import(found, acting_user=world.user(name))


@pytest.mark.parametrize("name", ["pimpasa", "official", "auditor", "tangerang"])
def test_others_neither_upload_nor_mend_a_list(world: World, name: str) -> None:
    cells = [row(village="Lontar")]
    found = lists.previewed(world.serang, world.user("serang"), cells)
    first, other = lists.only_row(found), world.user(name)
    sent = read_list("daftar.xlsx", lists.xlsx_of(cells))
    for deed in (
        partial(importing.upload_list, world.serang, sent),
        partial(importing.preview_import, found, found.columns),
        partial(importing.mend_row, first, {"code": NEW[0]}),
        partial(importing.choose_villages, found, {first.pk: NEW[0]}),
        partial(importing.leave_out, first),
        partial(importing.take_back, first),
        partial(importing.leave_out_rest, found),
        partial(importing.begin_again, found),
    ):
        with pytest.raises(PermissionDenied):
            deed(acting_user=other)
    before = (first.region_id, first.verdict)
    first.refresh_from_db()
    assert (first.region_id, first.verdict) == before
    assert VillageImport.objects.count() == 1


def test_a_decree_in_a_list_asks_for_the_right_to_designate(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = listed(world, row(code=NEW[0], **decree()))
    held = CAPABILITIES[Role.REGIONAL_STAFF] - {"village.designate"}
    monkeypatch.setitem(CAPABILITIES, Role.REGIONAL_STAFF, held)
    importing.apply_import(found, acting_user=world.user("kanwil"))
    found.refresh_from_db()
    assert found.status == "failed"
    assert not Village.objects.filter(region_id=NEW[0]).exists()


def test_facts_in_a_list_ask_for_the_right_to_change_the_village(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = {"latitude": "-5,98", "longitude": "106,31"}
    found = listed(world, row(code="36.04.13.2007", **cells))
    held = CAPABILITIES[Role.REGIONAL_STAFF] - {"village.change"}
    monkeypatch.setitem(CAPABILITIES, Role.REGIONAL_STAFF, held)
    importing.apply_import(found, acting_user=world.user("kanwil"))
    found.refresh_from_db()
    assert found.status == "failed"
    assert Village.objects.get(region_id="36.04.13.2007").latitude is None


def test_a_right_that_was_taken_away_stops_the_worker(world: World) -> None:
    found = many(world, 501)
    importing.apply_import(found, acting_user=world.user("kanwil"))
    Assignment.objects.filter(user=world.people["kanwil"]).delete()
    importing.take_over(found.pk)
    found.refresh_from_db()
    assert found.status == "failed"
    assert not Designation.objects.filter(source=found).exists()


# --- The PDF of a decree that came without ------------------------------------


def decree_from_list(world: World) -> Designation:
    found = listed(world, row(code=NEW[0], **decree()))
    importing.apply_import(found, acting_user=world.user("kanwil"))
    return Designation.objects.get(source=found)


def test_its_pdf_is_attached_once(world: World) -> None:
    designation, file = decree_from_list(world), paper.decree().file
    actions.attach_decree(designation, file, acting_user=world.user("kanwil"))
    with pytest.raises(IllegalTransition):
        actions.attach_decree(designation, file, acting_user=world.user("kanwil"))
    assert Designation.objects.get().version == designation.version + 1


@pytest.mark.parametrize("name", ["serang", "pimpasa", "admin", "official"])
def test_only_who_designates_attaches_it(world: World, name: str) -> None:
    designation, file = decree_from_list(world), paper.decree().file
    with pytest.raises(PermissionDenied):
        actions.attach_decree(designation, file, acting_user=world.user(name))
    assert not Designation.objects.get().decree_file


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


def run(tmp_path: Path, content: bytes, *options: str) -> str:
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(content)
    told = StringIO()
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
    assert "6" in run(tmp_path, content)
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
