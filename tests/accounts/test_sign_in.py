from django.test import Client

from desabinaan.accounts.models import User
from tests.world import make_user


def test_somebody_signs_in_by_name_and_password(db: None) -> None:
    make_user("desa.lontar")
    browser = Client()
    assert browser.get("/masuk/").status_code == 200
    answer = browser.post(
        "/masuk/", {"username": " Desa.Lontar ", "password": "sandi-untuk-uji-coba"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/"
