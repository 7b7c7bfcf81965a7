"""Rules the database holds, whoever writes."""

from datetime import date
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.dataset import Dataset
from tests.register.paper import decree
from villages.people.models import AccountRequest
from villages.places.models import Office, Region, ServiceArea
from villages.register import services as register_services
from villages.register.models import Assignment, Designation, Village
from villages.register.services.villages import village_on

DAY = date(2026, 3, 2)
HOUSEHOLDS = "no more households"
LONTAR = "36.04.13.2007"


def refused(rule: str, model: Any, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        model.objects.create(**values)


def request_of(dataset: Dataset, **changes: Any) -> dict[str, Any]:
    return {
        "requesting_office": dataset.serang,
        "role": "office_staff",
        "username": "kanim.baru",
        "name": "Petugas Contoh",
        "letter_number": "1",
        "starts_on": DAY,
        "requested_by": dataset.people["serang"],
    } | changes


def test_regions_and_offices_belong_together(dataset: Dataset):
    refused("region_has_parent_below_province", Region, code="37.01", name="X", level=2)
    refused("office_kanim_lies_under_kanwil", Office, kind="kanim", name="X")
    refused(
        "places_servicearea_region_id",
        ServiceArea,
        office=dataset.tangerang,
        region_id="36.04",
    )


def test_a_village_is_registered_once_with_both_coordinates(dataset: Dataset):
    lontar = dataset.villages["lontar"]
    values = {
        "office": dataset.serang,
        "name": "X",
        "district_name": "X",
        "regency_id": "36.04",
        "reason": "X",
    }
    refused("register_village_region_id", Village, region=lontar.region, **values)
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


def test_a_decree_has_its_file_and_counts_once(dataset: Dataset):
    made = register_services.record_decree(
        dataset.villages["lontar"],
        "deactivate",
        decree(),
        acting_user=dataset.user("kanwil"),
    )
    values = {
        "village": made.village,
        "verb": "deactivate",
        "decree_date": DAY,
        "valid_to": DAY,
        "issued_by": dataset.kanwil,
        "signatory": "X",
        "decree_size": 1,
        "decree_sha256": "0" * 64,
        "recorded_by": dataset.people["kanwil"],
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
    refused("designation_one_current", Designation, **values | {"valid_to": None})
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
def test_an_assignment_is_whole(dataset: Dataset, name: str, values: dict[str, Any]):
    places = {
        "office": {"serang": dataset.serang},
        "village": dataset.villages,
        "assigned_by": dataset.people,
    }
    meant = {
        key: places.get(key, {}).get(values_given, values_given)
        for key, values_given in values.items()
    }
    nobody = dataset.people["nobody"]
    refused(name, Assignment, user=nobody, letter_number="1", starts_on=DAY, **meant)


def test_a_request_is_whole(dataset: Dataset):
    asked, kanwil = AccountRequest, dataset.people["kanwil"]
    refused(
        "account_request_role_at_its_place",
        asked,
        **request_of(dataset, role="pimpasa"),
    )
    refused(
        "account_request_role_at_its_place",
        asked,
        **request_of(dataset, village=dataset.villages["lontar"]),
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
            **request_of(dataset, status=status, **more),
        )
    refused(
        "account_request_decided_by_another",
        asked,
        **request_of(
            dataset,
            status="declined",
            decision_note="X",
            decided_by=dataset.people["serang"],
        ),
    )
    AccountRequest.objects.create(**request_of(dataset))
    refused("account_request_username_once", asked, **request_of(dataset))


def test_the_record_is_never_changed_and_evidence_never_erased(dataset: Dataset):
    village = dataset.villages["lontar"]
    register_services.record_decree(
        village, "deactivate", decree(), acting_user=dataset.user("kanwil")
    )
    event = village.events.get()
    for operation in (
        lambda: village.events.update(note="X"),
        event.delete,
        village.delete,
        dataset.people["kanwil"].delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            operation()


def test_history_of_assignments_and_offices_is_kept(dataset: Dataset):
    office = dataset.serang
    office.phone = "+62254200123"
    office.save()
    assert [one.phone for one in office.events.order_by("pgh_id")] == [
        "",
        "+62254200123",
    ]
    assignment = Assignment.objects.filter(user=dataset.people["serang"]).get()
    assignment.ends_on = DAY
    assignment.save()
    assert assignment.events.count() == 2


# --- Inhabitants and households ------------------------------------------------


@pytest.mark.parametrize(
    "numbers", [{"population": 10, "households": 11}, {"population": 0}]
)
def test_a_village_has_no_more_households_than_inhabitants(
    dataset: Dataset, numbers: dict[str, int]
):
    Village.objects.filter(region=LONTAR).update(population=10, households=10)
    with (
        pytest.raises(IntegrityError, match=HOUSEHOLDS),
        transaction.atomic(),
    ):
        Village.objects.filter(region=LONTAR).update(**numbers)
    Village.objects.filter(region=LONTAR).update(population=0, households=0)
    Village.objects.filter(region=LONTAR).update(population=None, households=9)


def test_a_new_village_has_no_more_households_than_inhabitants(dataset: Dataset):
    region = Region.objects.get(pk="36.04.13.2008")
    village = village_on(
        region, office=dataset.serang, reason="x", population=1, households=2
    )
    with (
        pytest.raises(IntegrityError, match=HOUSEHOLDS),
        transaction.atomic(),
    ):
        village.save()


def test_numbers_of_before_stay_and_refuse_no_other_change(dataset: Dataset):
    with pgtrigger.ignore("register.Village:households_fit"):
        Village.objects.filter(region=LONTAR).update(population=10, households=20)
    village = Village.objects.get(region=LONTAR)
    village.access_note = "Perahu dari Grenyang"
    village.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Village.objects.filter(region=LONTAR).update(households=19)
