"""Middleware that does not depend on the user."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import security
from django.utils.log import log_response

from desabinaan.lib.web.error_pages import bad_request
from desabinaan.lib.web.health import HEALTH_PATH, health

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SecurityMiddleware(security.SecurityMiddleware):
    """Django's, which also refuses a wrong host: that page has all headers, too."""

    def process_request(  # type: ignore[override]
        self, request: HttpRequest
    ) -> HttpResponseBase | None:
        if request.path_info == HEALTH_PATH:
            return None
        try:
            request.get_host()
        except DisallowedHost as refusal:
            response = bad_request(request, refusal)
            log_response(
                "Refused a request for a host that is not in ALLOWED_HOSTS.",
                response=response,
                request=request,
                logger=logger,
            )
            return response
        return super().process_request(request)


def health_page(get_response: GetResponse) -> GetResponse:
    """Answer the health page under any host: a monitor asks by the server's address."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_asked = request.path_info == HEALTH_PATH
        return health(request) if is_asked else get_response(request)

    return middleware


def referrer_and_cache(get_response: GetResponse) -> GetResponse:
    """Do not cache pages of a signed-in user: "back" after sign-out shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if signed_in and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware
