"""Messages that say the same are shown once."""

from uuid import uuid4

import pytest
from django.contrib import messages
from django.contrib.messages import get_messages
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from desabinaan.lib.web.message_storage import EachOnceStorage
from tests.dataset import Dataset
from tests.sessions import sessions as scene


def test_a_form_sent_many_times_is_answered_by_one_message(
    dataset: Dataset, signed_in
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    data = {"title": "Modus baru", "client_uuid": uuid4()}
    for _time in range(6):
        answer = browser.post(reverse("sessions:topic_add", args=[session.pk]), data)
    page = browser.get(answer.url).content.decode()
    assert page.count("Tidak ada yang disimpan dua kali.") == 1
    assert page.count("Topik ditambahkan.") == 1
    assert "disimpan dua kali" not in browser.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("levels", "texts", "shown"),
    [
        (["info", "info"], ["a", "a"], ["a"]),
        (["info", "info", "info"], ["a", "b", "a"], ["a", "b"]),
        (["info", "warning"], ["a", "a"], ["a", "a"]),
    ],
)
@pytest.mark.django_db
def test_only_the_same_message_of_the_same_level_is_shown_once(
    levels: list[str], texts: list[str], shown: list[str]
) -> None:
    for apart in (False, True):
        request = HttpRequest()
        request.session = SessionStore()
        request._messages = EachOnceStorage(request)
        for level, text in zip(levels, texts, strict=True):
            getattr(messages, level)(request, text)
            if apart:  # each by a request of its own
                request._messages.update(HttpResponse())
                request._messages = EachOnceStorage(request)
        assert [str(one) for one in get_messages(request)] == shown
