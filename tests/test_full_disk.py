"""A disk that takes no more files: each form says so, and stores nothing half."""

import errno
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client

from desabinaan.accounts.models import KeptFile
from tests.accounts.test_kept_files import add_photos, bad
from tests.cached_rows import cached_rows
from tests.creating_forms import CREATING_FORMS, CreatingForm, build_records
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.lib.samples import jpg, upload
from tests.matrix.dataset import MatrixData
from tests.outreach.activities import picture, planned

SENTENCE = "Portal sedang tidak dapat menyimpan berkas,"

pytestmark = pytest.mark.django_db


def takes_a_file(form: CreatingForm, dataset: MatrixData) -> bool:
    typed = form.typed(dataset.records_for("own", form.role))
    return any(hasattr(value, "read") for value in typed.values())


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: FileSystemStorage, name: str, content: Any) -> str:
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read()[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_every_form_says_that_its_file_is_not_stored(request: Any) -> None:
    dataset = cached_rows(build_records)
    request.getfixturevalue("full_disk")
    files = stored_files()
    forms = [form for form in CREATING_FORMS if takes_a_file(form, dataset)]
    assert len(forms) >= 8
    for form in forms:
        before = form.creates._default_manager.count()
        client = dataset.client(form.role)
        page = form.send(dataset, client, form.number_on_page(dataset, client))
        assert page.status_code == 200, form
        assert SENTENCE in page.content.decode(), form
        assert form.creates._default_manager.count() == before, form
        assert stored_files() == files, form


@pytest.mark.usefixtures("full_disk")
def test_a_file_that_cannot_be_kept_is_asked_for_again(
    dataset: Dataset, signed_in: Any
) -> None:
    files = stored_files()
    page = add_photos(
        signed_in("serang"), planned(dataset), photos=[picture(), bad()], caption="Aula"
    )
    assert SENTENCE in page.content.decode()
    assert "kept-photos" not in sent_form(page)
    assert sent_form(page)["caption"] == "Aula"
    assert not KeptFile.objects.exists()
    assert stored_files() == files


# --- Large files, which are received in a temporary file ---------------------


def send_large_file(client: Client, dataset: Dataset) -> Any:
    large = jpg(40, 40) + bytes(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
    return add_photos(
        client, planned(dataset), photos=upload("a.jpg", large), caption="Aula"
    )


class FullFile(BytesIO):
    """A temporary file on a disk that takes no more."""

    name = "none"

    def write(self, _content: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def without_space(*_args: Any, **_words: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def with_full_file(self: TemporaryUploadedFile, name: str, *_args: Any) -> None:
    super(TemporaryUploadedFile, self).__init__(FullFile(), name)


@pytest.mark.parametrize("opened", [without_space, with_full_file])
def test_a_large_file_that_cannot_be_received_is_named(
    dataset: Dataset, signed_in: Any, monkeypatch: pytest.MonkeyPatch, opened: Any
) -> None:
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", opened)
    page = send_large_file(signed_in("serang"), dataset)
    assert page.status_code == 200
    assert SENTENCE in str(page.context["form"].errors["photos"])
    assert sent_form(page)["caption"] == "Aula"
