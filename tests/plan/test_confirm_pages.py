"""The questions about an action are answered at their own address."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.dataset import Dataset
from tests.plan import reporting as telling

Browser = Callable[[str], Client]


@pytest.mark.parametrize("verb", ["verifikasi", "kembalikan", "batalkan", "selesai"])
def test_the_form_of_a_question_is_sent_to_the_page_it_is_on(
    dataset: Dataset, signed_in: Browser, verb: str
) -> None:
    done = verb in ("verifikasi", "kembalikan")
    action = (
        telling.action(dataset, status="reported_done")
        if done
        else telling.ready(dataset)
    )
    page = signed_in("serang").get(f"/rencana-aksi/{action.pk}/{verb}/")
    forms = re.findall(r'<form class="form"[^>]*>', page.content.decode())
    assert forms
    assert not any("action=" in form for form in forms)
