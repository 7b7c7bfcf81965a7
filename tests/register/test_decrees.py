"""A decree changes a village's state once, on its day, with its file."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset, build_dataset, make_village
from tests.register.paper import decree, pdf_upload
from villages.places.models import Office
from villages.register import services as register_services
from villages.register.models import Designation, Village

SUSUKAN = "36.04.13.2008"
ADDRESS = f"/desa/{SUSUKAN}/penetapan/"


@pytest.fixture
def proposed(dataset: Dataset) -> Village:
    return make_village(SUSUKAN, dataset.serang, "proposed")


def form(**changes):
    return {
        "number": "W.11-007",
        "date": "2 Maret 2026",
        "issued_by": Office.objects.get(kind="kanwil").pk,
        "signatory": "Kepala Kantor Contoh",
        "file": pdf_upload(),
    } | changes


def test_the_kanwil_designates_by_decree(proposed, signed_in):
    answer = signed_in("kanwil").post(f"{ADDRESS}tetapkan/", form())
    assert answer.url == ADDRESS
    proposed.refresh_from_db()
    made = proposed.designations.get()
    event = proposed.events.get()
    assert proposed.status == "designated"
    assert (made.decree_number, made.decree_date.isoformat()) == (
        "W.11-007",
        "2026-03-02",
    )
    assert len(made.decree_sha256) == 64
    assert timezone.localtime(event.occurred_at).date() == made.decree_date
    assert (event.verb, event.from_status, event.to_status) == (
        "designate",
        "proposed",
        "designated",
    )


@pytest.mark.parametrize(
    ("name", "status"),
    [("serang", 403), ("official_kronjo", 404), ("tangerang", 404), ("auditor", 403)],
)
def test_others_do_not_designate(proposed, signed_in, name, status):
    client = signed_in(name)
    assert client.get(f"{ADDRESS}tetapkan/").status_code == status
    assert client.post(f"{ADDRESS}tetapkan/", form()).status_code == status
    assert not Designation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date": "3/10/2035"}, "tidak boleh melewati hari ini"),
        ({"date": "kemarin"}, "sebagai tanggal"),
        ({"number": ""}, "Isi “Nomor surat keputusan”."),
        ({"signatory": ""}, "Isi “Ditandatangani oleh”."),
        ({"issued_by": "0"}, "Diterbitkan oleh"),
        ({"file": ""}, "Pilih berkas untuk"),
        ({"file": SimpleUploadedFile("a.pdf", b"<html>")}, "isinya lain"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "Jenis berkas ini"),
    ],
)
def test_a_mistake_is_shown_beside_its_field(proposed, signed_in, changes, message):
    answer = signed_in("kanwil").post(f"{ADDRESS}tetapkan/", form(**changes))
    page = answer.content.decode()
    assert message in page
    assert "Kepala Kantor Contoh" in page or "signatory" in changes
    assert not Designation.objects.exists()


def test_a_later_decree_is_not_dated_before_an_earlier_one(proposed, dataset: Dataset):
    kanwil = dataset.user("kanwil")
    register_services.record_decree(proposed, "designate", decree(), acting_user=kanwil)
    early = decree("W.11-008", decree().date - timedelta(days=1))
    with pytest.raises(ValidationError) as refused:
        register_services.record_decree(proposed, "revoke", early, acting_user=kanwil)
    assert "date" in refused.value.error_dict
    proposed.refresh_from_db()
    assert proposed.status == "designated"


def test_every_state_leads_on_as_the_table_says(proposed, dataset: Dataset):
    kanwil = dataset.user("kanwil")
    for number, verb, state in (
        ("1", "designate", "designated"),
        ("2", "deactivate", "inactive"),
        ("3", "reactivate", "designated"),
        ("4", "revoke", "revoked"),
        ("5", "designate", "designated"),
    ):
        register_services.record_decree(
            proposed, verb, decree(number), acting_user=kanwil
        )
        proposed.refresh_from_db()
        assert proposed.status == state
    with pytest.raises(IllegalTransition):
        register_services.record_decree(
            proposed, "designate", decree("6"), acting_user=kanwil
        )


def test_the_same_decree_is_not_recorded_twice(proposed, dataset: Dataset):
    kanwil = dataset.user("kanwil")
    register_services.record_decree(proposed, "designate", decree(), acting_user=kanwil)
    off = decree("W.11-008")
    register_services.record_decree(proposed, "deactivate", off, acting_user=kanwil)
    register_services.record_decree(
        proposed, "reactivate", decree("W.11-009"), acting_user=kanwil
    )
    with pytest.raises(ValidationError):
        register_services.record_decree(proposed, "deactivate", off, acting_user=kanwil)


def test_an_impossible_transition_leads_back_with_a_message(signed_in):
    address = "/desa/36.04.13.2007/penetapan/tetapkan/"
    answer = signed_in("kanwil").get(address, follow=True)
    assert answer.redirect_chain[0][0] == "/desa/36.04.13.2007/penetapan/"
    assert "keadaannya sekarang" in answer.content.decode()


def test_an_unknown_verb_is_not_found(signed_in):
    address = "/desa/36.04.13.2007/penetapan/designate/"
    assert signed_in("kanwil").get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("kanwil", 200),
        ("serang", 200),
        ("tangerang", 404),
        ("official_kronjo", 404),
        ("mixed", 404),
        ("dinsos", 404),
        ("admin", 404),
    ],
)
def test_the_file_goes_only_through_the_row_check(
    proposed, dataset: Dataset, signed_in, name, status
):
    made = register_services.record_decree(
        proposed, "designate", decree(), acting_user=dataset.user("kanwil")
    )
    answer = signed_in(name).get(f"/desa/penetapan/{made.pk}/berkas/")
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        assert "attachment" in answer["Content-Disposition"]


def test_a_refused_decree_leaves_no_file(
    proposed, dataset: Dataset, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(PermissionDenied):
        register_services.record_decree(
            proposed, "designate", decree(), acting_user=dataset.user("serang")
        )
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_recording_a_decree_takes_a_fixed_number_of_queries(
    proposed, signed_in, django_assert_max_num_queries
):
    client, sent = signed_in("kanwil"), form()
    with django_assert_max_num_queries(21):  # four of them are SAVEPOINTs
        client.post(f"{ADDRESS}tetapkan/", sent)


@pytest.mark.django_db(transaction=True)
def test_two_who_designate_at_once_make_one_designation():
    dataset = build_dataset()
    village = make_village(SUSUKAN, dataset.serang, "proposed")
    start = Barrier(2)
    outcomes: list[str] = []

    def designate(name: str, number: str) -> None:
        user, paper = dataset.user(name), decree(number)
        start.wait()
        try:
            register_services.record_decree(
                village, "designate", paper, acting_user=user
            )
        except IllegalTransition:
            outcomes.append(name)
        finally:
            connection.close()

    pairs = (("kanwil", "1"), ("kanwil2", "2"))
    threads = [Thread(target=designate, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Designation.objects.filter(village=village).count() == 1
    assert village.events.count() == 1
    assert len(outcomes) == 1
