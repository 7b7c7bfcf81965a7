"""Pasted rundowns: what they add to the rundown of the session, and who may."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.uploads.models import Upload, UploadRow
from fgd.sessions import services as sessions_services
from fgd.sessions.models import AgendaItem, RundownList, Session
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.dataset import Dataset
from tests.sessions import sessions as scene
from tests.sessions.pasting import (
    RUNDOWN,
    lines,
    listed_after,
    pasted,
    press,
    rows_of,
    saved,
)

Browser = Callable[[str], Client]


# --- What is written, beside what is there -----------------------------------


def test_the_page_says_what_each_line_adds_and_nothing_is_written_yet(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    answer = pasted(signed_in("serang"), session, RUNDOWN)
    assert "09.30–11.00 Diskusi; Moderator" in answer.content.decode()
    assert not AgendaItem.objects.exists()


def test_the_same_rundown_again_changes_nothing(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    saved(browser, session, RUNDOWN)
    events = session.events.count()
    listed = saved(browser, session, RUNDOWN + "\n")
    assert [row[0] for row in rows_of(listed)] == ["known", "known"]
    assert listed.status == Upload.Status.PREVIEWED
    assert (session.agenda_items.count(), session.events.count()) == (2, events)


def test_a_line_with_other_details_in_the_rundown_stays_and_is_shown(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    saved(browser, session, RUNDOWN)
    text = "09.00-09.45 pembukaan; Kepala Kantor\n11.00-11.30 Penutupan"
    listed = listed_after(browser, session, text)
    known, new = listed.rows.all()
    assert known.check_result == "known"
    assert known.notes == [["stays", {"line": "09.00–09.30 Pembukaan; MC"}]]
    assert new.check_result == "ready"
    press(browser, listed, "commit")
    assert lines(session)[0] == (30, "Pembukaan", "MC")
    assert session.agenda_items.count() == 3


def test_lines_outside_the_hours_of_the_session_are_pointed_out(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    text = (
        "08.00-09.00 Registrasi\n09.00-13.00 Diskusi\n12.30-13.30 Makan\n"
        "13.00 - selesai Doa\n13.01 - selesai Foto"
    )
    listed = listed_after(signed_in("serang"), session, text)
    pointed_out = [
        [details["hours"] for key, details in row.notes if key == "outside_hours"]
        for row in listed.rows.all()
    ]
    assert pointed_out == [["09.00–13.00"], [], ["09.00–13.00"], [], ["09.00–13.00"]]
    assert set(listed.rows.values_list("check_result", flat=True)) == {"ready"}


def test_the_hours_of_several_days_bound_no_line(
    dataset: Dataset, signed_in: Browser
) -> None:
    zone = ZoneInfo("Asia/Jakarta")
    session = scene.running(
        dataset,
        starts_at=datetime(2025, 11, 11, 9, tzinfo=zone),
        ends_at=datetime(2025, 11, 12, 12, tzinfo=zone),
    )
    listed = listed_after(signed_in("serang"), session, "15.00-16.00 Diskusi")
    assert [key for key, _details in listed.rows.get().notes] == ["writes_line"]


# --- Limits and guards -------------------------------------------------------


def test_a_paste_of_61_lines_is_refused_and_its_text_kept(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    text = "\n".join(f"09.00-09.30 Acara {number}" for number in range(61))
    answer = pasted(browser, session, text)
    assert "60" in answer.context["form"].errors["text"][0]
    assert "Acara 60" in answer.content.decode()
    assert not Upload.objects.exists()
    head, _newline, sixty = text.partition("\n")
    listed = listed_after(browser, session, f"Waktu Kegiatan\n{sixty}")
    assert listed.rows.count() == 60
    assert head not in listed.file.read().decode()


@pytest.mark.parametrize("text", [" \n\t\n", "Waktu\tKegiatan"])
def test_a_paste_without_a_line_is_refused(
    dataset: Dataset, signed_in: Browser, text: str
) -> None:
    session = scene.running(dataset)
    answer = pasted(signed_in("serang"), session, text)
    assert answer.context["form"].errors["text"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("status", ["finalised", "cancelled"])
def test_a_rundown_is_not_added_to_a_session_that_is_closed_meanwhile(
    dataset: Dataset, signed_in: Browser, status: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, RUNDOWN)
    final = timezone.now() if status == "finalised" else None
    Session.objects.filter(pk=session.pk).update(status=status, finalised_at=final)
    press(browser, listed, "commit")
    listed.refresh_from_db()
    assert listed.status == Upload.Status.FAILED
    assert listed.problem
    assert not AgendaItem.objects.exists()


def test_a_line_added_by_somebody_else_meanwhile_is_not_added_twice(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, RUNDOWN)
    saved(signed_in("serang2"), session, "09.00-09.30 Pembukaan; MC")
    press(browser, listed, "commit")
    assert session.agenda_items.count() == 2
    outcomes = list(listed.rows.values_list("outcome", flat=True))
    assert outcomes == ["unchanged", "added"]


def test_who_may_not_change_the_session_does_not_see_its_pasted_rundowns(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    listed = listed_after(signed_in("serang"), session, RUNDOWN)
    url = RUNDOWN_LISTS.url("detail", listed.pk)
    for name in ("official", "auditor", "tangerang"):
        assert signed_in(name).get(url).status_code == 404, name
    assert signed_in("kanwil").get(url).status_code == 200


def test_a_rundown_not_saved_yet_is_found_on_the_tab(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    agenda = reverse("sessions:session_agenda", args=[session.pk])
    listed = listed_after(browser, session, RUNDOWN)
    url = RUNDOWN_LISTS.url("detail", listed.pk)
    assert url in browser.get(agenda).content.decode()
    assert url not in signed_in("official").get(agenda).content.decode()
    press(browser, listed, "commit")
    assert url not in browser.get(agenda).content.decode()


def test_a_pasted_rundown_has_no_page_of_columns(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, RUNDOWN)
    assert browser.get(f"/fgd/susunan-acara/{listed.pk}/kolom/").status_code == 404
    assert "/kolom/" not in press(browser, listed, "skip_rest").content.decode()


def test_a_discarded_rundown_leads_back_to_the_tab(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, RUNDOWN)
    answer = press(browser, listed, "discard")
    agenda = reverse("sessions:session_agenda", args=[session.pk])
    assert answer.redirect_chain[-1][0] == agenda
    assert not listed.rows.exists()


def test_a_pasted_rundown_lives_seven_days(
    dataset: Dataset, signed_in: Browser
) -> None:
    listed = listed_after(signed_in("serang"), scene.running(dataset), RUNDOWN)
    assert (listed.delete_on - timezone.localdate()).days == 7


def test_the_console_adds_no_rundown(dataset: Dataset) -> None:
    listed = RundownList(session=scene.running(dataset))
    with pytest.raises(PermissionDenied):
        RUNDOWN_LISTS.require(None, listed)


def test_checking_a_rundown_costs_the_same_for_many_lines(
    dataset: Dataset, django_assert_num_queries: Callable[[int], object]
) -> None:
    session = scene.running(dataset)
    line = sessions_services.AgendaLine(time(9), 30, "Doa")
    host = dataset.user("serang")
    sessions_services.add_agenda_lines(session.pk, acting_user=host, lines=[line] * 30)
    listed = RundownList(session=Session.objects.select_related("office").get())
    rows = [
        UploadRow(
            line=number,
            cells={"starts_at": "09.00", "minutes": "5", "title": f"Acara {number}"},
        )
        for number in range(60)
    ]
    with django_assert_num_queries(1):
        RUNDOWN_LISTS.check(listed, rows, host)


def test_a_ready_line_that_is_not_ready_when_checked_again_stops_all(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, RUNDOWN)
    listed.rows.filter(line=2).update(cells={"starts_at": "09.00", "title": "a" * 201})
    press(browser, listed, "commit")
    listed.refresh_from_db()
    assert listed.status == Upload.Status.FAILED
    assert "baris 2:" in listed.problem
    assert not AgendaItem.objects.exists()


def test_a_line_twice_in_one_paste_is_asked_once_one_is_skipped_it_is_not(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, "09.00-09.30 Doa\n09.00-10.00 DOA.")
    first, second = listed.rows.all()
    assert [first.problems, second.problems] == [[], [["duplicate", {"line": "1"}]]]
    browser.post(
        RUNDOWN_LISTS.url("row_skip", listed.pk, first.pk), {"version": first.version}
    )
    second.refresh_from_db()
    assert second.check_result == UploadRow.CheckResult.READY
