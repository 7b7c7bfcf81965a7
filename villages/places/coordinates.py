"""The extent of Indonesia, and a check of coordinates against it."""

from decimal import Decimal

from django.utils.translation import gettext as _

#: degrees, a little beyond Rondo, Ndana, Benggala and the border of Papua
SOUTH, NORTH = Decimal("-11.1"), Decimal("6.2")
WEST, EAST = Decimal("94.9"), Decimal("141.1")

Degrees = Decimal | float


def doubt_about(latitude: Degrees | None, longitude: Degrees | None) -> str:
    """Return why this cannot be a place in Indonesia, as a sentence; else empty."""
    if latitude is None or longitude is None or lies_inside(latitude, longitude):
        return ""
    if lies_inside(longitude, latitude):
        return _("Latitude and longitude seem to be swapped. Exchange the two numbers.")
    return _(
        "This place lies outside Indonesia. Latitudes run from -11 to 6, "
        "longitudes from 95 to 141."
    )


def lies_inside(latitude: Degrees, longitude: Degrees) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
