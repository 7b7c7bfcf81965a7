"""Under which names the portal answers, and what any other name gets."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from desabinaan.accounts.addresses import absolute_url
from desabinaan.lib.web.hosts import refuse_unfit_address, refuse_unfit_hosts
from tests.lib.test_starting import said_by

HEADERS = {
    "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options",
    "Referrer-Policy", "Cross-Origin-Opener-Policy",
}  # fmt: skip
WRONG = ["evil.example", "127.0.0.1.evil.example", "a_b", "a b", ""]


@pytest.mark.parametrize("host", WRONG)
def test_a_wrong_host_is_refused_with_all_headers_and_one_line(host, caplog):
    caplog.clear()
    page = Client(headers={"host": host or "."}).get("/masuk/")
    assert page.status_code == 400
    assert set(page.headers) >= HEADERS
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None
    assert "example" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["203.0.113.7", "[2001:db8::7]", *WRONG])
def test_the_health_page_answers_under_any_host(host):
    page = Client(headers={"host": host or "."}).get("/sehat/")
    assert page.status_code == 200
    assert set(page.headers) >= HEADERS


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/masuk/", "/tidak-ada/", "/static/tidak-ada.css"])
def test_every_answer_has_the_headers(path):
    assert set(Client().get(path).headers) >= HEADERS


def test_a_host_in_production_is_refused_with_the_headers_before_the_redirect(settings):
    settings.SECURE_SSL_REDIRECT = True
    page = Client(headers={"host": "evil.example"}).get("/masuk/")
    assert page.status_code == 400
    assert set(page.headers) >= HEADERS


@pytest.mark.parametrize(
    "hosts", [[], ["*"], ["portal.example", "*"], [".example"], ["a:80"], ["https://a"]]
)
def test_names_that_are_not_written_out_are_refused(hosts):
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        refuse_unfit_hosts(hosts)


@pytest.mark.parametrize(
    "url",
    [
        "", "portal.example", "http://portal.example", "https://portal.example/x",
        "https://a@portal.example", "https://evil.example", "https://[::1]",
        "https://portal.example?x", "https://portal.example#x",
    ],
)  # fmt: skip
def test_an_address_for_links_that_leads_elsewhere_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="PORTAL_URL"):
        refuse_unfit_address(url, ["portal.example"], insecure=False)


def test_fit_names_and_addresses_start_a_portal():
    hosts = ["portal.example", "10.0.0.7", "[::1]"]
    refuse_unfit_hosts(hosts)
    for url in ("https://portal.example", "https://PORTAL.example:8443"):
        refuse_unfit_address(url, hosts, insecure=False)
    refuse_unfit_address("http://[::1]:8000", hosts, insecure=True)


def test_an_empty_name_is_reported_in_one_sentence():
    key = "".join(chr(33 + 5 * n % 89) for n in range(61))
    said = said_by("manage.py", "check", SECRET_KEY=key, ALLOWED_HOSTS="")
    assert said.startswith("ALLOWED_HOSTS is empty")


def test_links_that_leave_the_portal_name_its_own_address(settings):
    settings.PORTAL_URL = "https://portal.example"
    assert absolute_url(reverse("accounts:use_code")) == (
        "https://portal.example/masuk/kode/"
    )
