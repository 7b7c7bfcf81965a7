"""A list goes into the register whole or not at all, and never twice."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import StaleEdit
from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.kinds import RowAnswer
from desabinaan.uploads.models import UploadRow
from tests.cached_rows import cached_rows
from tests.dataset import Dataset, assign, make_user
from tests.imports import lists
from tests.imports.lists import NEW, decree, listed, many, row
from tests.lib import sheets
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport
from villages.places.models import Region, Scheme
from villages.register import services as register_services
from villages.register.models import Assignment, Designation, Village, VillageContact


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def test_rows_become_villages_with_decree_events_and_outcome(dataset: Dataset) -> None:
    found = listed(dataset, *(row(code=code, **decree()) for code in NEW))
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    found.refresh_from_db()
    assert found.status == "committed"
    assert list(found.rows.values_list("outcome", flat=True)) == ["added"] * 3
    village = Village.objects.get(region_id=NEW[0])
    assert (village.status, village.office) == ("designated", dataset.serang)
    assert [event.verb for event in village.events.order_by("id")] == [
        "propose",
        "designate",
    ]


def test_the_same_list_again_changes_nothing(dataset: Dataset) -> None:
    rows = [
        row(code=code, **decree(), latitude="-6,0", longitude="106,2") for code in NEW
    ]
    uploads_services.commit_upload(
        VILLAGE_LISTS, listed(dataset, *rows), acting_user=dataset.user("kanwil")
    )
    again = listed(dataset, *rows)
    assert set(again.rows.values_list("check_result", flat=True)) == {"known"}
    with pytest.raises(IllegalTransition):
        uploads_services.commit_upload(
            VILLAGE_LISTS, again, acting_user=dataset.user("kanwil")
        )
    assert Village.objects.filter(region_id__in=NEW).count() == 3
    assert Designation.objects.filter(village__region_id__in=NEW).count() == 3


def test_known_villages_get_new_facts_only(dataset: Dataset) -> None:
    Village.objects.filter(region_id="36.04.13.2007").update(population=10)
    cells = {"latitude": "-5,98", "longitude": "106,31"}
    found = listed(dataset, row(code="36.04.13.2007", **cells))
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    village = Village.objects.get(region_id="36.04.13.2007")
    assert (str(village.latitude), village.population) == ("-5.98000", 10)
    assert village.version == 2
    assert village.events.latest("id").verb == "edit"


def test_while_rows_are_in_doubt_nothing_is_saved(dataset: Dataset) -> None:
    found = listed(dataset, row(code=NEW[0]), row(village="Antah"))
    with pytest.raises(IllegalTransition, match=r"doubt|perlu diperbaiki"):
        uploads_services.commit_upload(
            VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
        )
    uploads_services.skip_doubtful_rows(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    assert Village.objects.filter(region_id=NEW[0]).exists()


def test_what_changed_since_the_preview_stops_the_whole_list(dataset: Dataset) -> None:
    found = listed(dataset, row(code=NEW[0]), row(code=NEW[1]))
    Region.objects.filter(pk=NEW[1]).update(valid_to=timezone.localdate())
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    found.refresh_from_db()
    assert found.status == "failed"
    assert "6" in found.problem, "it names the line"
    assert not Village.objects.filter(region_id__in=NEW).exists()
    results = [one.check_result for one in found.rows.all()]
    assert results == ["ready", "doubtful"], "the page shows which row it is"
    Region.objects.filter(pk=NEW[1]).update(valid_to=None)
    late = found.rows.get(line=6)
    uploads_services.edit_row(
        VILLAGE_LISTS,
        found,
        late,
        RowAnswer(late.cells, version=late.version),
        acting_user=dataset.user("kanwil"),
    )
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    assert Village.objects.filter(region_id__in=NEW).count() == 2


def test_many_rows_are_the_workers(dataset: Dataset) -> None:
    found = many(dataset, 501)
    assert uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    job = ProcrastinateJob.objects.get(task_name=VILLAGE_LISTS.task)
    assert job.args == {"upload": found.pk}
    before = Village.objects.count()
    uploads_services.run_commit(VILLAGE_LISTS, found.pk)
    assert Village.objects.count() == before + 501
    uploads_services.run_commit(VILLAGE_LISTS, found.pk)
    assert Village.objects.count() == before + 501, "a second worker does nothing"


def test_a_list_that_waits_may_be_begun_again(dataset: Dataset) -> None:
    found = many(dataset, 501)
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    uploads_services.restart_commit(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    assert ProcrastinateJob.objects.filter(task_name=VILLAGE_LISTS.task).count() == 2


def test_more_rows_ask_the_database_no_more(dataset: Dataset) -> None:
    asked = []
    for count in (100, 300):
        found = many(dataset, count)
        with CaptureQueriesContext(connection) as queries:
            uploads_services.commit_upload(
                VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
            )
        asked.append(len(queries))
    assert asked[1] <= asked[0] + 6


def test_a_preview_asks_as_much_for_three_hundred_rows_as_for_one_hundred(
    dataset: Dataset,
) -> None:
    asked = []
    for count in (100, 300):
        with CaptureQueriesContext(connection) as queries:
            many(dataset, count)
        asked.append(len(queries))
    assert asked[1] <= asked[0] + 2


def test_an_officer_is_assigned_by_the_letter_of_the_list(dataset: Dataset) -> None:
    officer = make_user("petugas.baru")
    assign(officer, "pimpasa", village=dataset.villages["lontar"])
    headings = ["Kode", "Nama PIMPASA", "Nomor Surat Tugas", "Tanggal Surat Tugas"]
    rows = [
        headings,
        [dataset.villages["tengkurak"].code, str(officer), "ST-7", "1/10/2025"],
    ]
    found = lists.previewed_file(
        dataset.kanwil, dataset.user("kanwil"), sheets.xlsx(rows)
    )
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    found.refresh_from_db()
    assert found.problem == ""
    made = Assignment.objects.get(user=officer, village=dataset.villages["tengkurak"])
    assert made.letter_number == "ST-7"


def test_contacts_and_schemes_come_along_once(dataset: Dataset) -> None:
    Scheme.objects.create(code="desmigratif", name="Desmigratif")
    rows = [
        ["Kode", "Program lain", "Nama kontak", "Jabatan", "No HP"],
        [NEW[0], "Desmigratif", "Kontak Contoh 1", "Sekretaris", "0812 3456 7890"],
    ]
    user, content = dataset.user("kanwil"), sheets.xlsx(rows)
    found = lists.previewed_file(dataset.kanwil, user, content)
    uploads_services.commit_upload(VILLAGE_LISTS, found, acting_user=user)
    again = lists.previewed_file(dataset.kanwil, user, content)
    assert lists.only_row(again).check_result == "known"
    village = Village.objects.get(region_id=NEW[0])
    assert [scheme.name for scheme in village.schemes.all()] == ["Desmigratif"]
    assert VillageContact.objects.get(village=village).phone == "+6281234567890"


def test_a_scheme_of_a_list_is_not_lost_to_a_page_opened_before(
    dataset: Dataset,
) -> None:
    scheme = Scheme.objects.create(code="desmigratif", name="Desmigratif")
    user, lontar = dataset.user("kanwil"), dataset.villages["lontar"]
    rows = [["Kode", "Program lain"], [lontar.region_id, "Desmigratif"]]
    found = lists.previewed_file(dataset.kanwil, user, sheets.xlsx(rows))
    uploads_services.commit_upload(VILLAGE_LISTS, found, acting_user=user)
    with pytest.raises(StaleEdit):
        register_services.edit_village(
            lontar, {"schemes": []}, version=lontar.version, acting_user=user
        )
    assert list(lontar.schemes.all()) == [scheme]


# --- Editing rows ------------------------------------------------------------


def test_a_corrected_row_is_checked_again_with_its_duplicate(dataset: Dataset) -> None:
    found = listed(dataset, row(code=NEW[0]), row(code=NEW[0]))
    first, second = found.rows.all()
    assert second.check_result == "doubtful"
    uploads_services.skip_row(
        VILLAGE_LISTS, found, first, acting_user=dataset.user("kanwil")
    )
    second.refresh_from_db()
    assert second.check_result == "ready"
    uploads_services.restore_row(
        VILLAGE_LISTS, found, first, acting_user=dataset.user("kanwil")
    )
    second.refresh_from_db()
    assert second.check_result == "doubtful"


def test_a_village_chosen_by_hand_settles_the_doubt(dataset: Dataset) -> None:
    found = listed(dataset, row(village="Lontar"))
    doubtful = lists.only_row(found)
    uploads_services.choose(
        VILLAGE_LISTS,
        found,
        {doubtful.pk: "36.04.13.2007"},
        acting_user=dataset.user("kanwil"),
    )
    doubtful.refresh_from_db()
    assert (doubtful.subject, doubtful.check_result) == ("36.04.13.2007", "known")


def test_a_saved_import_cannot_be_edited(dataset: Dataset) -> None:
    found = listed(dataset, row(code=NEW[0]))
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    with pytest.raises(IllegalTransition):
        uploads_services.edit_row(
            VILLAGE_LISTS,
            found,
            lists.only_row(found),
            RowAnswer({}, version=1),
            acting_user=dataset.user("kanwil"),
        )
    with pytest.raises(IllegalTransition):
        uploads_services.discard_upload(
            VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
        )


def test_a_list_needs_a_column_for_its_villages(dataset: Dataset) -> None:
    found = listed(dataset, row(code=NEW[0]))
    with pytest.raises(ValidationError):
        uploads_services.preview_upload(
            VILLAGE_LISTS, found, {"latitude": 9}, acting_user=None
        )


# --- Forgetting --------------------------------------------------------------


def test_a_list_that_is_being_saved_is_not_deleted(dataset: Dataset) -> None:
    found = listed(dataset, row(code=NEW[0]))
    VillageImport.objects.update(delete_on=timezone.localdate(), status="committing")
    assert uploads_services.delete_old_uploads() == 0
    assert found.rows.exists()


def test_files_and_rows_are_forgotten_after_their_time(
    dataset: Dataset, django_capture_on_commit_callbacks: Any
) -> None:
    found = listed(dataset, row(code=NEW[0]))
    kept = Path(found.file.path)
    assert kept.exists()
    assert uploads_services.delete_old_uploads() == 0
    VillageImport.objects.update(delete_on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads_services.delete_old_uploads() == 1
    assert not kept.exists()
    assert not UploadRow.objects.exists()


def test_a_value_that_changed_since_the_preview_is_not_written_over(
    dataset: Dataset,
) -> None:
    """Two lists, or a list and a form: the second asks and shows the new value."""
    user, lontar = dataset.user("kanwil"), dataset.villages["lontar"]
    rows = [["Kode", "Penduduk"], [lontar.code, "7.001"]]
    first = lists.previewed_file(dataset.kanwil, user, sheets.xlsx(rows))
    rows[1][1] = "7.002"
    second = lists.previewed_file(dataset.kanwil, user, sheets.xlsx(rows))
    uploads_services.commit_upload(VILLAGE_LISTS, first, acting_user=user)
    uploads_services.commit_upload(VILLAGE_LISTS, second, acting_user=user)
    second.refresh_from_db()
    assert (second.status, "7.001 → 7.002" in second.problem) == ("failed", True)
    lontar.refresh_from_db()
    assert lontar.population == 7001
    assert lists.only_row(second).check_result == "ready"
    uploads_services.commit_upload(VILLAGE_LISTS, second, acting_user=user)
    lontar.refresh_from_db()
    assert lontar.population == 7002, "the page has shown it since"


def test_a_refusal_names_every_row_that_is_different_now(dataset: Dataset) -> None:
    user = dataset.user("kanwil")
    names = ("lontar", "tengkurak", "pulopanjang")
    rows = [[dataset.villages[name].code, "7.002"] for name in names]
    content = sheets.xlsx([["Kode", "Penduduk"], *rows])
    found = lists.previewed_file(dataset.kanwil, user, content)
    known = dataset.villages["pulopanjang"]
    Village.objects.exclude(pk=known.pk).update(population=7001)
    uploads_services.commit_upload(VILLAGE_LISTS, found, acting_user=user)
    found.refresh_from_db()
    assert "sudah berubah sejak" in found.problem
    for said in ("baris 2:", "baris 3:", "7.001 → 7.002"):
        assert said in found.problem
    assert "baris 4" not in found.problem
