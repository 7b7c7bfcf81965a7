"""Regions, offices with their areas, and the fostered villages with their decrees."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desabinaan.lib.files import PDF, clean_upload
from reports.recap.demonstration.contents import contents, moment
from reports.recap.demonstration.files import paper
from reports.recap.demonstration.portal import Portal
from villages.actions.decrees import Decree, record_decree
from villages.actions.proposals import propose_village
from villages.actions.regions import import_regions
from villages.models import Office, Region, Scheme, ServiceArea, Village
from villages.region_files import SHIPPED

SIGNATORY = "Kepala Kantor Wilayah Contoh"
LEAD_TIME = timedelta(days=30)
STILL_PROPOSED = timedelta(days=12)


def make_offices(portal: Portal) -> None:
    """Banten's regions, its Kanwil and three Kanim, each with its area."""
    import_regions(SHIPPED)
    for told in contents("offices"):
        office = Office.objects.create(
            kind=told["kind"],
            name=told["name"],
            short_name=told["short_name"],
            address=told["address"],
            parent=portal.offices.get("kanwil"),
        )
        ServiceArea.objects.bulk_create(
            ServiceArea(office=office, region_id=code) for code in told["areas"]
        )
        portal.offices[told["key"]] = office


def make_villages(portal: Portal) -> None:
    """Twelve villages are proposed by their Kanim; eleven are designated by decree."""
    schemes = {scheme.code: scheme for scheme in Scheme.objects.all()}
    for number, told in enumerate(contents("villages"), start=1):
        chosen = [schemes[code] for code in told["schemes"]]
        portal.villages[told["code"]] = _propose(portal, told, chosen)
        if told["decree_date"]:
            _designate(portal, told, number)


def _propose(portal: Portal, told: dict[str, Any], schemes: list[Scheme]) -> Village:
    point = {axis: Decimal(told[axis]) for axis in ("latitude", "longitude")}
    return propose_village(
        Region.objects.get(pk=told["code"]),
        {**told, **point, "schemes": schemes},
        acting_user=portal.user(f"kanim.{told['office']}"),
        occurred_at=moment(_proposed_on(told)),
    )


def _proposed_on(told: dict[str, Any]) -> date:
    if told["decree_date"]:
        return date.fromisoformat(told["decree_date"]) - LEAD_TIME
    return timezone.localdate() - STILL_PROPOSED


def _designate(portal: Portal, told: dict[str, Any], number: int) -> None:
    day = date.fromisoformat(told["decree_date"])
    name = f"SK-{number:02d}/W.12/{day.year} (contoh)"
    page = paper(
        f"Keputusan {name}", f"Desa Binaan Imigrasi: {told['name']}", SIGNATORY
    )
    record_decree(
        portal.villages[told["code"]],
        "designate",
        Decree(name, day, SIGNATORY, clean_upload(page, PDF)),
        acting_user=portal.user("kanwil"),
    )
