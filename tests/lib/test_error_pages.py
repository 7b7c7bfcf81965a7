"""Pages for when something is in the way, the health page, and what is not kept."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from desabinaan.lib.web import error_pages
from desabinaan.lib.web.health import health
from desabinaan.lib.web.middleware import referrer_and_cache

SECRET = "Key (phone)=(0812345) already exists"


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/rencana-aksi/")
    request.user = AnonymousUser()
    return request


def failing(request: HttpRequest, error: Exception) -> HttpResponse:
    try:
        raise error
    except type(error):
        return error_pages.broken(request)


def test_a_broken_page_shows_the_code_that_the_log_holds(request_, caplog):
    response = failing(request_, ValueError(SECRET))
    assert response.status_code == 500
    line = caplog.records[-1]
    assert line.levelno == logging.ERROR
    code = line.args[0]
    assert code.encode() in response.content


def test_the_log_never_quotes_what_an_error_says(request_, caplog):
    failing(request_, ValueError(SECRET))
    assert "0812345" not in caplog.text
    assert "ValueError" in caplog.text
    assert "test_error_pages" in caplog.text


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_without_a_database_people_see_the_503_page(request_, caplog, error):
    response = failing(request_, error(SECRET))
    assert response.status_code == 503
    assert response["Retry-After"]
    assert [record.getMessage() for record in caplog.records] == [
        "The database does not answer."
    ]


@pytest.mark.parametrize(
    ("error", "status"),
    [(RequestDataTooBig("10 MB"), 413), (SuspiciousOperation("odd"), 400)],
)
def test_a_request_that_is_too_large_has_its_own_page(request_, error, status):
    assert error_pages.bad_request(request_, error).status_code == status


def test_too_many_tries_says_how_long_to_wait(request_):
    response = error_pages.too_many(request_, minutes=15)
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert b"15 menit" in response.content


def test_error_pages_that_need_no_database(request_):
    bare = [
        error_pages.too_large(request_),
        error_pages.too_many(request_),
        error_pages.unavailable(request_),
        failing(request_, ValueError()),
    ]
    for response in bare:
        assert b"<h1>" in response.content
        assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_health_reports_that_the_database_answers(rf):
    response = health(rf.get("/sehat/"))
    assert response.status_code == 200
    assert response.content == b'{"status": "ok"}'


def test_health_reports_that_the_database_is_down(rf, monkeypatch):
    def away() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", away)
    assert health(rf.get("/sehat/")).status_code == 503


@pytest.mark.parametrize(("cookie", "kept"), [("abc", "no-store"), ("", None)])
def test_pages_of_somebody_signed_in_are_not_kept(rf, settings, cookie, kept):
    request = rf.get("/")
    if cookie:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = cookie
    response = referrer_and_cache(lambda _: HttpResponse("page"))(request)
    assert response.headers.get("Cache-Control") == kept


def test_a_page_that_chose_for_itself_is_left_alone(rf, settings):
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "abc"
    chosen = HttpResponse("file", headers={"Cache-Control": "private, max-age=60"})
    response = referrer_and_cache(lambda _: chosen)(request)
    assert response["Cache-Control"] == "private, max-age=60"
