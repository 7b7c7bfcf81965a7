"""A pasted list: which rows are right, and who is added."""

from collections import ChainMap
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.lib.web.paging import PAGE_SIZE
from desabinaan.uploads import services
from fgd.participants.kind import DELEGATE_LISTS, DelegateLists
from fgd.participants.models import Delegate, DelegateList
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.lib import sheets
from tests.lib.samples import upload
from tests.participants.pasted_pages import (
    Browser,
    address,
    check,
    commit,
    detail,
    edit,
    paste,
    previewed,
    problems,
    results,
)
from tests.sessions import sessions as scene
from tests.uploads.buttons import answered, opened, sent_columns

PREVIEW, DETAIL, CHOOSE, COMMIT = 20, 12, 28, 49


def test_one_wrong_row_keeps_all_of_them_out(session: Session, staff: Client) -> None:
    text = (
        "Nama\tJabatan\tInstansi\tHP\n"
        "Siti\tKabid\tDinsos\ttanya Budi\nBudi\tStaf\tDinsos\t\n"
    )
    listed = previewed(staff, session, text)
    commit(staff, listed)
    row = listed.rows.first()
    assert "tanya Budi" in problems(row)
    assert not Delegate.objects.exists()
    edit(staff, row, phone="081210000001")
    commit(staff, listed)
    assert Delegate.objects.get(name="Siti").phone == "+6281210000001"


@pytest.mark.parametrize(
    ("name", "long"), [("name", 121), ("position", 121), ("party", 151)]
)
def test_a_text_that_is_too_long_is_named_and_not_cut(
    session: Session, staff: Client, name: str, long: int
) -> None:
    cells = {"name": "Siti", "position": "Kabid", "party": "Dinsos"} | {
        name: "a" * long
    }
    text = "Nama\tJabatan\tInstansi\n" + "\t".join(cells.values())
    listed = previewed(staff, session, text)
    assert str(long - 1) in problems(listed.rows.get())


def test_a_row_is_skipped_or_changed(session: Session, staff: Client) -> None:
    text = (
        "Nama\tJabatan\tInstansi\tHP\n"
        "Siti\tKabid\tDinsos\tsalah\nBudi\tStaf\tDinsos\t\n"
    )
    listed = previewed(staff, session, text)
    first, second = listed.rows.all()
    skip = DELEGATE_LISTS.url("row_skip", listed.pk, first.pk)
    staff.post(skip, {"version": first.version})
    edit(staff, second, name="Budi Contoh")
    commit(staff, listed)
    assert Delegate.objects.get().name == "Budi Contoh"


def test_a_changed_sender_of_a_row_is_asked_again(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\n")
    assert results(listed) == ["ready"]
    edit(staff, listed.rows.get(), party="Lembaga Baru")
    commit(staff, listed)
    assert not Delegate.objects.exists()
    assert "Lembaga Baru" in problems(listed.rows.get())


def test_the_same_text_again_adds_nobody(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    scene.delegate(dataset, session, "Budi Contoh", position="Kepala Bidang")
    text = (
        "Budi  Contoh\tKepala Bidang\tDinsos\nSiti\t\tDinsos\nSITI\t\tDinsos Contoh\n"
    )
    listed = previewed(staff, session, text)
    assert results(listed) == ["known", "ready", "known"]
    first, _second, third = listed.rows.all()
    assert first.notes == [["already_listed", {}]]
    assert third.notes == [["same_as_line", {"line": "2"}]]
    commit(staff, listed)
    again = previewed(staff, session, text)
    assert results(again) == ["known"] * 3
    assert detail(staff, again).context["all_known"]
    commit(staff, again)
    assert Delegate.objects.count() == 2


def test_the_first_of_two_equal_rows_can_be_skipped(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\nSITI\tKabid\tDinsos\n")
    first, second = listed.rows.all()
    skip = DELEGATE_LISTS.url("row_skip", listed.pk, first.pk)
    staff.post(skip, {"version": first.version})
    second.refresh_from_db()
    assert second.check_result == "ready"
    assert {key for key, _details in second.notes} == {
        "writes_person",
        "writes_agency",
        "writes_no_phone",
    }


def test_a_person_added_meanwhile_stops_the_list_with_a_sentence(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\nBudi\tStaf\tDinsos\n")
    scene.delegate(dataset, session, "Siti", position="Kabid")
    listed = commit(staff, listed)
    assert listed.status == "failed"
    assert "baris 1: Sudah ada" in listed.problem
    assert Delegate.objects.count() == 1
    check(staff, listed)
    assert commit(staff, listed).status == "committed"
    assert Delegate.objects.count() == 2


def test_a_session_locked_meanwhile_takes_nobody(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\n")
    Session.objects.filter(pk=session.pk).update(status="cancelled")
    listed = commit(staff, listed)
    assert (listed.status, Delegate.objects.count()) == ("failed", 0)
    assert "dibatalkan" in listed.problem
    answer = staff.get(address("delegates_paste", session))
    assert answer.status_code == 302


def test_a_list_is_seen_by_its_host_only(
    session: Session, staff: Client, signed_in: Browser
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\n")
    for username in ("kanwil", "dinsos", "tangerang"):
        browser = signed_in(username)
        assert detail(browser, listed).status_code == 404, username
        assert commit(browser, listed).status == "previewed"


def test_only_who_may_change_participants_may_check_and_add_a_list(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\n")
    for person in ("kanwil", "tangerang", "dinsos"):
        user = dataset.people[person]
        with pytest.raises(PermissionDenied):
            services.commit_upload(DELEGATE_LISTS, listed, acting_user=user)
    with pytest.raises(PermissionDenied):
        services.commit_upload(DELEGATE_LISTS, listed, acting_user=None)
    assert not Delegate.objects.exists()


def test_the_list_is_kept_for_a_week_only(session: Session, staff: Client) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\n")
    assert listed.delete_on == timezone.localdate() + timedelta(days=7)


@pytest.mark.parametrize("sent", [{}, {"text": " \n"}, {"text": "x" * 150_001}])
def test_a_text_without_rows_is_refused_and_kept(
    session: Session, staff: Client, sent: dict[str, str]
) -> None:
    answer = staff.post(address("delegates_paste", session), sent)
    assert answer.status_code == 200
    assert answer.context["form"]["text"].value() == sent.get("text")
    assert not DelegateList.objects.exists()


PEOPLE = [["Nama", "Jabatan", "Instansi"], ["Siti, S.Sos", "Kabid", "Dinsos"]]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_spreadsheet_is_read_like_pasted_rows(
    session: Session, staff: Client, ending: str
) -> None:
    content = sheets.xlsx(PEOPLE) if ending == "xlsx" else sheets.csv_of(PEOPLE)
    sent = {"text": "", "file": upload(f"peserta.{ending}", content)}
    staff.post(address("delegates_paste", session), sent)
    listed = DelegateList.objects.get()
    check(staff, listed)
    commit(staff, listed)
    assert Delegate.objects.get().name == "Siti, S.Sos"


def test_rows_and_a_spreadsheet_at_once_are_refused(
    session: Session, staff: Client
) -> None:
    file = upload("peserta.xlsx", sheets.xlsx(PEOPLE))
    sent = {"text": "Siti\tKabid\tDinsos", "file": file}
    answer = staff.post(address("delegates_paste", session), sent)
    assert answer.context["form"].non_field_errors()
    assert answer.context["form"]["text"].value() == sent["text"]
    assert not DelegateList.objects.exists()


def test_more_than_five_hundred_rows_are_refused(
    session: Session, staff: Client
) -> None:
    sent = {"text": "Siti\tKabid\tDinsos\n" * 506}
    answer = staff.post(address("delegates_paste", session), sent)
    assert answer.context["form"].errors["text"]
    assert not DelegateList.objects.exists()


@pytest.mark.parametrize("count", [10, 500])
def test_a_pasted_list_costs_few_queries_and_a_light_page(
    session: Session, staff: Client, count: int, django_assert_max_num_queries
) -> None:
    text = "Nama\tJabatan\tInstansi\tHP\n" + "".join(
        f"Petugas Contoh {number}\tStaf\t{sender}\t0812100{number:05d}\n"
        for number in range(count)
        for sender in [["Dinsos", "Desa Lontar", f"Desa Contoh {number}"][number % 3]]
    )
    listed = paste(staff, session, text)
    url = DELEGATE_LISTS.url("columns", listed.pk)
    sent = {"is_headed": "ya"} | {
        f"kolom-{place}": name
        for place, name in enumerate(("name", "position", "party", "phone"))
    }
    sent |= sent_columns(staff, DELEGATE_LISTS, listed)
    with django_assert_max_num_queries(PREVIEW):
        answer = staff.post(url, sent)
    assert answer.status_code == 302
    assert listed.rows.count() == count
    with django_assert_max_num_queries(DETAIL):
        page = detail(staff, listed)
    assert len(page.content) < 90_000
    doubtful = listed.rows.filter(check_result="doubtful")
    answers = [answered(row, "baru") for row in doubtful]
    for first in range(0, len(answers), PAGE_SIZE):
        part = dict(ChainMap(*answers[first : first + PAGE_SIZE]))
        with django_assert_max_num_queries(CHOOSE):
            staff.post(DELEGATE_LISTS.url("choose", listed.pk), part)
    sent = opened(staff, DELEGATE_LISTS, listed)
    with django_assert_max_num_queries(COMMIT):
        staff.post(DELEGATE_LISTS.url("commit", listed.pk), sent)
    assert Delegate.objects.count() == count


def test_unknown_villages_cost_no_more_queries(
    session: Session, staff: Client, django_assert_max_num_queries
) -> None:
    text = "Nama\tInstansi\n" + "".join(
        f"Petugas Contoh {number}\tDesa Contoh {number}\n" for number in range(500)
    )
    listed = paste(staff, session, text)
    sent = sent_columns(staff, DELEGATE_LISTS, listed)
    sent |= {"is_headed": "ya", "kolom-0": "name", "kolom-1": "party"}
    with django_assert_max_num_queries(PREVIEW):
        answer = staff.post(DELEGATE_LISTS.url("columns", listed.pk), sent)
    assert answer.status_code == 302
    assert listed.rows.count() == 500


def test_pasted_lists_are_called_by_the_moment_in_the_language_of_their_reader(
    staff: Client, session: Session
) -> None:
    listed = [paste(staff, session, f"Nama\tInstansi\nSiti {n}\tDinsos") for n in "ab"]
    for number, one in enumerate(listed):
        pasted_at = datetime(2026, 10, 3, 2, 12 + number, tzinfo=UTC)
        DelegateList.objects.filter(pk=one.pk).update(uploaded_at=pasted_at)
    start = staff.get(address("delegates_paste", session)).content.decode()
    for time in ("09.12", "09.13"):
        assert f"Peserta yang ditempel, 3 Oktober 2026 pukul {time} WIB" in start
    User.objects.update(language="en")
    columns = staff.get(DELEGATE_LISTS.url("columns", listed[1].pk)).content.decode()
    assert "Columns of Pasted delegates, 3 October 2026 at 09:13 WIB" in columns
    check(staff, listed[1])
    rows = detail(staff, listed[1]).content.decode()
    assert rows.count("Pasted delegates, 3 October 2026 at 09:13 WIB") >= 2, (
        "title, head"
    )
    assert "ditempel" not in rows


def test_answers_of_several_rows_compose_no_sentence(
    session: Session, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = previewed(staff, session, "Nama\tInstansi\nSiti\tEntah\nBudi\tLain")
    first, second = listed.rows.all()
    answers = answered(first, "baru") | answered(second, "baru")
    monkeypatch.setattr(DelegateLists, "sentence", None)
    staff.post(DELEGATE_LISTS.url("choose", listed.pk), answers)
    assert set(listed.rows.values_list("chosen", flat=True)) == {"baru"}


def test_no_command_adds_people_without_a_name_behind_it(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Nama\tInstansi\nSiti\tDinsos\n")
    with pytest.raises(PermissionDenied):
        list(DELEGATE_LISTS.write(listed, listed.rows.all(), None))
    assert not Delegate.objects.exists()
