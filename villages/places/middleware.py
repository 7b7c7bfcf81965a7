"""Middleware that depends on the office of the user."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from villages.places.permissions import roles_for

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def office_zone(get_response: GetResponse) -> GetResponse:
    """Read and show times, and cut days and months, in the zone of the user's office.

    Who acts for no office, or for offices of several zones, has the portal's zone.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        zone = roles_for(request.user).zone or timezone.get_default_timezone()
        with timezone.override(zone):
            return get_response(request)

    return middleware
