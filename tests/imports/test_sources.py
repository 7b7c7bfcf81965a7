"""Which line of which list changed a village reads in the language of its reader."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from desabinaan.accounts.models import User
from desabinaan.uploads import services as uploads_services
from tests.dataset import Dataset
from tests.imports import lists
from villages.imports.kind import VILLAGE_LISTS
from villages.register.models import Village

NEW, OLD = "36.04.12.2001", "36.04.13.2007"


@pytest.fixture
def proposed(dataset: Dataset) -> None:
    """A new and a changed village of a list saved by somebody who reads Indonesian."""
    lists.register_services.import_regions(lists.DATA_FOLDER)
    user = dataset.user("kanwil")
    content = f"Kode;Penduduk\n{NEW};1200\n{OLD};1300\n".encode()
    with override("id"):
        listed = lists.previewed_file(dataset.kanwil, user, content)
        uploads_services.commit_upload(VILLAGE_LISTS, listed, acting_user=user)
    assert Village.objects.get(region=OLD).population == 1300


@pytest.mark.usefixtures("proposed")
@pytest.mark.parametrize(
    ("page", "code", "at"),
    [
        ("portal:village_overview", NEW, 2),
        ("portal:village_overview", OLD, 3),
        ("register:village_designations", NEW, 2),
    ],
)
@pytest.mark.parametrize(
    ("language", "shown", "other"), [("id", "baris", "line"), ("en", "line", "baris")]
)
def test_the_line_is_named_in_the_language_of_the_reader(
    signed_in: Callable[[str], Client],
    page: str,
    code: str,
    at: int,
    language: str,
    shown: str,
    other: str,
) -> None:
    User.objects.update(language=language)
    answer = signed_in("kanwil").get(reverse(page, args=[code]))
    text = answer.content.decode()
    assert f"daftar.xlsx, {shown} {at}" in text
    assert f"daftar.xlsx, {other} {at}" not in text


@pytest.mark.usefixtures("proposed")
def test_a_note_that_somebody_typed_stays_as_it_is(
    dataset: Dataset, signed_in: Callable[[str], Client]
) -> None:
    village = Village.objects.get(region=OLD)
    for note in ("lihat surat, baris 2", "satu\tdua"):
        village.events.create(
            actor=dataset.user("kanwil"), verb="edit", to_status="proposed", note=note
        )
    User.objects.update(language="en")
    address = reverse("portal:village_overview", args=[OLD])
    text = signed_in("kanwil").get(address).content.decode()
    assert "lihat surat, baris 2" in text
    assert "satu\tdua" in text
