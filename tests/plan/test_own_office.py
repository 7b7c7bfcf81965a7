"""An immigration office never verifies what it leads, whatever its agency row says."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from fgd.agencies.models import Agency
from fgd.agencies.services.offices import ensure_agency
from fgd.merging.services import merge_agencies
from fgd.plan import services as plan_services
from fgd.plan.models import Action
from fgd.plan.services import ActionData
from reports.followup.selectors import to_verify
from tests.dataset import Dataset
from tests.plan import reporting as telling
from tests.sessions import sessions as scene
from villages.places.models import Office

Browser = Callable[[str], Client]
AREAS = {
    "service_areas-TOTAL_FORMS": "0",
    "service_areas-INITIAL_FORMS": "0",
}


def unlinked(name: str = "Kantor Imigrasi Tangerang") -> Agency:
    return Agency.objects.create(
        name=name,
        short_name="Imigrasi",
        kind="immigration",
        level="regency",
        status="confirmed",
    )


def data(dataset: Dataset, lead: Agency, **fields: object) -> ActionData:
    values = {
        "title": "Sambang desa",
        "lead_agency": lead,
        "due_on": date(2027, 1, 1),
        "indicator": "Dua kali",
        "pillar": "service",
        "villages": [dataset.villages["lontar"]],
    }
    return ActionData(**(values | fields))


# --- Every office is an agency -----------------------------------------------


def test_a_new_office_is_an_agency_from_the_start(
    dataset: Dataset, signed_in: Browser
) -> None:
    sent = {
        "kind": "kanim",
        "name": "Kantor Imigrasi Cilegon",
        "short_name": "Kanim Cilegon",
        "parent": dataset.kanwil.pk,
        "zone": "Asia/Jakarta",
    }
    client = signed_in("admin")
    page = client.get("/admin/places/office/add/").context
    prefix = page["inline_admin_formsets"][0].formset.prefix
    sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    assert client.post("/admin/places/office/add/", sent).status_code == 302
    agency = Agency.objects.get(office__short_name="Kanim Cilegon")
    assert (agency.kind, agency.level, agency.status) == (
        "immigration",
        "regency",
        "confirmed",
    )


def test_an_office_gets_one_agency_and_takes_the_one_of_its_name(
    dataset: Dataset,
) -> None:
    same = unlinked(dataset.tangerang.name)
    for _time in range(2):
        assert ensure_agency(dataset.tangerang).pk == same.pk
        assert ensure_agency(dataset.serang) == dataset.agencies["kanim"]
    assert Agency.objects.exclude(office=None).count() == 2


def test_the_migration_adds_the_agencies_of_existing_offices(
    dataset: Dataset,
) -> None:
    same = unlinked(dataset.tangerang.name)
    migration = import_module("fgd.agencies.migrations.0003_offices_are_agencies")
    for _time in range(2):
        migration.add_agencies(apps, None)
    offices = Office.objects.filter(agency=None)
    assert not offices.exists()
    assert dataset.tangerang.agency.pk == same.pk


# --- An unlinked one does not lead -------------------------------------------


def test_an_unlinked_immigration_agency_cannot_lead(
    dataset: Dataset, signed_in: Browser
) -> None:
    agency, session = unlinked(), scene.running(dataset)
    row = scene.recommendation(session)
    url = f"/fgd/{session.pk}/kesepakatan/{row.pk}/aksi/"
    form = signed_in("serang").get(url).context["form"]
    offered = str(form["lead_agency"])
    assert f'value="{agency.pk}"' not in offered
    assert f'value="{dataset.agencies["kanim"].pk}"' in offered
    with pytest.raises(ValidationError) as refusal:
        plan_services.add_action(
            row.pk, acting_user=dataset.user("serang"), data=data(dataset, agency)
        )
    assert "lead_agency" in refusal.value.message_dict


def test_the_database_refuses_an_unlinked_lead(dataset: Dataset) -> None:
    dataset.agencies["unlinked"] = unlinked()
    action = scene.action(dataset)
    refused = pytest.raises(IntegrityError, match="immigration agency")
    with refused, transaction.atomic():
        scene.action(dataset, lead="unlinked")
    with refused, transaction.atomic():
        Action.objects.update(lead_agency=dataset.agencies["unlinked"])
    with pytest.raises(ValidationError):
        merge_agencies(
            action.lead_agency_id,
            dataset.agencies["unlinked"].pk,
            acting_user=dataset.user("admin"),
        )


def test_an_action_whose_lead_lost_its_office_is_verified_by_nobody(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, status="reported_done", lead="kanim")
    Agency.objects.filter(pk=action.lead_agency_id).update(office=None)
    for name in ("serang", "serang2", "pimpasa", "kanwil"):
        user = dataset.user(name)
        with pytest.raises(PermissionDenied):
            plan_services.verify(action.pk, acting_user=user)
        assert action not in to_verify(user)
    page = signed_in("kanwil").get(f"/rencana-aksi/{action.pk}/")
    assert page.context["conflict"]
    assert not page.context["rights"].verify


# --- The regional office -----------------------------------------------------


@pytest.mark.parametrize(
    ("villages", "supporters"),
    [((), ()), (("lontar",), ("kanim",))],
    ids=["no village", "its office supports"],
)
def test_a_regional_office_leads_what_another_office_can_verify(
    dataset: Dataset, villages: tuple[str, ...], supporters: tuple[str, ...]
) -> None:
    row, regional = scene.recommendation(scene.running(dataset)), dataset.kanwil
    lead = ensure_agency(regional)
    values = {
        "villages": [dataset.villages[name] for name in villages],
        "supporters": [dataset.agencies[name] for name in supporters],
    }
    with pytest.raises(ValidationError) as refusal:
        plan_services.add_action(
            row.pk,
            acting_user=dataset.user("serang"),
            data=data(dataset, lead, **values),
        )
    assert "villages" in refusal.value.message_dict
    plan_services.add_action(
        row.pk, acting_user=dataset.user("serang"), data=data(dataset, lead)
    )
