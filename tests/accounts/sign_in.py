"""Sign-in and sign-out in tests."""

import re
from typing import Any

from django.test import Client

PASSWORD = "sandi-untuk-uji-coba"


def sign_in(
    browser: Client, username: str, password: str = PASSWORD, **more: str
) -> Any:
    form = {"username": username, "password": password, **more}
    return browser.post("/masuk/", form)


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
