"""Who may do what with a list, in which state, and what is held meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desabinaan.accounts.access import CAPABILITIES, Role
from desabinaan.lib.transitions import IllegalTransition
from tests.locks import locked_by
from tests.remembered import remembered
from tests.villages import lists, paper
from tests.villages.lists import NEW, decree, listed, many, row
from tests.world import World
from villages import actions
from villages.actions import importing
from villages.actions.importing import applying
from villages.models import Assignment, Designation, Region, Village, VillageImport
from villages.selectors.importing.judging import judgements
from villages.selectors.importing.uploads import read_list


@pytest.fixture
def world(db: None) -> World:
    return remembered(lists.banten)


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


def test_the_right_to_import_is_asked_again_where_the_rows_are_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = listed(world, row(code=NEW[0]))
    with monkeypatch.context() as slow:
        slow.setattr(applying, "take_over", lambda pk: None)
        importing.apply_import(found, acting_user=world.user("kanwil"))
    Assignment.objects.filter(user=world.people["kanwil"]).delete()
    importing.take_over(found.pk)
    found.refresh_from_db()
    assert found.status == "failed"
    assert not Village.objects.filter(region_id=NEW[0]).exists()


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
