"""Who sent the people of a pasted list: known, likely, asked or new."""

from typing import Any

import pytest
from django.test import Client

from fgd.agencies.models import Agency
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import Delegate, DelegateList, Invitation
from fgd.sessions.models import Session
from tests.dataset import Dataset, make_village
from tests.participants.pasted_pages import (
    Browser,
    address,
    choose,
    commit,
    detail,
    edit,
    notes,
    offered,
    previewed,
    problems,
    read,
    results,
)
from tests.sessions import sessions as scene
from tests.uploads.buttons import answered
from villages.places.models import Region

PASTED = (
    "No\tNama\tJabatan\tInstansi\tNo. HP\n"
    "1\tBudi Contoh\tKepala Bidang\tDinsos\t0812-3456-7890\n"
    "2\tSiti\tKepala Desa\tDesa Lontar\t\n"
    "3\tAdi\t\tLembaga Baru\t+62 811 222 333\n"
)


def agency(name: str, short: str, session: Session | None = None) -> Agency:
    made = Agency.objects.create(
        name=name, short_name=short, kind="other", level="province", status="confirmed"
    )
    if session:
        Invitation.objects.create(session=session, agency=made)
    return made


def test_pasted_rows_are_matched_and_saved_at_once(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, PASTED)
    assert results(listed) == ["ready", "ready", "doubtful"]
    commit(staff, listed)
    assert not Delegate.objects.exists()
    choose(staff, listed, {"Lembaga Baru": "baru"})
    assert "Lembaga Baru" in notes(listed.rows.last())
    assert commit(staff, listed).status == "committed"
    people = {row.name: row for row in Delegate.objects.all()}
    assert people["Budi Contoh"].agency == dataset.agencies["dinsos"]
    assert people["Siti"].village == dataset.villages["lontar"]
    assert people["Adi"].agency == Agency.objects.get(name="Lembaga Baru")
    assert set(listed.rows.values_list("outcome", flat=True)) == {"added"}


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
    listed = previewed(staff, session, f"Siti\tKabid\t{typed}\n")
    assert offered(listed, typed)[0] == meant.name
    assert results(listed) == ["doubtful"]
    commit(staff, listed)
    assert not Delegate.objects.exists()
    choose(staff, listed, {typed: f"a{meant.pk}"})
    commit(staff, listed)
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
    text = f"Nama\tJabatan\tDesa\nSiti\tKades\t{typed}\n"
    commit(staff, previewed(staff, session, text))
    assert Delegate.objects.get().village == dataset.villages["kronjo"]


def test_a_village_called_like_its_district_is_asked(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.make_session(dataset.kanwil, dataset.people["kanwil"])
    Invitation.objects.create(session=session, village=dataset.villages["kronjo"])
    listed = previewed(signed_in("kanwil"), session, "Siti\tCamat\tKronjo\n")
    assert offered(listed, "Kronjo") == ["Kronjo, Kronjo (36.03.07.2001)"]
    assert results(listed) == ["doubtful"]


def test_two_villages_of_one_name_are_offered(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    Region.objects.create(
        code="36.04.08.2010", name="Lontar", level=4, kind="desa", parent_id="36.04.08"
    )
    make_village("36.04.08.2010", dataset.serang)
    session.invitations.filter(village__isnull=False).delete()
    listed = previewed(staff, session, "Siti\tKades\tDesa Lontar\n")
    assert len(offered(listed, "Desa Lontar")) == 2
    text = "Siti\tKades\tDesa Lontar Kec. Tirtayasa\n"
    commit(staff, previewed(staff, session, text))
    assert Delegate.objects.get().village == dataset.villages["lontar"]


def test_another_party_is_typed_and_read_by_the_same_reader(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tRehsos\n")
    row = listed.rows.get()
    edit(staff, row, party="Tidak Dikenal")
    row.refresh_from_db()
    assert row.check_result == "doubtful"
    assert "Tidak Dikenal" in problems(row)
    edit(staff, row, party="DINSOS CONTOH")
    commit(staff, listed)
    assert Delegate.objects.get().agency == dataset.agencies["dinsos"]


def test_a_choice_counts_only_while_it_is_offered(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tRehsos\n")
    choose(staff, listed, {"Rehsos": "baru"})
    assert results(listed) == ["ready"]
    edit(staff, listed.rows.get(), party="")
    assert results(listed) == ["doubtful"]


def test_a_choice_that_is_not_offered_is_refused_in_words(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tRehsos\n")
    row = listed.rows.get()
    url = DELEGATE_LISTS.url("choose", listed.pk)
    answer = staff.post(url, {f"baris-{row.pk}": "a999999"}, follow=True)
    assert "tidak ditawarkan lagi" in answer.content.decode()
    assert results(listed) == ["doubtful"]


def test_a_choice_counts_for_all_rows_of_the_same_sender(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    text = "Siti\tKabid\tRehsos\nBudi\tStaf\t REHSOS\nAdi\tStaf\tRehsos Banten\n"
    listed = previewed(staff, session, text)
    first = listed.rows.first()
    url = DELEGATE_LISTS.url("choose", listed.pk)
    staff.post(url, answered(first, "baru"))
    assert results(listed) == ["ready", "ready", "doubtful"]


def test_a_typed_correction_can_count_for_all_rows_that_say_the_same(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    text = "Siti\tKabid\tRehsos\nBudi\tStaf\tREHSOS\nAdi\tStaf\tRehsos Banten\n"
    listed = previewed(staff, session, text)
    edit(staff, listed.rows.first(), party="Tidak Dikenal")
    assert [row[2] for row in read(listed)] == [
        "Tidak Dikenal",
        "REHSOS",
        "Rehsos Banten",
    ]
    listed = previewed(staff, session, text)
    edit(staff, listed.rows.first(), party="Dinsos", for_alike="on")
    assert [row[2] for row in read(listed)] == ["Dinsos", "Dinsos", "Rehsos Banten"]
    assert results(listed) == ["ready", "ready", "doubtful"]
    assert [row[1] for row in read(listed)] == ["Kabid", "Staf", "Staf"]


def test_one_sender_is_typed_for_all_rows_without_any(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\nBudi\nAdi\n")
    edit(staff, listed.rows.first(), party="Dinsos", for_alike="on")
    assert results(listed) == ["ready"] * 3


def test_rows_without_a_sender_are_asked_once_and_offered_the_invited(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\nBudi\nAdi\n")
    invited = [str(one.agency or one.village) for one in session.invitations.all()]
    assert len(offered(listed, "")) == len(invited) > 0
    choose(staff, listed, {"": f"a{dataset.agencies['dinsos'].pk}"})
    assert results(listed) == ["ready"] * 3
    commit(staff, listed)
    assert {row.agency for row in Delegate.objects.all()} == {
        dataset.agencies["dinsos"]
    }


def test_new_agencies_equal_in_forty_letters_are_both_proposed(
    session: Session, staff: Client
) -> None:
    names = [
        f"Dinas Pemberdayaan Perempuan, Perlindungan Anak dan KB {place}"
        for place in ("Kabupaten Serang", "Kota Serang")
    ]
    text = f"Siti\tKabid\t{names[0]}\nBudi\tStaf\t{names[1]}\n"
    listed = previewed(staff, session, text)
    choose(staff, listed, dict.fromkeys(names, "baru"))
    commit(staff, listed)
    proposed = Agency.objects.filter(status="proposed").order_by("name")
    assert [row.name for row in proposed] == names
    assert [row.short_name for row in proposed] == [
        "Dinas Pemberdayaan … Kab. Serang",
        "Dinas Pemberdayaan … Kota Serang",
    ]


ELSEWHERE = ["Desa Kronjo, Kec. Kronjo", "Kantor Desa Kronjo", "36.03.07.2001"]


@pytest.mark.parametrize("typed", [*ELSEWHERE, "Pemdes Kronjo", "Kronjo, Kec. Kronjo"])
def test_a_village_of_another_office_is_offered_and_never_an_agency(
    dataset: Dataset, session: Session, staff: Client, typed: str
) -> None:
    listed = previewed(staff, session, f"Nama\tJabatan\tDesa\nSiti\tKades\t{typed}\n")
    row = listed.rows.get()
    kronjo = f"v{dataset.villages['kronjo'].pk}"
    assert (row.check_result, row.subject) == ("doubtful", "")
    assert row.candidates == [kronjo]
    assert str(dataset.tangerang) in problems(row)
    choose(staff, listed, {typed: "baru"})
    commit(staff, listed)
    assert not Delegate.objects.exists()
    choose(staff, listed, {typed: kronjo})
    assert str(dataset.tangerang) in notes(listed.rows.get())
    commit(staff, listed)
    person = Delegate.objects.get()
    assert (person.village, person.is_walk_in) == (dataset.villages["kronjo"], True)
    assert not Agency.objects.filter(status="proposed").exists()


def test_listing_people_of_another_office_opens_the_session_to_nobody(
    dataset: Dataset, session: Session, staff: Client, signed_in: Browser
) -> None:
    listed = previewed(staff, session, "Siti;Kades;Desa Kronjo")
    choose(staff, listed, {"Desa Kronjo": f"v{dataset.villages['kronjo'].pk}"})
    commit(staff, listed)
    assert Delegate.objects.get().village == dataset.villages["kronjo"]
    assert not Session.objects.visible_to(dataset.user("tangerang")).exists()


@pytest.mark.parametrize(
    "typed", ["Kecamatan Kronjo", "Polsek Kronjo", "Kantor Kecamatan Kronjo"]
)
def test_an_agency_at_the_place_of_a_village_is_new(
    session: Session, staff: Client, typed: str
) -> None:
    listed = previewed(staff, session, f"Siti\tCamat\t{typed}\n")
    choose(staff, listed, {typed: "baru"})
    commit(staff, listed)
    assert Delegate.objects.get().agency == Agency.objects.get(name=typed)


@pytest.mark.parametrize("typed", ELSEWHERE[:2])
def test_an_agency_that_nobody_confirmed_does_not_displace_the_village(
    dataset: Dataset, signed_in: Browser, typed: str
) -> None:
    session = scene.make_session(dataset.kanwil, dataset.people["kanwil"])
    false = agency(typed, typed)
    Agency.objects.filter(pk=false.pk).update(status="proposed")
    listed = previewed(signed_in("kanwil"), session, f"Siti\tKades\t{typed}\n")
    kronjo = f"v{dataset.villages['kronjo'].pk}"
    assert (results(listed), listed.rows.get().subject) == (["ready"], kronjo)
    Agency.objects.filter(pk=false.pk).update(status="confirmed")
    listed = previewed(signed_in("kanwil"), session, f"Siti\tKades\t{typed}\n")
    assert (results(listed), listed.rows.get().subject) == (["doubtful"], "")
    assert kronjo in listed.rows.get().candidates


def test_the_office_of_a_village_is_read_as_the_village(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    text = "Siti\tKades\tKantor Desa Lontar\nBudi\tSekdes\tBalai Desa Lontar\n"
    commit(staff, previewed(staff, session, text))
    people = Delegate.objects.all()
    assert {row.village for row in people} == {dataset.villages["lontar"]}
    assert people.count() == 2


def test_a_form_proposes_no_agency_with_the_name_of_a_village(
    session: Session, staff: Client
) -> None:
    sent = {
        "name": "Siti",
        "party": "baru",
        "new_agency": "Desa Kronjo, Kec. Kronjo",
        "mandate": "represent",
        "part": "participant",
    }
    answer = staff.post(address("delegate_add", session), sent)
    [refusal, where] = answer.context["form"].errors["new_agency"]
    assert "Kronjo, Kronjo (36.03.07.2001)" in refusal
    assert "Tempel" in where
    assert not Delegate.objects.exists()


def test_an_answer_is_shown_as_saved_while_the_row_has_another_problem(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    text = (
        "Nama\tJabatan\tInstansi\tHP\nSiti\tKabid\tRehsos\t08\nBudi\tStaf\tDinsos\t08\n"
    )
    listed = previewed(staff, session, text)
    dinsos = f"a{dataset.agencies['dinsos'].pk}"
    assert [row["selected"] for row in doubtful(staff, listed)] == ["", dinsos]
    choose(staff, listed, {"Rehsos": "baru"})
    page = detail(staff, listed, "?tampil=ragu")
    assert [row["selected"] for row in page.context["rows"]] == ["baru", dinsos]
    assert '<option value="baru" selected>' in page.content.decode()


def test_an_answer_that_is_sent_as_it_was_shown_changes_nothing(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    text = (
        "Nama\tJabatan\tInstansi\tHP\nSiti\tKabid\tRehsos\t08\nBudi\tStaf\tLain\t08\n"
    )
    listed = previewed(staff, session, text)
    choose(staff, listed, {"Rehsos": "baru"})
    first = listed.rows.first()
    selected = {row["id"]: row["selected"] for row in doubtful(staff, listed)}
    answers: dict[str, str] = {}
    for row in listed.rows.all():
        answers |= answered(row, selected[row.pk] or "baru")
    url = DELEGATE_LISTS.url("choose", listed.pk)
    answer = staff.post(url, answers, follow=True)
    said = [str(one) for one in answer.context["messages"]]
    assert said == ["1 pilihan disimpan."]
    assert listed.rows.first().version == first.version
    assert [row["selected"] for row in doubtful(staff, listed)] == ["baru", "baru"]


def doubtful(browser: Client, listed: DelegateList) -> list[dict[str, Any]]:
    """The rows in doubt as the page that asks about them shows them."""
    return detail(browser, listed, "?tampil=ragu").context["rows"]


@pytest.mark.parametrize("is_invited", [True, False])
def test_ten_digits_alone_are_asked(
    dataset: Dataset, session: Session, staff: Client, is_invited: bool
) -> None:
    """They may be a code of the statistics office, which numbers villages otherwise."""
    lontar = dataset.villages["lontar"]
    Invitation.objects.filter(session=session, village=lontar).delete()
    if is_invited:
        Invitation.objects.create(session=session, village=lontar)
    people = (
        "Nama\tJabatan\tInstansi\nSiti\tKades\t3604132007\nAdi\tSekdes\t36.04.13.2007\n"
    )
    listed = previewed(staff, session, people)
    assert results(listed) == ["doubtful", "ready"]
    asked = problems(listed.rows.first())
    assert "BPS" in asked
    assert "Kemendagri" in asked
    choose(staff, listed, {"3604132007": f"v{lontar.pk}"})
    assert results(listed) == ["ready", "ready"]
