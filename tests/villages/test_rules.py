"""Rules the database holds, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.villages.paper import decree
from tests.world import World
from villages import actions
from villages.models import (
    AccountRequest,
    Assignment,
    Designation,
    Office,
    Region,
    ServiceArea,
    Village,
)

DAY = date(2026, 3, 2)


def refused(rule: str, model: Any, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        model.objects.create(**values)


def request_of(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "requesting_office": world.serang,
        "role": "office_staff",
        "username": "kanim.baru",
        "name": "Petugas Contoh",
        "letter_number": "1",
        "starts_on": DAY,
        "requested_by": world.people["serang"],
    } | changes


def test_regions_and_offices_hang_together(world: World):
    refused("region_has_parent_below_province", Region, code="37.01", name="X", level=2)
    refused("office_kanim_lies_under_kanwil", Office, kind="kanim", name="X")
    refused(
        "villages_servicearea_region_id",
        ServiceArea,
        office=world.tangerang,
        region_id="36.04",
    )


def test_a_village_stands_once_with_both_coordinates(world: World):
    lontar = world.villages["lontar"]
    values = {
        "office": world.serang,
        "name": "X",
        "district_name": "X",
        "regency_id": "36.04",
        "reason": "X",
    }
    refused("villages_village_region_id", Village, region=lontar.region, **values)
    refused(
        "village_coordinates_come_in_pairs",
        Village,
        region_id="36.04.13.2008",
        latitude=-6,
        **values,
    )
    refused(
        "village_lies_in_indonesia",
        Village,
        region_id="36.04.13.2008",
        latitude=6,
        longitude=-100,
        **values,
    )


def test_a_decree_has_its_file_and_counts_once(world: World):
    made = actions.record_decree(
        world.villages["lontar"],
        "deactivate",
        decree(),
        acting_user=world.user("kanwil"),
    )
    values = {
        "village": made.village,
        "verb": "deactivate",
        "decree_date": DAY,
        "valid_to": DAY,
        "issued_by": world.kanwil,
        "signatory": "X",
        "decree_size": 1,
        "decree_sha256": "0" * 64,
        "recorded_by": world.people["kanwil"],
    }
    refused(
        "designation_once_per_decree",
        Designation,
        decree_number=made.decree_number,
        decree_file="x.pdf",
        **values,
    )
    refused("designation_has_its_decree", Designation, decree_number="2", **values)
    values |= {"decree_number": "2", "decree_file": "x.pdf"}
    refused("designation_one_stands", Designation, **values | {"valid_to": None})
    early = date(2020, 1, 1)
    refused("designation_ends_after_start", Designation, **values | {"valid_to": early})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("assignment_role_at_its_place", {"role": "pimpasa", "office": "serang"}),
        ("assignment_role_at_its_place", {"role": "auditor", "village": "lontar"}),
        ("assignment_role_at_its_place", {"role": "pimpasa"}),
        (
            "assignment_ends_after_start",
            {"role": "leader", "office": "serang", "ends_on": date(2026, 3, 1)},
        ),
        (
            "assignment_by_somebody_else",
            {"role": "leader", "office": "serang", "assigned_by": "nobody"},
        ),
    ],
)
def test_an_assignment_is_whole(world: World, name: str, values: dict[str, Any]):
    places = {
        "office": {"serang": world.serang},
        "village": world.villages,
        "assigned_by": world.people,
    }
    meant = {key: places.get(key, {}).get(told, told) for key, told in values.items()}
    nobody = world.people["nobody"]
    refused(name, Assignment, user=nobody, letter_number="1", starts_on=DAY, **meant)


def test_a_request_is_whole(world: World):
    asked, kanwil = AccountRequest, world.people["kanwil"]
    refused(
        "account_request_role_at_its_place",
        asked,
        **request_of(world, role="pimpasa"),
    )
    refused(
        "account_request_role_at_its_place",
        asked,
        **request_of(world, village=world.villages["lontar"]),
    )
    for status, more in (
        ("approved", {"decided_by": kanwil}),
        ("declined", {"decided_by": kanwil}),
        ("requested", {"decided_by": kanwil}),
        ("declined", {"decision_note": "X"}),
    ):
        refused(
            "account_request_decision_is_whole",
            asked,
            **request_of(world, status=status, **more),
        )
    refused(
        "account_request_decided_by_another",
        asked,
        **request_of(
            world,
            status="declined",
            decision_note="X",
            decided_by=world.people["serang"],
        ),
    )
    AccountRequest.objects.create(**request_of(world))
    refused("account_request_username_once", asked, **request_of(world))


def test_the_record_is_never_changed_and_evidence_never_erased(world: World):
    village = world.villages["lontar"]
    actions.record_decree(
        village, "deactivate", decree(), acting_user=world.user("kanwil")
    )
    event = village.events.get()
    for deed in (
        lambda: village.events.update(note="X"),
        event.delete,
        village.delete,
        world.people["kanwil"].delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_history_of_assignments_and_offices_is_kept(world: World):
    office = world.serang
    office.phone = "0254"
    office.save()
    assert [one.phone for one in office.events.order_by("pgh_id")] == ["", "0254"]
    held = Assignment.objects.filter(user=world.people["serang"]).get()
    held.ends_on = DAY
    held.save()
    assert held.events.count() == 2
