"""Good files of a form with a mistake: kept for their sender, for a day."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import KeptFile
from desabinaan.accounts.services.kept_files import MOST_KEPT, delete_old_kept_files
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.outreach.activities import picture, planned


def bad() -> SimpleUploadedFile:
    return SimpleUploadedFile("rusak.jpg", b"no picture", "image/jpeg")


def add_photos(client: Client, activity: Any, **data: Any) -> Any:
    return client.post(reverse("outreach:photo_add", args=[activity.pk]), data)


def test_one_bad_photo_does_not_drop_the_good_ones(dataset: Dataset, signed_in) -> None:
    activity, client = planned(dataset), signed_in("serang")
    good = [picture(shade=20), picture(shade=200)]
    page = add_photos(client, activity, photos=[*good, bad()])
    assert "rusak.jpg" in str(page.context["form"].errors["photos"])
    assert not activity.photos.exists()
    again = sent_form(page)
    assert len(again["kept-photos"]) == 2
    page = add_photos(client, activity, **again | {"photos": [bad()]})
    again = sent_form(page)
    assert len(again["kept-photos"]) == 2
    add_photos(client, activity, **again)
    assert activity.photos.count() == 2
    assert not KeptFile.objects.exists()


def test_a_mistake_in_another_field_keeps_the_files(
    dataset: Dataset, signed_in
) -> None:
    client, address = signed_in("serang"), reverse("outreach:visit_record")
    page = client.post(address, {"photos": [picture()], "summary": "x"})
    assert page.context["form"].errors
    assert sent_form(page)["kept-photos"]


def test_an_unticked_file_is_skipped(dataset: Dataset, signed_in) -> None:
    activity, client = planned(dataset), signed_in("serang")
    good = [picture(shade=20), picture(shade=200)]
    again = sent_form(add_photos(client, activity, photos=[*good, bad()]))
    add_photos(client, activity, **again | {"kept-photos": again["kept-photos"][:1]})
    assert activity.photos.count() == 1


@pytest.mark.parametrize("number", ["1.5", "-1", "9" * 30, "\0", "abc"])
def test_a_number_that_is_none_is_ignored(
    dataset: Dataset, signed_in, number: str
) -> None:
    activity, client = planned(dataset), signed_in("serang")
    page = add_photos(client, activity, **{"kept-photos": number})
    assert page.context["form"].errors["photos"]


def test_nobody_takes_the_kept_file_of_another(dataset: Dataset, signed_in) -> None:
    activity = planned(dataset)
    again = sent_form(
        add_photos(signed_in("serang2"), activity, photos=[picture(), bad()])
    )
    page = add_photos(signed_in("serang"), activity, **again)
    assert page.context["form"].errors["photos"]
    assert not activity.photos.exists()


def test_kept_files_are_gone_after_a_day(
    dataset: Dataset, signed_in, django_capture_on_commit_callbacks
) -> None:
    activity, client = planned(dataset), signed_in("serang")
    again = sent_form(add_photos(client, activity, photos=[picture(), bad()]))
    row = KeptFile.objects.get()
    stored = Path(settings.MEDIA_ROOT) / str(row.file.name)
    assert stored.exists()
    KeptFile.objects.update(kept_at=timezone.now() - timedelta(hours=25))
    page = add_photos(client, activity, **again)
    assert page.context["form"].errors["photos"]
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_kept_files() == 1
    assert not stored.exists()


def test_no_more_than_twenty_are_kept_and_each_once(
    dataset: Dataset, signed_in
) -> None:
    activity, client = planned(dataset), signed_in("serang")
    for start in range(0, 250, 100):
        photos = [picture(shade=start + number) for number in range(0, 90, 10)]
        for _time in range(2):
            add_photos(client, activity, photos=[*photos, bad()])
    assert KeptFile.objects.count() <= MOST_KEPT
