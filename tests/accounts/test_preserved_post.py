"""What was typed survives an expired session and a stale form."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from desabinaan.accounts import preserved_post
from desabinaan.accounts.models import User
from desabinaan.accounts.tasks import clearsessions
from desabinaan.lib.web.typed_text import soften
from tests.accounts.sign_in import PASSWORD, sign_in
from tests.dataset import make_user

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Petugas Contoh 1",
    "email": "baru@contoh.id",
    "phone": "0812 3456 7890",
}
#: a password is never kept: it is typed once more
KNOWN = {"current_password": PASSWORD}
FORM = TYPED | {"language": "id", "csrfmiddlewaretoken": "x"}


@pytest.fixture
def user() -> User:
    return make_user("kanwil")


@pytest.fixture
def expired(user: User) -> Client:
    """A browser whose session ended while somebody was typing."""
    browser = Client()
    sign_in(browser, "kanwil")
    Session.objects.all().delete()
    return browser


def waiting(browser: Client) -> list[Any]:
    return list(browser.get("/lanjutkan/").context["posts"])


# --- An expired session ------------------------------------------------------


def test_what_was_typed_waits_behind_the_sign_in(expired: Client, user: User) -> None:
    answer = expired.post("/akun/?dari=menu", FORM)
    assert answer["Location"] == "/masuk/?next=/lanjutkan/"
    sign_in_page = expired.get(answer["Location"]).content.decode()
    assert "Isian Anda disimpan" in sign_in_page
    assert "Petugas Contoh 1" not in sign_in_page
    assert sign_in(expired, "kanwil")["Location"] == "/lanjutkan/"
    page = expired.get("/lanjutkan/").content.decode()
    assert '<form class="form" method="post" action="/akun/?dari=menu"' in page
    assert all(value in page for value in TYPED.values())
    user.refresh_from_db()
    assert user.email == ""


def test_sending_again_arrives_and_nothing_waits_any_longer(
    expired: Client, user: User
) -> None:
    expired.post("/akun/", FORM)
    sign_in(expired, "kanwil")
    (post,) = waiting(expired)
    asked = expired.post(post.preserved.path, dict(post.hidden))
    assert asked.context["form"].errors.keys() == {"current_password"}
    sent = expired.post(post.preserved.path, dict(post.hidden) | KNOWN)
    assert sent.status_code == 302
    user.refresh_from_db()
    assert user.email == "baru@contoh.id"
    assert waiting(expired) == []


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/desa/unduh/", {"bentuk": "csv"}),
        ("/rencana-aksi/unduh/", {"bentuk": "xlsx"}),
        ("/akun/keluar-semua/", {"seen": "3", "csrfmiddlewaretoken": "x"}),
    ],
)
def test_a_button_is_pressed_again_on_its_page(
    expired: Client, user: User, path: str, button: dict[str, str]
) -> None:
    page = "http://testserver/desa/?urut=nama"
    answer = expired.post(path, button, headers={"referer": page})
    assert answer["Location"] == "/masuk/?next=/desa/%3Furut%3Dnama"
    sign_in_page = expired.get(answer["Location"]).content.decode()
    assert "lalu ulangi langkah terakhir" in sign_in_page
    sign_in(expired, "kanwil")
    assert waiting(expired) == []


def test_a_get_drops_nothing_and_a_button_does(expired: Client) -> None:
    expired.post("/akun/", FORM)
    sign_in(expired, "kanwil")
    assert len(waiting(expired)) == len(waiting(expired)) == 1
    assert expired.get("/lanjutkan/buang/").status_code == 405
    expired.post("/lanjutkan/buang/", {"path": "/akun/"})
    assert waiting(expired) == []


def test_nobody_else_reads_what_was_typed(expired: Client) -> None:
    make_user("serang")
    expired.post("/akun/", FORM)
    assert sign_in(expired, "serang", next="/lanjutkan/").status_code == 302
    assert waiting(expired) == []
    assert "Petugas Contoh 1" not in str(dict(expired.session))


def test_a_browser_nobody_used_before_keeps_it_too(user: User) -> None:
    browser = Client()
    browser.post("/akun/", FORM)
    assert sign_in(browser, "kanwil")["Location"] == "/lanjutkan/"
    assert len(waiting(browser)) == 1


def test_a_forged_note_of_who_was_here_counts_for_nothing(user: User) -> None:
    browser = Client()
    browser.cookies[preserved_post.PERSON_COOKIE] = f"{user.pk}:forged"
    browser.post("/akun/", FORM)
    make_user("serang")
    assert sign_in(browser, "serang")["Location"] == "/lanjutkan/"


def test_signing_out_leaves_nothing_behind(expired: Client) -> None:
    expired.post("/akun/", FORM)
    sign_in(expired, "kanwil")
    expired.post("/keluar/")
    sign_in(expired, "kanwil")
    assert waiting(expired) == []


@pytest.mark.parametrize(
    "secret", ["password", "current_password", "sandi_baru", "csrfmiddlewaretoken"]
)
def test_passwords_and_tokens_are_not_kept(expired: Client, secret: str) -> None:
    expired.post("/akun/", FORM | {secret: "sangat-rahasia"})
    assert "sangat-rahasia" not in str(dict(expired.session))


def test_files_are_named_but_not_kept(expired: Client) -> None:
    upload = SimpleUploadedFile("foto-kegiatan.jpg", b"pixels")
    expired.post("/akun/", FORM | {"photo": upload})
    sign_in(expired, "kanwil")
    page = expired.get("/lanjutkan/").content.decode()
    assert "Silakan pilih lagi: foto-kegiatan.jpg" in page
    assert "pixels" not in str(dict(expired.session))


def test_no_post_about_incidents_is_kept(expired: Client) -> None:
    from_there = _request("/laporan/kejadian/baru/", {"story": "nama korban"})
    assert preserved_post.post_to_preserve(from_there) is None


def test_more_than_64_kilobytes_are_not_kept(expired: Client) -> None:
    answer = expired.post("/akun/", FORM | {"name": "a" * 65 * 1024})
    assert answer["Location"] == "/masuk/?next=/"
    assert preserved_post.SESSION_KEY not in expired.session


def test_three_forms_wait_at_most_and_one_per_address(expired: Client) -> None:
    for number in (1, 2, 3, 4, 4):
        expired.post(f"/akun/?{number}", FORM)
    sign_in(expired, "kanwil")
    paths = [post.preserved.path for post in waiting(expired)]
    assert paths == ["/akun/?4", "/akun/?3", "/akun/?2"]


def test_reading_a_page_keeps_nothing(expired: Client) -> None:
    expired.get("/akun/?name=Petugas")
    assert preserved_post.SESSION_KEY not in expired.session


def test_a_closed_account_keeps_its_words_to_itself(user: User) -> None:
    make_user("serang")
    browser = Client()
    sign_in(browser, "kanwil")
    User.objects.filter(pk=user.pk).update(is_active=False)
    browser.post("/akun/", FORM)
    sign_in(browser, "serang")
    assert waiting(browser) == []


@pytest.mark.parametrize(
    ("name", "softened"),
    [
        ("name", "Name"),
        ("lead_agency", "Lead agency"),
        ("topics-0-village_text", "Topics 1 village text"),
    ],
)
def test_field_names_are_softened(name: str, softened: str) -> None:
    assert soften(name) == softened


# --- A stale form ------------------------------------------------------------


@pytest.fixture
def stale(user: User) -> Client:
    """A browser that sends a form with a token from before its sign-in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "b" * 32
    return browser


OURS = {"HTTP_ORIGIN": "http://testserver"}


def test_a_stale_form_is_shown_again_with_what_was_typed(
    stale: Client, user: User
) -> None:
    answer = stale.post("/akun/?a=1", FORM, **OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'action="/akun/?a=1"' in page
    assert all(value in page for value in TYPED.values())
    assert "Kirim ulang" in page
    user.refresh_from_db()
    assert user.email == ""


def test_the_page_sends_it_again_with_a_fresh_token(stale: Client, user: User) -> None:
    answer = stale.post("/akun/", FORM, **OURS)
    fields = dict(answer.context["unsaved"].hidden)
    token = str(answer.context["csrf_token"])
    sent = fields | KNOWN | {"csrfmiddlewaretoken": token}
    again = stale.post("/akun/", sent, **OURS)
    assert again.status_code == 302
    user.refresh_from_db()
    assert user.email == "baru@contoh.id"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://testserver.evil.example"},
        {"HTTP_ORIGIN": "https://testserver"},
        {"HTTP_REFERER": "https://evil.example/http://testserver/"},
        {"HTTP_REFERER": "http://[::1/"},
        {},
    ],
)
def test_what_comes_from_elsewhere_is_refused_and_not_repeated(
    stale: Client, headers: dict[str, str]
) -> None:
    answer = stale.post("/akun/", FORM, **headers)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Permintaan ini bukan dari portal" in page
    assert "Petugas Contoh 1" not in page


def test_a_stale_sign_in_keeps_the_name_and_not_the_password() -> None:
    browser = Client(enforce_csrf_checks=True)
    form = {"username": "kanwil", "password": "sangat-rahasia"}
    page = browser.post("/masuk/", form, **OURS).content.decode()
    assert "Silakan kirim sekali lagi" in page
    assert "sangat-rahasia" not in page


def test_hostile_words_come_back_as_words(stale: Client) -> None:
    form = FORM | {"name": '"><script>alert(1)</script>'}
    page = stale.post("/akun/", form, **OURS).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def _request(path: str, form: dict[str, str]) -> Any:
    answer = Client().post(path, form)
    return answer.wsgi_request


# --- From a machine ----------------------------------------------------------


def kept_bytes() -> int:
    """How much the sessions hold, as they are stored."""
    texts = Session.objects.values_list("session_data", flat=True)
    return sum(map(len, texts))


@pytest.mark.parametrize("path", ["/akun/", "/rencana-aksi/unduh/", "/desa/"])
def test_what_a_machine_sends_is_kept_so_often_only(path: str) -> None:
    for _time in range(preserved_post.MOST_KEPT):
        Client().post(path, {"name": "x" * 1000})
    before = kept_bytes()
    for _time in range(5):
        answer = Client().post(path, {"name": "x" * 60_000})
        assert answer.status_code == 302
    assert kept_bytes() - before < 5_000
    office = Client(REMOTE_ADDR="203.0.113.9")
    office.post(path, {"name": "Nama Ketikan"})
    assert kept_bytes() - before > 100
    assert preserved_post.SESSION_KEY in office.session


def test_what_nobody_comes_back_for_is_gone_within_the_hour(expired: Client) -> None:
    expired.post("/akun/", FORM)
    (kept,) = Session.objects.all()
    minutes = (kept.expire_date - timezone.now()).total_seconds() / 60
    assert minutes <= 45
    Session.objects.update(expire_date=timezone.now())
    clearsessions(0)
    assert not Session.objects.exists()


def test_who_signs_in_has_a_whole_session_again(expired: Client, user: User) -> None:
    expired.post("/akun/", FORM)
    sign_in(expired, "kanwil")
    assert expired.session.get_expiry_age() > 11 * 60 * 60
    assert waiting(expired)
