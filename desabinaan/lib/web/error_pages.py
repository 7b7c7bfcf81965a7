"""Error pages, set as handlers in urls.py."""

import logging
import secrets
import sys
import traceback
from pathlib import Path

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.log import log_response

logger = logging.getLogger(__name__)

RETRY_AFTER = 30  # seconds


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the request was too large."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _bare("errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: visible, but not allowed for this user."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same for invisible and missing objects."""
    return render(request, "errors/404.html", status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: the file or form is larger than the limit."""
    return _bare("errors/413.html", 413)


def too_many(request: HttpRequest, *, minutes: int = 15) -> HttpResponse:
    """429: too many tries; the page says how long to wait."""
    response = _bare("errors/429.html", 429, {"minutes": minutes})
    response["Retry-After"] = str(minutes * 60)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500 with a short code that is also in the log; 503 if the database is down.

    The log gets the kind of the error and where it happened, never its message: a
    message can quote what somebody typed.
    """
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable(request)
    code = secrets.token_hex(2).upper()
    response = _bare("errors/500.html", 500, {"code": code})
    log_response(
        "Error %s: %s",
        code,
        _without_words(error),
        response=response,
        request=request,
        logger=logger,
        level="error",
    )
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer; one line in the log."""
    response = _bare("errors/503.html", 503)
    response["Retry-After"] = str(RETRY_AFTER)
    log_response(
        "The database does not answer.",
        response=response,
        request=request,
        logger=logger,
        level="error",
    )
    return response


def _bare(
    template: str, status: int, context: dict[str, object] | None = None
) -> HttpResponse:
    # Without the request: no context processor runs, so no query can fail here.
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _without_words(error: BaseException | None) -> str:
    names = []
    while error is not None:
        names.append(f"{type(error).__qualname__} at {_where(error)}")
        error = error.__cause__ or error.__context__
    return ", caused by ".join(names)


def _where(error: BaseException) -> str:
    """Return our own calls and the last one, as file:line function."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if "site-packages" not in step.filename]
    return " > ".join(
        f"{'/'.join(Path(step.filename).parts[-3:])}:{step.lineno} {step.name}"
        for step in [*ours, *(step for step in steps[-1:] if step not in ours)]
    )
