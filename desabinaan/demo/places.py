"""Regions, offices with their areas, and the fostered villages with their decrees."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desabinaan.demo.contents import contents, moment
from desabinaan.demo.files import paper
from desabinaan.demo.portal import Portal
from desabinaan.lib.files.uploads import PDF, clean_upload
from villages.places.models import Office, Region, Scheme, ServiceArea
from villages.places.region_files import DATA_FOLDER
from villages.register.models import Village
from villages.register.services.decrees import Decree, record_decree
from villages.register.services.proposals import propose_village
from villages.register.services.regions import import_regions

SIGNATORY = "Kepala Kantor Wilayah Contoh"
LEAD_TIME = timedelta(days=30)
STILL_PROPOSED = timedelta(days=12)


def make_offices(portal: Portal) -> None:
    """Make Banten's regions, its Kanwil and three Kanim with their areas."""
    import_regions(DATA_FOLDER)
    for entry in contents("offices"):
        office = Office.objects.create(
            kind=entry["kind"],
            name=entry["name"],
            short_name=entry["short_name"],
            address=entry["address"],
            parent=portal.offices.get("kanwil"),
        )
        ServiceArea.objects.bulk_create(
            ServiceArea(office=office, region_id=code) for code in entry["areas"]
        )
        portal.offices[entry["key"]] = office


def make_villages(portal: Portal) -> None:
    """Propose twelve villages, and designate eleven of them by decree."""
    schemes = {scheme.code: scheme for scheme in Scheme.objects.all()}
    for number, entry in enumerate(contents("villages"), start=1):
        chosen = [schemes[code] for code in entry["schemes"]]
        portal.villages[entry["code"]] = _propose(portal, entry, chosen)
        if entry["decree_date"]:
            _designate(portal, entry, number)


def _propose(portal: Portal, entry: dict[str, Any], schemes: list[Scheme]) -> Village:
    point = {axis: Decimal(entry[axis]) for axis in ("latitude", "longitude")}
    return propose_village(
        Region.objects.get(pk=entry["code"]),
        {**entry, **point, "schemes": schemes},
        acting_user=portal.user(f"kanim.{entry['office']}"),
        occurred_at=moment(_proposed_on(entry)),
    )


def _proposed_on(entry: dict[str, Any]) -> date:
    if entry["decree_date"]:
        return date.fromisoformat(entry["decree_date"]) - LEAD_TIME
    return timezone.localdate() - STILL_PROPOSED


def _designate(portal: Portal, entry: dict[str, Any], number: int) -> None:
    day = date.fromisoformat(entry["decree_date"])
    name = f"SK-{number:02d}/W.12/{day.year} (contoh)"
    page = paper(
        f"Keputusan {name}", f"Desa Binaan Imigrasi: {entry['name']}", SIGNATORY
    )
    record_decree(
        portal.villages[entry["code"]],
        "designate",
        Decree(name, day, SIGNATORY, clean_upload(page, PDF)),
        acting_user=portal.user("kanwil"),
    )
