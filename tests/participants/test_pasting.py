"""A pasted list of people: what is understood, asked, skipped and added."""

import pytest
from django.test import Client

from fgd.agencies.models import Agency
from fgd.participants.models import Delegate, Invitation
from fgd.sessions.models import Session
from tests.dataset import Dataset, make_village
from tests.participants.pasted_pages import (
    Browser,
    address,
    check,
    choice_of,
    commit,
    offered,
    paste,
    sent_by,
)
from tests.sessions import sessions as scene
from villages.places.models import Region

PASTED = (
    "No\tNama\tJabatan\tInstansi\tNo. HP\n"
    "1\tBudi Contoh\tKepala Bidang\tDinsos\t0812-3456-7890\n"
    "2\tSiti\tKepala Desa\tDesa Lontar\t\n"
    "3\tAdi\t\tLembaga Baru\t+62 811 222 333\n"
)
PREVIEW, COMMIT = 20, 36


def agency(name: str, short: str, session: Session | None = None) -> Agency:
    made = Agency.objects.create(
        name=name, short_name=short, kind="other", level="province", status="confirmed"
    )
    if session:
        Invitation.objects.create(session=session, agency=made)
    return made


# --- Senders -----------------------------------------------------------------


def test_pasted_rows_are_matched_and_saved_at_once(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    answer = paste(staff, session, PASTED)
    assert not Delegate.objects.exists()
    new = choice_of(answer, "Lembaga Baru")
    answer = commit(staff, session, answer)
    assert not Delegate.objects.exists()
    commit(staff, session, answer, **{new: "baru"})
    people = {row.name: row for row in Delegate.objects.all()}
    assert people["Budi Contoh"].agency == dataset.agencies["dinsos"]
    assert people["Siti"].village == dataset.villages["lontar"]
    assert people["Adi"].agency == Agency.objects.get(name="Lembaga Baru")


@pytest.mark.parametrize(
    "typed", ["Disnakertrans", "Dinas Tenaga Kerja dan Transmigrasi", "Disnaker"]
)
def test_a_likely_agency_is_offered_and_not_taken(
    session: Session, staff: Client, typed: str
) -> None:
    agency("Dinas Tenaga Kerja dan Transmigrasi Provinsi Lain", "Disnakertrans Lain")
    meant = agency(
        "Dinas Tenaga Kerja dan Transmigrasi Provinsi Banten",
        "Disnakertrans Banten",
        session,
    )
    answer = paste(staff, session, f"Siti\tKabid\t{typed}\n")
    assert offered(answer, typed)[0] == "Disnakertrans Banten"
    field = choice_of(answer, typed)
    assert field not in sent_by(answer)
    commit(staff, session, answer)
    assert not Delegate.objects.exists()
    commit(staff, session, answer, **{field: f"a{meant.pk}"})
    assert Delegate.objects.get().agency == meant
    assert not Agency.objects.filter(status="proposed").exists()


@pytest.mark.parametrize(
    "typed",
    [
        "Desa Kronjo, Kec. Kronjo",
        "Desa Kronjo Kecamatan Kronjo",
        "Pemdes Kronjo",
        "Pemerintah Desa Kronjo",
        "Ds. Kronjo",
        "36.03.07.2001",
    ],
)
def test_an_invited_village_is_recognised(
    dataset: Dataset, signed_in: Browser, typed: str
) -> None:
    session = scene.make_session(dataset.kanwil, dataset.people["kanwil"])
    Invitation.objects.create(session=session, village=dataset.villages["kronjo"])
    staff = signed_in("kanwil")
    answer = paste(staff, session, f"Nama\tJabatan\tDesa\nSiti\tKades\t{typed}\n")
    commit(staff, session, answer)
    assert Delegate.objects.get().village == dataset.villages["kronjo"]


def test_a_village_called_like_its_district_is_asked(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.make_session(dataset.kanwil, dataset.people["kanwil"])
    Invitation.objects.create(session=session, village=dataset.villages["kronjo"])
    staff = signed_in("kanwil")
    answer = paste(staff, session, "Siti\tCamat\tKronjo\n")
    assert offered(answer, "Kronjo") == ["Kronjo, Kronjo"]
    assert choice_of(answer, "Kronjo") not in sent_by(answer)


def test_two_villages_of_one_name_are_offered(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    Region.objects.create(
        code="36.04.08.2010", name="Lontar", level=4, kind="desa", parent_id="36.04.08"
    )
    make_village("36.04.08.2010", dataset.serang)
    session.invitations.filter(village__isnull=False).delete()
    answer = paste(staff, session, "Siti\tKades\tDesa Lontar\n")
    assert len(offered(answer, "Desa Lontar")) == 2
    answer = paste(staff, session, "Siti\tKades\tDesa Lontar Kec. Tirtayasa\n")
    commit(staff, session, answer)
    assert Delegate.objects.get().village == dataset.villages["lontar"]


def test_another_party_is_typed_and_read_by_the_same_reader(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "Siti\tKabid\tRehsos\n")
    field = choice_of(answer, "Rehsos")
    other = field.replace("-choice", "-other")
    answer = check(staff, session, answer, **{field: "lain", other: "Tidak Dikenal"})
    assert answer.context["pasted"].open_questions
    answer = check(staff, session, answer, **{field: "lain", other: "DINSOS CONTOH"})
    commit(staff, session, answer)
    assert Delegate.objects.get().agency == dataset.agencies["dinsos"]


def test_new_agencies_equal_in_forty_letters_are_both_proposed(
    session: Session, staff: Client
) -> None:
    names = [
        f"Dinas Pemberdayaan Perempuan, Perlindungan Anak dan KB {place}"
        for place in ("Kabupaten Serang", "Kota Serang")
    ]
    text = f"Siti\tKabid\t{names[0]}\nBudi\tStaf\t{names[1]}\n"
    answer = paste(staff, session, text)
    chosen = {choice_of(answer, name): "baru" for name in names}
    commit(staff, session, answer, **chosen)
    proposed = Agency.objects.filter(status="proposed").order_by("name")
    assert [row.name for row in proposed] == names
    assert [row.short_name for row in proposed] == [
        "Dinas Pemberdayaan … Kab. Serang",
        "Dinas Pemberdayaan … Kota Serang",
    ]


def test_an_invisible_village_is_not_a_choice(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "Budi;;Desa Kronjo")
    assert offered(answer, "Desa Kronjo") == []
    field = choice_of(answer, "Desa Kronjo")
    foreign = f"v{dataset.villages['kronjo'].pk}"
    answer = commit(staff, session, answer, **{field: foreign})
    assert answer.context["pasted"].open_questions
    assert not Delegate.objects.exists()


# --- Rows --------------------------------------------------------------------


def test_one_wrong_row_keeps_all_of_them_out(session: Session, staff: Client) -> None:
    text = "Siti\tKabid\tDinsos\ttanya Budi\nBudi\tStaf\tDinsos\t\n"
    answer = paste(staff, session, text)
    answer = commit(staff, session, answer)
    assert answer.context["pasted"].faulty[0].errors["phone"]
    assert not Delegate.objects.exists()
    corrected = commit(staff, session, answer, **{"baris-1-phone": "081210000001"})
    assert corrected.status_code == 302
    assert Delegate.objects.get(name="Siti").phone == "+6281210000001"


def test_a_row_is_skipped_or_opened_and_changed(
    session: Session, staff: Client
) -> None:
    text = "Siti\tKabid\tDinsos\tsalah\nBudi\tStaf\tDinsos\t\n"
    answer = paste(staff, session, text)
    answer = check(staff, session, answer, lewati=["1"], ubah="2")
    answer = check(staff, session, answer, **{"baris-2-name": "Budi Contoh"})
    commit(staff, session, answer)
    assert Delegate.objects.get().name == "Budi Contoh"


def test_a_changed_sender_of_a_row_is_asked_again(
    session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "Siti\tKabid\tDinsos\n")
    answer = check(staff, session, answer, ubah="1")
    answer = commit(staff, session, answer, **{"baris-1-party": "Lembaga Baru"})
    assert not Delegate.objects.exists()
    assert answer.context["pasted"].open_questions[0].typed == "Lembaga Baru"


def test_the_same_text_again_adds_nobody(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    scene.delegate(dataset, session, "Budi Contoh", position="Kepala Bidang")
    text = (
        "Budi  Contoh\tKepala Bidang\tDinsos\nSiti\t\tDinsos\nSITI\t\tDinsos Contoh\n"
    )
    answer = paste(staff, session, text)
    already = [row.already for row in answer.context["pasted"].people]
    assert already == ["sudah ada di daftar", "", "sama dengan baris 2"]
    commit(staff, session, answer)
    answer = paste(staff, session, text)
    assert not answer.context["pasted"].is_ready
    commit(staff, session, answer)
    assert Delegate.objects.count() == 2


def test_the_pasted_text_can_be_changed(session: Session, staff: Client) -> None:
    answer = paste(staff, session, PASTED)
    answer = check(staff, session, answer, teks="ubah")
    assert answer.context["form"]["text"].value().replace("\r", "") == PASTED


@pytest.mark.parametrize("sent", [{}, {"text": " \n"}, {"text": "x", "kolom-0": "?"}])
def test_a_torn_page_adds_nobody(
    session: Session, staff: Client, sent: dict[str, str]
) -> None:
    answer = staff.post(address("delegates_commit", session), sent)
    assert answer.status_code == 200
    assert not Delegate.objects.exists()


def test_more_than_five_hundred_rows_are_refused(
    session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "Siti\tKabid\tDinsos\n" * 506)
    assert answer.context["form"].errors["text"]


@pytest.mark.parametrize("count", [10, 500])
def test_a_pasted_list_costs_few_queries_and_a_light_page(
    session: Session, staff: Client, count: int, django_assert_max_num_queries
) -> None:
    text = "Nama\tJabatan\tInstansi\tHP\n" + "".join(
        f"Petugas Contoh {number}\tStaf\t{sender}\t0812100{number:05d}\n"
        for number in range(count)
        for sender in [["Dinsos", "Desa Lontar", f"Desa Contoh {number}"][number % 3]]
    )
    with django_assert_max_num_queries(PREVIEW):
        answer = paste(staff, session, text)
    assert len(answer.context["pasted"].people) == count
    assert len(answer.content) < 60_000 + count * 1_000
    new = {
        choice_of(answer, one.typed): "baru" for one in answer.context["pasted"].asked
    }
    with django_assert_max_num_queries(COMMIT):
        commit(staff, session, answer, **new)
    assert Delegate.objects.count() == count
