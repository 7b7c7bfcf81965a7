"""Who may do what with a list, in which state, and what is held meanwhile."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desabinaan.accounts.access import CAPABILITIES, Role
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.kinds import RowAnswer
from desabinaan.uploads.models import Upload
from desabinaan.uploads.selectors.uploads import read_upload
from desabinaan.uploads.services import commit as upload_commit
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import NEW, decree, listed, many, row
from tests.locks import locked_by
from tests.register import paper
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport
from villages.imports.selectors.checking import check_rows
from villages.imports.services import commit
from villages.places.models import Region
from villages.register import services as register_services
from villages.register.models import Assignment, Designation, Village


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


# --- Two at once --------------------------------------------------------------


def test_what_is_written_is_held_until_all_is_written(dataset: Dataset) -> None:
    cells = {"latitude": "-5,98", "longitude": "106,31"}
    found = listed(dataset, row(code="36.04.13.2007", **cells))
    kanwil = dataset.user("kanwil")
    import_ = "uploads_upload"
    edited = partial(
        uploads_services.skip_doubtful_rows, VILLAGE_LISTS, found, acting_user=kanwil
    )
    assert locked_by(edited) == [import_]
    applied = partial(
        uploads_services.commit_upload, VILLAGE_LISTS, found, acting_user=kanwil
    )
    assert locked_by(applied)[:3] == [import_, import_, "register_village"]
    Upload.objects.update(delete_on=timezone.localdate())
    assert locked_by(uploads_services.delete_old_uploads) == [import_]


def test_a_list_that_fails_is_held_while_it_says_why(dataset: Dataset) -> None:
    found = listed(dataset, row(code=NEW[0]))
    Region.objects.filter(pk=NEW[0]).update(valid_to=timezone.localdate())
    applied = partial(
        uploads_services.commit_upload,
        VILLAGE_LISTS,
        found,
        acting_user=dataset.user("kanwil"),
    )
    assert locked_by(applied) == ["uploads_upload"] * 3


def test_a_village_designated_at_the_same_moment_stops_the_whole_list(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "36.04.13.2007"
    Village.objects.filter(region_id=code).update(status="proposed")
    found = listed(dataset, row(code=NEW[0]), row(code=code, **decree()))

    def checked_then_overtaken(*given: Any) -> Any:
        results = check_rows(*given)
        Village.objects.filter(region_id=code).update(status="designated")
        return results

    monkeypatch.setattr(commit, "check_rows", checked_then_overtaken)
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    found.refresh_from_db()
    assert (found.status, bool(found.problem)) == ("failed", True)
    assert not Village.objects.filter(region_id=NEW[0]).exists()


def test_a_failure_after_another_worker_was_done_says_nothing(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = many(dataset, 501)
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    uploads_services.run_commit(VILLAGE_LISTS, found.pk)
    uploads_services._fail(VILLAGE_LISTS, found.pk, "terlambat")
    found.refresh_from_db()
    assert (found.status, found.problem) == ("committed", "")


@pytest.mark.parametrize(
    ("status", "possible"),
    [
        ("uploaded", {"preview", "discard"}),
        ("previewed", {"preview", "edit", "commit", "discard"}),
        ("committing", {"retry"}),
        ("committed", set()),
        ("failed", {"preview", "edit", "commit", "discard"}),
        ("discarded", set()),
    ],
)
def test_a_service_checks_the_status_of_the_import(
    dataset: Dataset, status: str, possible: set[str]
) -> None:
    found = listed(dataset, row(code=NEW[0]))
    operations: dict[str, Callable[..., object]] = {
        "preview": partial(
            uploads_services.preview_upload, VILLAGE_LISTS, found, found.columns
        ),
        "edit": partial(uploads_services.skip_doubtful_rows, VILLAGE_LISTS, found),
        "commit": partial(uploads_services.commit_upload, VILLAGE_LISTS, found),
        "retry": partial(uploads_services.restart_commit, VILLAGE_LISTS, found),
        "discard": partial(uploads_services.discard_upload, VILLAGE_LISTS, found),
    }
    for verb in operations.keys() - possible:
        VillageImport.objects.update(status=status)
        with pytest.raises(IllegalTransition):
            operations[verb](acting_user=dataset.user("kanwil"))
        found.refresh_from_db()
        assert found.status == status


# --- Who may -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["pimpasa", "official", "auditor", "tangerang"])
def test_others_save_and_discard_nothing(dataset: Dataset, name: str) -> None:
    found = lists.previewed(dataset.serang, dataset.user("serang"), [row(code=NEW[0])])
    with pytest.raises(PermissionDenied):
        uploads_services.commit_upload(
            VILLAGE_LISTS, found, acting_user=dataset.user(name)
        )
    with pytest.raises(PermissionDenied):
        uploads_services.discard_upload(
            VILLAGE_LISTS, found, acting_user=dataset.user(name)
        )


@pytest.mark.parametrize("name", ["pimpasa", "official", "auditor", "tangerang"])
def test_others_neither_upload_nor_edit_a_list(dataset: Dataset, name: str) -> None:
    cells = [row(village="Lontar")]
    found = lists.previewed(dataset.serang, dataset.user("serang"), cells)
    first, other = lists.only_row(found), dataset.user(name)
    sent = read_upload(VILLAGE_LISTS, "daftar.xlsx", lists.xlsx_of(cells))
    for operation in (
        partial(
            uploads_services.store_upload,
            VILLAGE_LISTS,
            VillageImport(office=dataset.serang),
            sent,
        ),
        partial(uploads_services.preview_upload, VILLAGE_LISTS, found, found.columns),
        partial(
            uploads_services.edit_row,
            VILLAGE_LISTS,
            found,
            first,
            RowAnswer({"code": NEW[0]}, version=1),
        ),
        partial(uploads_services.choose, VILLAGE_LISTS, found, {first.pk: NEW[0]}),
        partial(uploads_services.skip_row, VILLAGE_LISTS, found, first),
        partial(uploads_services.restore_row, VILLAGE_LISTS, found, first),
        partial(uploads_services.skip_doubtful_rows, VILLAGE_LISTS, found),
        partial(uploads_services.restart_commit, VILLAGE_LISTS, found),
    ):
        with pytest.raises(PermissionDenied):
            operation(acting_user=other)
    before = (first.subject, first.check_result)
    first.refresh_from_db()
    assert (first.subject, first.check_result) == before
    assert VillageImport.objects.count() == 1


def test_a_decree_in_a_list_asks_for_the_right_to_designate(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = listed(dataset, row(code=NEW[0], **decree()))
    capabilities = CAPABILITIES[Role.REGIONAL_STAFF] - {"village.designate"}
    monkeypatch.setitem(CAPABILITIES, Role.REGIONAL_STAFF, capabilities)
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    found.refresh_from_db()
    assert found.status == "failed"
    assert not Village.objects.filter(region_id=NEW[0]).exists()


def test_facts_in_a_list_ask_for_the_right_to_change_the_village(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = {"latitude": "-5,98", "longitude": "106,31"}
    found = listed(dataset, row(code="36.04.13.2007", **cells))
    capabilities = CAPABILITIES[Role.REGIONAL_STAFF] - {"village.change"}
    monkeypatch.setitem(CAPABILITIES, Role.REGIONAL_STAFF, capabilities)
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    found.refresh_from_db()
    assert found.status == "failed"
    assert Village.objects.get(region_id="36.04.13.2007").latitude is None


def test_a_right_that_was_taken_away_stops_the_worker(dataset: Dataset) -> None:
    found = many(dataset, 501)
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    Assignment.objects.filter(user=dataset.people["kanwil"]).delete()
    uploads_services.run_commit(VILLAGE_LISTS, found.pk)
    found.refresh_from_db()
    assert found.status == "failed"
    assert not Designation.objects.filter(import_number=found.pk).exists()


def test_the_right_to_import_is_asked_again_where_the_rows_are_written(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = listed(dataset, row(code=NEW[0]))
    with monkeypatch.context() as slow:
        slow.setattr(upload_commit, "run_commit", lambda kind, pk: None)
        uploads_services.commit_upload(
            VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
        )
    Assignment.objects.filter(user=dataset.people["kanwil"]).delete()
    uploads_services.run_commit(VILLAGE_LISTS, found.pk)
    found.refresh_from_db()
    assert found.status == "failed"
    assert not Village.objects.filter(region_id=NEW[0]).exists()


# --- The PDF of a decree that came without ------------------------------------


def decree_from_list(dataset: Dataset) -> Designation:
    found = listed(dataset, row(code=NEW[0], **decree()))
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    return Designation.objects.get(import_number=found.pk)


def test_its_pdf_is_attached_once(dataset: Dataset) -> None:
    designation, file = decree_from_list(dataset), paper.decree().file
    register_services.attach_decree(
        designation, file, acting_user=dataset.user("kanwil")
    )
    with pytest.raises(IllegalTransition):
        register_services.attach_decree(
            designation, file, acting_user=dataset.user("kanwil")
        )
    assert Designation.objects.get().version == designation.version + 1


@pytest.mark.parametrize("name", ["serang", "pimpasa", "admin", "official"])
def test_only_who_designates_attaches_it(dataset: Dataset, name: str) -> None:
    designation, file = decree_from_list(dataset), paper.decree().file
    with pytest.raises(PermissionDenied):
        register_services.attach_decree(
            designation, file, acting_user=dataset.user(name)
        )
    assert not Designation.objects.get().decree_file
