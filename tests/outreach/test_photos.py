"""An activity has at most ten photos, each once."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from desabinaan.lib.files.uploads import IMAGE, clean_upload
from tests.dataset import Dataset, build_dataset
from tests.forms import sent_form
from tests.outreach.activities import picture, planned
from villages.outreach import services as outreach_services


def test_an_eleventh_photo_is_refused(dataset: Dataset, signed_in):
    activity = planned(dataset)
    photos = [picture(shade=20 * number) for number in range(10)]
    client, address = signed_in("serang"), f"/desa/kegiatan/{activity.pk}/foto/"
    assert client.post(address, {"photos": photos}).status_code == 302
    page = client.post(address, {"photos": [picture(shade=255)]}).content.decode()
    assert "paling banyak memuat sepuluh foto" in page
    assert activity.photos.count() == 10


def test_the_same_photo_is_kept_once(dataset: Dataset, signed_in):
    activity = planned(dataset)
    client, address = signed_in("serang"), f"/desa/kegiatan/{activity.pk}/foto/"
    for shades, message in (
        ((90,), "Foto tersimpan."),
        ((90, 90), "2 foto sudah ada dan tidak disimpan lagi."),
        ((90, 200), "Foto tersimpan. 1 foto sudah ada dan tidak disimpan lagi."),
    ):
        photos = [picture(shade=shade) for shade in shades]
        page = client.post(address, {"photos": photos}, follow=True)
        assert [str(one) for one in page.context["messages"]] == [message]
    assert activity.photos.count() == 2
    assert activity.events.filter(verb="photo_add").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_add_photos_at_once_find_ten_places():
    dataset = build_dataset()
    activity = planned(dataset)
    start, outcomes = Barrier(2), []

    def add(first: int) -> None:
        user = dataset.user("serang")
        photos = [
            outreach_services.Photo(
                clean_upload(picture(shade=first + 10 * number), IMAGE)
            )
            for number in range(6)
        ]
        start.wait()
        try:
            outreach_services.add_photos(activity, photos, acting_user=user)
        except Exception as refused:  # noqa: BLE001 - asserted below
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=add, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == ["ValidationError"]
    assert activity.photos.count() == 6


def test_a_caption_of_a_colleague_is_not_overwritten_unseen(
    dataset: Dataset, signed_in
) -> None:
    activity = planned(dataset)
    photos = {"photos": [picture()]}
    signed_in("serang").post(f"/desa/kegiatan/{activity.pk}/foto/", photos)
    photo = activity.photos.get()
    address = reverse("outreach:photo_caption", args=[activity.pk, photo.pk])
    mine, theirs = signed_in("serang2"), signed_in("serang")
    opened = sent_form(mine.get(address)) | {"caption": "Penyuluhan"}
    other = sent_form(theirs.get(address)) | {"caption": "Balai desa"}
    assert theirs.post(address, other).status_code == 302
    answer = mine.post(address, opened)
    page = answer.content.decode()
    photo.refresh_from_db()
    assert photo.caption == "Balai desa"
    assert f"{dataset.people['serang']} mengubah data ini pada" in page
    assert "Balai desa" in page
    again = sent_form(answer)
    assert again["caption"] == "Penyuluhan"
    assert mine.post(address, again).status_code == 302
    photo.refresh_from_db()
    assert (photo.caption, photo.changed_by) == (
        "Penyuluhan",
        dataset.people["serang2"],
    )
