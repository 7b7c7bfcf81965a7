"""An activity has at most ten photos, each once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from desabinaan.lib.files import IMAGE, clean_upload
from tests.villages.outreach_scene import picture, planned
from tests.world import World, build_world
from villages import actions


def test_an_eleventh_photo_finds_no_room(world: World, signed_in):
    activity = planned(world)
    photos = [picture(shade=20 * number) for number in range(10)]
    client, address = signed_in("serang"), f"/desa/kegiatan/{activity.pk}/foto/"
    assert client.post(address, {"photos": photos}).status_code == 302
    page = client.post(address, {"photos": [picture(shade=255)]}).content.decode()
    assert "paling banyak memuat sepuluh foto" in page
    assert activity.photos.count() == 10


def test_the_same_photo_is_kept_once(world: World, signed_in):
    activity = planned(world)
    client, address = signed_in("serang"), f"/desa/kegiatan/{activity.pk}/foto/"
    for shades, told in (
        ((90,), "Foto tersimpan."),
        ((90, 90), "2 foto sudah ada dan tidak disimpan lagi."),
        ((90, 200), "Foto tersimpan. 1 foto sudah ada dan tidak disimpan lagi."),
    ):
        photos = [picture(shade=shade) for shade in shades]
        page = client.post(address, {"photos": photos}, follow=True)
        assert [str(one) for one in page.context["messages"]] == [told]
    assert activity.photos.count() == 2
    assert activity.events.filter(verb="photo_add").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_add_photos_at_once_find_ten_places():
    world = build_world()
    activity = planned(world)
    start, told = Barrier(2), []

    def add(first: int) -> None:
        user = world.user("serang")
        photos = [
            actions.Photo(clean_upload(picture(shade=first + 10 * number), IMAGE))
            for number in range(6)
        ]
        start.wait()
        try:
            actions.add_photos(activity, photos, acting_user=user)
        except Exception as refused:  # noqa: BLE001 - told below
            told.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=add, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["ValidationError"]
    assert activity.photos.count() == 6
