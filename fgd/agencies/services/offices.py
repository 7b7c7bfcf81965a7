"""Immigration offices as agencies: each has its agency row from the start."""

from django.db import transaction

from fgd.agencies.models import Agency
from villages.places.models import Office

LEVELS = {
    Office.Kind.REGIONAL: Agency.Level.PROVINCE,
    Office.Kind.IMMIGRATION: Agency.Level.REGENCY,
}


@transaction.atomic
def ensure_agency(office: Office) -> Agency:
    """Return the agency that the office is, added and confirmed when missing.

    An agency of the same name without an office becomes linked to it.
    """
    if agency := Agency.objects.filter(office=office).first():
        return agency
    agency = Agency.objects.filter(name=office.name, office=None).first() or Agency(
        name=office.name,
        short_name=office.short_name,
        level=LEVELS[Office.Kind(office.kind)],
    )
    agency.office, agency.kind = office, Agency.Kind.IMMIGRATION
    agency.status = Agency.Status.CONFIRMED
    agency.save()
    return agency
