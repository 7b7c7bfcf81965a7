"""What a deed in the register holds until it is done: a second one waits for it."""

from datetime import date
from functools import partial

from tests.locks import locked_by
from tests.villages.outreach_scene import held, planned
from tests.world import World, make_village
from villages import actions
from villages.models import Numbering, QuestionBank, Region
from villages.question_files import read_banks
from villages.reference_files import TABLES

VILLAGE = "villages_village"


def test_a_region_is_held_while_it_is_proposed(world: World) -> None:
    region = Region.objects.get(pk="36.04.13.2008")
    proposed = partial(
        actions.propose_village, region, {}, acting_user=world.user("serang")
    )
    assert locked_by(proposed) == ["villages_region"]


def test_a_village_is_held_while_its_proposal_ends_or_begins_again(
    world: World,
) -> None:
    village = make_village("36.04.13.2008", world.serang, "proposed")
    serang = world.user("serang")
    dropped = partial(
        actions.drop_proposal, village, "withdraw", "Salah desa.", acting_user=serang
    )
    assert locked_by(dropped) == [VILLAGE]
    again = partial(actions.propose_village, village.region, {}, acting_user=serang)
    assert set(locked_by(again)) == {"villages_region", VILLAGE}


def test_a_village_is_held_while_it_is_changed(world: World) -> None:
    changed = partial(
        actions.edit_village,
        world.villages["lontar"],
        {"population": 9},
        version=1,
        acting_user=world.user("serang"),
    )
    assert locked_by(changed) == [VILLAGE]


def test_villages_and_letter_are_held_while_officers_come_and_go(
    world: World,
) -> None:
    assigned = partial(
        actions.issue_letter,
        [world.villages["kronjo"], world.villages["lontar"]],
        world.user("nobody"),
        actions.Letter("ST-1", date(2026, 3, 1)),
        acting_user=world.user("kanwil"),
    )
    assert locked_by(assigned) == [VILLAGE]
    ended = partial(
        actions.end_assignment,
        world.villages["lontar"].assignments.get(user=world.people["nobody"]),
        date(2026, 12, 31),
        acting_user=world.user("kanwil"),
    )
    assert locked_by(ended) == ["villages_assignment"]


def test_an_activity_is_held_while_it_is_recorded(world: World) -> None:
    activity = planned(world)
    assert locked_by(lambda: held(activity, world)) == ["villages_outreachactivity"]


def test_the_banks_of_a_pillar_are_held_while_one_is_added(world: World) -> None:
    actions.load_banks(read_banks())
    bank = QuestionBank.objects.filter(is_active=True).first()
    assert bank is not None
    assert locked_by(lambda: actions.revise_bank(bank)) == ["villages_questionbank"]


def test_reference_rows_and_numbers_are_held(world: World) -> None:
    Numbering.objects.create(office=world.serang, kind="letter", pattern="W-{nomor}")
    taken = partial(actions.take_number, world.serang, "letter", date(2026, 3, 1))
    assert locked_by(taken) == ["villages_numbering"]
    tables = [table._meta.db_table for table in TABLES.values()]
    assert locked_by(actions.load_reference) == tables
