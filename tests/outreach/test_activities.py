"""Activities are planned, held, corrected and cancelled; photos go by the row."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from desabinaan.accounts.access import CAPABILITIES, Role
from desabinaan.lib.files.uploads import IMAGE, clean_upload
from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.outreach.activities import kind, picture, planned, record_held
from villages.outreach import services as outreach_services
from villages.outreach.models import OutreachActivity, OutreachPhoto
from villages.register import services as register_services

VISIT = "/desa/kegiatan/kunjungan/"

FIGURES = outreach_services.ActivityOutcome({"participants": 9, "men": 4, "women": 5})


def visit(**changes):
    return {
        "villages": "36.04.13.2007",
        "day": timezone.localdate().isoformat(),
        "participants": "9",
        "men": "4",
        "women": "5",
        "kind": str(kind().pk),
        "pillar": "knowledge",
        "client_uuid": str(uuid4()),
    } | changes


def plan(**changes):
    return (
        visit()
        | {
            "clock": "09.30",
            "venue": "Balai desa",
            "officers": [],
        }
        | changes
    )


def test_an_officer_records_a_visit_in_one_form(dataset: Dataset, signed_in):
    sent = visit(photos=[picture(), picture("b.png", 20)])
    answer = signed_in("pimpasa").post(VISIT, sent)
    activity = OutreachActivity.objects.get()
    assert answer.url == f"/desa/kegiatan/{activity.pk}/"
    assert (activity.status, activity.participants) == ("done", 9)
    assert activity.office == dataset.serang
    assert [place.held_on for place in activity.places.all()] == [timezone.localdate()]
    assert list(activity.officers.all()) == [dataset.people["pimpasa"]]
    assert activity.photos.count() == 2
    assert set(activity.events.values_list("verb", flat=True)) == {"plan", "record"}


def test_the_same_form_sent_twice_makes_one_activity(signed_in):
    client, sent = signed_in("pimpasa"), visit()
    first, second = client.post(VISIT, sent), client.post(VISIT, sent)
    assert first.url == second.url
    assert OutreachActivity.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"men": "7"}, "berjumlah 12 orang, bukan 9"),
        ({"men": "-4"}, "tidak boleh kurang dari 0"),
        ({"day": "3/10/2035"}, "Waktunya belum tiba"),
        ({"villages": "36.03.07.2001"}, "36.03.07.2001"),
        ({"villages": ""}, "paling sedikit satu desa"),
        ({"photos": [picture(shade=n) for n in range(11)]}, "Anda memilih 11 foto"),
        ({"photos": [SimpleUploadedFile("a.jpg", b"<html>")]}, "a.jpg: Nama berkas"),
        ({"photos": [SimpleUploadedFile("a.exe", b"MZ")]}, "a.exe: Jenis berkas"),
        (
            {"photos": [SimpleUploadedFile("b.jpg", b"\xff" * 30 * 1024**2)]},
            "b.jpg: Ukuran berkas 30,0 MB",
        ),
    ],
)
def test_each_mistake_has_its_own_sentence(signed_in, changes, message):
    page = signed_in("pimpasa").post(VISIT, visit(**changes)).content.decode()
    assert message in page
    assert 'value="5"' in page
    assert not OutreachActivity.objects.exists()


def test_photos_are_kept_without_place_and_camera(signed_in):
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    signed_in("pimpasa").post(VISIT, visit(photos=[picture(exif=exif)]))
    kept = OutreachPhoto.objects.get().file.read()
    assert b"Kamera Rahasia" not in kept
    assert b"Exif" not in kept


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("serang", 200),
        ("pimpasa", 200),
        ("official", 200),
        ("kanwil", 200),
        ("auditor", 404),
        ("tangerang", 404),
        ("mixed", 404),
        ("official_kronjo", 404),
        ("dinsos", 404),
        ("admin", 404),
    ],
)
def test_a_photo_goes_only_through_the_row_check(
    dataset: Dataset, signed_in, name, status
):
    signed_in("pimpasa").post(VISIT, visit(photos=[picture()]))
    photo = OutreachPhoto.objects.get()
    answer = signed_in(name).get(f"/desa/kegiatan/foto/{photo.pk}/")
    assert answer.status_code == status


def test_the_auditor_reads_the_words_of_a_photo_only(signed_in):
    signed_in("pimpasa").post(VISIT, visit(photos=[picture()]))
    activity = OutreachActivity.objects.get()
    page = signed_in("auditor").get(f"/desa/kegiatan/{activity.pk}/").content.decode()
    assert 'class="photos"' in page
    assert "/desa/kegiatan/foto/" not in page


def test_a_removed_photo_is_gone_from_the_disk(
    dataset: Dataset, signed_in, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    signed_in("pimpasa").post(VISIT, visit(photos=[picture()]))
    photo = OutreachPhoto.objects.get()
    address = f"/desa/kegiatan/{photo.activity_id}/foto/{photo.pk}/hapus/"
    with django_capture_on_commit_callbacks(execute=True):
        signed_in("pimpasa").post(address)
    assert not OutreachPhoto.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_villages_of_two_offices_need_two_activities(dataset: Dataset, signed_in):
    both = "36.04.13.2007\n36.03.07.2001"
    officer = dataset.user("mixed")
    register_services.assign(
        "pimpasa",
        officer,
        register_services.Letter("ST-2", timezone.localdate()),
        village=dataset.villages["lontar"],
        acting_user=dataset.user("kanwil"),
    )
    page = signed_in("mixed").post(VISIT, visit(villages=both)).content.decode()
    assert "dibina kantor yang berbeda" in page
    assert not OutreachActivity.objects.exists()


def test_a_planned_activity_is_held_with_its_figures(dataset: Dataset, signed_in):
    activity = planned(dataset)
    address = f"/desa/kegiatan/{activity.pk}/catat/"
    figures = {"participants": 20, "men": 8, "women": 12, "youth": 21, "version": 1}
    page = signed_in("serang").post(address, figures).content.decode()
    assert "remaja melebihi jumlah peserta" in page
    signed_in("serang").post(address, figures | {"youth": 5})
    activity.refresh_from_db()
    event = activity.events.get(verb="record")
    assert (activity.status, activity.youth) == ("done", 5)
    assert event.occurred_at == activity.starts_at
    assert (event.from_status, event.to_status) == ("planned", "done")


def test_what_has_not_begun_cannot_have_been_held(dataset: Dataset, signed_in):
    activity = planned(dataset, starts_at=timezone.now() + timedelta(days=2))
    sent = {"participants": 20, "men": 8, "women": 12, "version": 1}
    address = f"/desa/kegiatan/{activity.pk}/catat/"
    page = signed_in("serang").post(address, sent).content.decode()
    assert "Waktunya belum tiba" in page
    activity.refresh_from_db()
    assert activity.status == "planned"


def test_a_held_activity_does_not_move_into_the_future(dataset: Dataset, signed_in):
    activity = record_held(planned(dataset), dataset)
    later = timezone.localdate() + timedelta(days=3)
    sent = plan(
        day=later.isoformat(),
        officers=[dataset.people["serang"].pk],
        version=activity.version,
    )
    address = f"/desa/kegiatan/{activity.pk}/ubah/"
    page = signed_in("serang").post(address, sent).content.decode()
    assert "Waktunya belum tiba" in page
    assert activity.places.get().held_on == timezone.localdate(activity.starts_at)


def test_an_operation_checks_the_state_of_the_activity(dataset: Dataset):
    serang = dataset.user("serang")
    for_later, done, off = (
        planned(dataset),
        record_held(planned(dataset), dataset),
        planned(dataset),
    )
    outreach_services.cancel_activity(off, "Hujan.", acting_user=serang)
    record = partial(
        outreach_services.record_outcome, outcome=FIGURES, version=1, acting_user=serang
    )
    cancel = partial(
        outreach_services.cancel_activity, reason="Hujan.", acting_user=serang
    )
    for operation in (
        partial(record, for_later, verb="correct"),
        partial(record, done),
        partial(cancel, done),
        partial(record, off),
        partial(record, off, verb="correct"),
        partial(cancel, off),
    ):
        with pytest.raises(IllegalTransition):
            operation()


def test_the_pages_of_an_operation_close_with_the_activity(dataset: Dataset, signed_in):
    activity = planned(dataset)
    outreach_services.cancel_activity(
        activity, "Hujan.", acting_user=dataset.user("serang")
    )
    address = f"/desa/kegiatan/{activity.pk}/"
    for page in ("catat/", "batalkan/"):
        assert signed_in("serang").get(f"{address}{page}").url == address


def test_a_village_shows_its_activities_to_those_who_may_read_them(
    dataset: Dataset, signed_in, monkeypatch
):
    address = "/desa/36.04.13.2007/kegiatan/"
    assert signed_in("auditor").get(address).status_code == 200
    capabilities = CAPABILITIES[Role.AUDITOR] - {"outreach.view"}
    monkeypatch.setitem(CAPABILITIES, Role.AUDITOR, capabilities)
    assert signed_in("auditor").get(address).status_code == 403


def test_a_stale_edit_shows_both_sides(dataset: Dataset, signed_in):
    activity = planned(dataset)
    sent = plan(officers=[dataset.people["serang"].pk], version=1)
    address = f"/desa/kegiatan/{activity.pk}/ubah/"
    signed_in("serang2").post(address, sent | {"venue": "Aula kecamatan"})
    page = signed_in("serang").post(address, sent | {"venue": "Madrasah"})
    text = page.content.decode()
    assert "Aula kecamatan" in text
    assert 'value="Madrasah"' in text
    activity.refresh_from_db()
    assert activity.venue == "Aula kecamatan"
    again = sent | {"venue": "Madrasah", "version": 2}
    assert signed_in("serang").post(address, again).status_code == 302


def test_a_plan_changed_meanwhile_is_read_before_it_is_cancelled(
    dataset: Dataset, signed_in
):
    activity, client = planned(dataset), signed_in("serang")
    address = f"/desa/kegiatan/{activity.pk}/batalkan/"
    sent = sent_form(client.get(address)) | {"reason": "Balai dipakai."}
    new = plan(officers=[dataset.people["serang"].pk], version=1, venue="Madrasah")
    signed_in("serang2").post(f"/desa/kegiatan/{activity.pk}/ubah/", new)
    answer = client.post(address, sent)
    activity.refresh_from_db()
    assert (activity.venue, activity.status) == ("Madrasah", "planned")
    for words in ("Madrasah", sent["reason"], str(dataset.people["serang2"])):
        assert words in answer.content.decode(), words
    assert client.post(address, sent_form(answer)).status_code == 302
    activity.refresh_from_db()
    assert activity.status == "cancelled"


def test_cancelling_needs_a_reason_and_ends_everything(dataset: Dataset, signed_in):
    activity = planned(dataset)
    client, address = signed_in("serang"), f"/desa/kegiatan/{activity.pk}/batalkan/"
    assert client.post(address, {"reason": ""}).status_code == 200
    client.post(address, {"reason": "Banjir rob", "version": 1})
    activity.refresh_from_db()
    assert (activity.status, activity.cancel_reason) == ("cancelled", "Banjir rob")
    for page in ("ubah", "catat", "batalkan", "foto"):
        response = client.post(f"/desa/kegiatan/{activity.pk}/{page}/", plan(version=2))
        assert response.status_code in (200, 302, 409)
    with pytest.raises(IllegalTransition):
        record_held(activity, dataset)


def test_who_serves_in_one_of_two_villages_reads_and_does_not_change(
    dataset: Dataset, signed_in
):
    activity = planned(dataset, "lontar", "tengkurak")
    client, address = signed_in("pimpasa"), f"/desa/kegiatan/{activity.pk}/"
    page = client.get(address)
    assert page.status_code == 200
    assert "batalkan/" not in page.content.decode()
    assert client.get(f"{address}ubah/").status_code == 403
    with pytest.raises(PermissionDenied):
        outreach_services.cancel_activity(
            activity, "x", acting_user=dataset.user("pimpasa")
        )


def test_nobody_draws_anothers_activity_into_the_own_villages(dataset: Dataset):
    activity, own = planned(dataset), [dataset.villages["kronjo"]]
    moved_plan = outreach_services.ActivityPlan(
        {"starts_at": activity.starts_at}, own, []
    )
    with pytest.raises(PermissionDenied):
        outreach_services.edit_activity(
            activity, moved_plan, version=1, acting_user=dataset.user("tangerang")
        )


@pytest.mark.parametrize("name", ["kanwil", "tangerang", "official", "auditor"])
def test_readers_do_not_change(dataset: Dataset, name):
    activity = planned(dataset)
    photo = outreach_services.Photo(clean_upload(picture(), IMAGE))
    outreach_services.add_photos(activity, [photo], acting_user=dataset.user("serang"))
    saved = activity.photos.get()
    village = [dataset.villages["lontar"]]
    changed = outreach_services.ActivityPlan(
        {"starts_at": activity.starts_at}, village, []
    )
    for operation in (
        partial(outreach_services.edit_activity, activity, changed, version=1),
        partial(outreach_services.record_outcome, activity, FIGURES, version=1),
        partial(outreach_services.cancel_activity, activity, "x"),
        partial(outreach_services.add_photos, activity, []),
        partial(outreach_services.caption_photo, saved, "Balai desa", version=1),
        partial(outreach_services.remove_photo, saved),
        partial(outreach_services.plan_activity, changed),
    ):
        with pytest.raises(PermissionDenied):
            operation(acting_user=dataset.user(name))


def test_the_database_holds_the_sums(dataset: Dataset):
    activity = planned(dataset)
    rows = OutreachActivity.objects.filter(pk=activity.pk)
    for wrong in (
        {"status": "done", "participants": 9, "men": 4, "women": 4},
        {"status": "done", "participants": 9},
        {"participants": 5, "youth": 6},
        {"status": "cancelled"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_the_list_is_narrowed_and_asks_few_queries(
    dataset: Dataset, signed_in, django_assert_max_num_queries
):
    for number in range(30):
        planned(dataset, starts_at=timezone.now() - timedelta(days=number))
    planned(dataset, "pulopanjang")
    client = signed_in("kanwil")
    with django_assert_max_num_queries(8):
        page = client.get("/desa/kegiatan/").content.decode()
    assert page.count('class="row-link"') == 25
    assert 'rel="next"' in page
    few = client.get("/desa/kegiatan/?desa=36.04.08.2009").content.decode()
    assert few.count('class="row-link"') == 1
    today = timezone.localdate().isoformat()
    none = client.get(f"/desa/kegiatan/?dari={today}&pilar=security").content.decode()
    assert "Tidak ada kegiatan yang cocok" in none


@pytest.mark.parametrize(("name", "count"), [("official", 1), ("tangerang", 0)])
def test_the_list_shows_visible_activities(dataset: Dataset, signed_in, name, count):
    planned(dataset, "lontar")
    planned(dataset, "pulopanjang")
    page = signed_in(name).get("/desa/kegiatan/").content.decode()
    assert page.count('class="row-link"') == count
