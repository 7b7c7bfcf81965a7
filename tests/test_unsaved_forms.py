"""A page that saves nothing shows what was typed in the words of its form."""

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from desabinaan.accounts.models import User
from fgd.participants.models import Delegate
from tests.cached_rows import cached_rows
from tests.creating_forms import CREATING_FORMS, CreatingForm, build_records
from tests.lib.samples import jpg, upload
from tests.matrix.addresses import address_of
from tests.matrix.dataset import MatrixData
from villages.outreach.models import OutreachActivity

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
TAG = re.compile(r"<[^>]+>")
TYPED = re.compile(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)
LABELS = re.compile(r"<(label|legend)\b[^>]*>(.*?)</\1>", re.DOTALL)
SELECT = re.compile(r'<select name="([^"]+)".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"[^>]*>(.*?)</option>', re.DOTALL)
#: what makes the second sending another one; nobody types it
OTHER = {"other": "1"}


@pytest.fixture
def dataset(db: None) -> MatrixData:
    return cached_rows(build_records)


def words(markup: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def typed_on(answer: Any) -> list[tuple[str, str]]:
    found = TYPED.findall(answer.content.decode())
    return [(words(label), words(text)) for label, text in found]


def check_words(page: str, sent: dict[str, Any], typed: list[tuple[str, str]]) -> None:
    """Each label is one of the page of the form, each answer the words of its list."""
    labels = [words(markup) for _tag, markup in LABELS.findall(page)]
    for label, text in typed:
        assert any(shown.startswith(label) for shown in labels), (label, text)
    texts = {text for _label, text in typed}
    for chosen in SELECT.finditer(page):
        options = dict(OPTION.findall(chosen[0]))
        answer = str(sent.get(chosen[1], ""))
        if answer in options:
            offered = words(options[answer])
            assert any(text and offered.startswith(text) for text in texts), offered
            assert answer not in texts or answer == options[answer]


def fields_of(form: CreatingForm, dataset: MatrixData) -> dict[str, Any]:
    return form.typed(dataset.records_for("own", form.role))


def user_of(dataset: MatrixData, role: str) -> User:
    return User.objects.get(pk=dataset.client(role).session[SESSION_KEY])


#: those of a single button have nothing to show
BUTTONS = {
    "vulnerability:vulnerability_score_all",
    "vulnerability:vulnerability_draft",
}
WITH_FIELDS = [form for form in CREATING_FORMS if form.route not in BUTTONS]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("form", WITH_FIELDS, ids=str)
def test_a_form_that_arrives_twice_is_shown_by_its_own_labels(
    dataset: MatrixData, form: CreatingForm, language: str
) -> None:
    client, number = dataset.client(form.role), str(uuid4())
    User.objects.update(language=language)
    page = client.get(form.url(dataset, form.page or form.route)).content.decode()
    sent = fields_of(form, dataset) | {"client_uuid": number}
    client.post(form.url(dataset), sent)
    again = fields_of(form, dataset) | {"client_uuid": number} | OTHER
    answer = client.post(form.url(dataset), again)
    assert answer.status_code == 409
    typed = typed_on(answer)
    texts = [name for name, value in again.items() if isinstance(value, str) and value]
    known = {"client_uuid", "other", "proposing_office"}
    assert len(typed) >= len(set(texts) - known) - 1
    check_words(page, again, typed)


@pytest.mark.parametrize("form", WITH_FIELDS, ids=str)
def test_a_form_sent_after_the_session_had_ended_is_shown_by_its_labels(
    dataset: MatrixData, form: CreatingForm
) -> None:
    client = dataset.client(form.role)
    page = client.get(form.url(dataset, form.page or form.route)).content.decode()
    again, browser = fields_of(form, dataset), Client()
    browser.post(form.url(dataset), again)
    browser.force_login(user_of(dataset, form.role))
    rows = form.creates._default_manager.count()
    answer = browser.get(reverse("accounts:resume"))
    assert form.creates._default_manager.count() == rows
    texts = [value for value in again.values() if isinstance(value, str) and value]
    assert len(typed_on(answer)) >= len(texts) - 1
    check_words(page, again, typed_on(answer))


def test_a_delegate_typed_on_a_page_open_for_long_has_its_words(
    dataset: MatrixData,
) -> None:
    (form,) = (one for one in CREATING_FORMS if one.creates is Delegate)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user_of(dataset, form.role))
    browser.cookies[settings.CSRF_COOKIE_NAME] = "b" * 32
    sent = fields_of(form, dataset)
    ours = {"HTTP_ORIGIN": "http://testserver"}
    rows = Delegate.objects.count()
    answer = browser.post(form.url(dataset), sent, **ours)
    typed = dict(typed_on(answer))
    assert answer.status_code == 403
    assert typed["Mandat"] == "mewakili"
    assert not {sent["party"], "represent"} & set(typed.values())
    assert Delegate.objects.count() == rows


def test_a_button_on_a_page_open_for_long_does_nothing(dataset: MatrixData) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user_of(dataset, "kanwil"))
    browser.cookies[settings.CSRF_COOKIE_NAME] = "b" * 32
    ours = {"HTTP_ORIGIN": "http://testserver"}
    answer = browser.post(reverse("accounts:sign_out"), {"why": "x"}, **ours)
    assert answer.status_code == 403
    assert browser.get(reverse("accounts:account")).status_code == 200


# --- Files -------------------------------------------------------------------


def form_of(route: str) -> CreatingForm:
    (form,) = (one for one in CREATING_FORMS if one.route == route)
    return form


def once_more(answer: Any) -> dict[str, str]:
    page = answer.content.decode()
    ticked = re.findall(r'name="(kept-\w+)" value="(\d+)"', page)
    return dict([*HIDDEN.findall(page), *ticked])


@pytest.mark.parametrize("route", ["plan:evidence_add", "outreach:photo_add"])
def test_a_file_that_arrived_is_kept_for_one_more(
    dataset: MatrixData, route: str
) -> None:
    form, number = form_of(route), str(uuid4())
    client, url = dataset.client(form.role), form.url(dataset)
    client.post(url, fields_of(form, dataset) | {"client_uuid": number})
    rows = form.creates._default_manager.count()
    name = next(key for key in fields_of(form, dataset) if key in ("file", "photos"))
    other = {name: upload("lain.jpg", jpg(61, 62)), "client_uuid": number}
    answer = client.post(url, fields_of(form, dataset) | other)
    assert answer.status_code == 409
    assert "lain.jpg" in answer.content.decode()
    assert client.post(url, once_more(answer)).status_code == 302
    assert form.creates._default_manager.count() == rows + 1


@pytest.mark.parametrize(
    ("route", "label"),
    [
        ("plan:evidence_add", "Foto atau dokumen"),
        ("outreach:photo_add", "Foto"),
        ("register:village_decree", "Surat keputusan (PDF)"),
    ],
)
def test_a_file_that_did_not_arrive_is_asked_for_by_its_label(
    dataset: MatrixData, route: str, label: str
) -> None:
    form, number = form_of(route), {"client_uuid": str(uuid4())}
    client, url = dataset.client(form.role), form.url(dataset)
    sent = fields_of(form, dataset)
    client.post(url, sent | number)
    texts = {name: value for name, value in sent.items() if isinstance(value, str)}
    answer = client.post(url, texts | number | OTHER)
    page = answer.content.decode()
    labels = [words(markup) for _tag, markup in LABELS.findall(page)]
    assert label in labels
    assert "Pilih berkasnya lagi di sini" in page
    assert "Lembar kerja" not in page


# --- What a colleague's work refuses -----------------------------------------


def test_a_delegate_removed_meanwhile_leaves_the_words_of_its_form(
    dataset: MatrixData,
) -> None:
    form = form_of("participants:delegate_add")
    client, typed = dataset.client(form.role), fields_of(form, dataset)
    client.post(form.url(dataset), typed | {"client_uuid": str(uuid4())})
    row = Delegate.objects.latest("pk")
    own = [row.session_id, row.pk]
    removed = client.post(reverse("participants:delegate_remove", args=own))
    assert removed.status_code == 302
    url = reverse("participants:delegate_change", args=own)
    answer = client.post(url, typed | {"position": "Camat", "version": "1"})
    assert answer.status_code == 409
    shown = dict(typed_on(answer))
    assert (shown["Jabatan"], shown["Mandat"]) == ("Camat", "mewakili")
    assert typed["party"] not in shown.values()


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_activity_cancelled_meanwhile_leaves_the_words_of_its_form(
    dataset: MatrixData, language: str
) -> None:
    User.objects.update(language=language)
    route = "outreach:outreach_record"
    url = reverse(route, kwargs=address_of(route, dataset, "own", "kanim"))
    client = dataset.client("kanim")
    page = client.get(url).content.decode()
    OutreachActivity.objects.update(status="cancelled", cancel_reason="Hujan.")
    sent = {"participants": "25", "men": "10", "women": "15", "youth": "3"}
    answer = client.post(url, sent | {"summary": "Warga bertanya.", "version": "1"})
    assert answer.status_code == 409
    shown = typed_on(answer)
    assert [text for _label, text in shown] == [
        "25",
        "10",
        "15",
        "3",
        "Warga bertanya.",
    ]
    check_words(page, sent, shown)


CHANGING: list[tuple[str, str, dict[str, str]]] = [
    (
        "monthly:report_fill",
        "official",
        {"outreach_held": "2", "job_offers_heard": "3"},
    ),
    ("monthly:report_save_draft", "official", {"outreach_held": "2"}),
    ("monthly:report_on_behalf", "kanim", {"office_questions": "4"}),
    ("register:village_edit", "kanim", {"population": "6420", "profile": "Nelayan."}),
]


@pytest.mark.parametrize("keeps_cookie", [True, False])
@pytest.mark.parametrize(("route", "role", "typed"), CHANGING)
def test_a_changed_row_sent_without_a_session_is_shown_by_its_labels(
    dataset: MatrixData,
    route: str,
    role: str,
    typed: dict[str, str],
    keeps_cookie: bool,
) -> None:
    """Also when the browser lost all its cookies, that of the token included."""
    url = reverse(route, kwargs=address_of(route, dataset, "own", role))
    shown = url.replace("/draf/", "/isi/")
    page = dataset.client(role).get(shown).content.decode()
    browser = Client(enforce_csrf_checks=not keeps_cookie)
    sent = browser.post(url, typed, headers={"origin": "http://testserver"})
    assert sent.status_code == 302
    assert "/masuk/" in sent["Location"]
    browser.force_login(user_of(dataset, role))
    found = typed_on(browser.get(reverse("accounts:resume")))
    assert {text for _label, text in found} >= set(typed.values())
    check_words(page, typed, found)


def test_a_sign_in_with_an_outdated_token_is_no_expired_session() -> None:
    browser = Client(enforce_csrf_checks=True)
    sent = {"username": "desa.lontar", "password": "x"}
    page = browser.post("/masuk/", sent, headers={"origin": "http://testserver"})
    assert page.status_code == 403
