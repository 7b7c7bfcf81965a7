"""Locks of the register: a second operation waits for the first one."""

from datetime import date
from functools import partial

from tests.dataset import Dataset, make_village
from tests.locks import locked_by
from tests.outreach.activities import planned, record_held
from villages.outreach import services as outreach_services
from villages.outreach.models import QuestionBank
from villages.outreach.question_files import read_banks
from villages.places import services as places_services
from villages.places.models import Numbering, Region
from villages.places.reference_files import TABLES
from villages.register import services as register_services

VILLAGE = "register_village"


def test_a_region_is_held_while_it_is_proposed(dataset: Dataset) -> None:
    region = Region.objects.get(pk="36.04.13.2008")
    proposed = partial(
        register_services.propose_village,
        region,
        {},
        acting_user=dataset.user("serang"),
    )
    assert locked_by(proposed) == ["places_region"]


def test_a_village_is_held_while_its_proposal_ends_or_begins_again(
    dataset: Dataset,
) -> None:
    village = make_village("36.04.13.2008", dataset.serang, "proposed")
    serang = dataset.user("serang")
    dropped = partial(
        register_services.drop_proposal,
        village,
        "withdraw",
        "Salah desa.",
        acting_user=serang,
    )
    assert locked_by(dropped) == [VILLAGE]
    again = partial(
        register_services.propose_village, village.region, {}, acting_user=serang
    )
    assert set(locked_by(again)) == {"places_region", VILLAGE}


def test_a_village_is_held_while_it_is_changed(dataset: Dataset) -> None:
    changed = partial(
        register_services.edit_village,
        dataset.villages["lontar"],
        {"population": 9},
        version=1,
        acting_user=dataset.user("serang"),
    )
    assert locked_by(changed) == [VILLAGE]


def test_villages_and_letter_are_held_while_officers_come_and_go(
    dataset: Dataset,
) -> None:
    assigned = partial(
        register_services.issue_letter,
        [dataset.villages["kronjo"], dataset.villages["lontar"]],
        dataset.user("nobody"),
        register_services.Letter("ST-1", date(2026, 3, 1)),
        acting_user=dataset.user("kanwil"),
    )
    assert locked_by(assigned) == [VILLAGE]
    ended = partial(
        register_services.end_assignment,
        dataset.villages["lontar"].assignments.get(user=dataset.people["nobody"]),
        date(2026, 12, 31),
        acting_user=dataset.user("kanwil"),
    )
    assert locked_by(ended) == ["register_assignment"]


def test_an_activity_is_held_while_it_is_recorded(dataset: Dataset) -> None:
    activity = planned(dataset)
    assert locked_by(lambda: record_held(activity, dataset)) == [
        "outreach_outreachactivity"
    ]


def test_the_banks_of_a_pillar_are_held_while_one_is_added(dataset: Dataset) -> None:
    outreach_services.load_banks(read_banks())
    bank = QuestionBank.objects.filter(is_active=True).first()
    assert bank is not None
    assert locked_by(lambda: outreach_services.revise_bank(bank)) == [
        "outreach_questionbank"
    ]


def test_reference_rows_and_numbers_are_held(dataset: Dataset) -> None:
    Numbering.objects.create(office=dataset.serang, kind="letter", pattern="W-{nomor}")
    taken = partial(
        places_services.take_number, dataset.serang, "letter", date(2026, 3, 1)
    )
    assert locked_by(taken) == ["places_numbering"]
    tables = [table._meta.db_table for table in TABLES.values()]
    assert locked_by(places_services.load_reference) == tables
