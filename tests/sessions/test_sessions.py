from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.plan import services as plan_services
from fgd.plan.models import ActionEvent
from fgd.sessions import services as sessions_services
from fgd.sessions.models import Series, Session, SessionEvent
from tests.dataset import Dataset, make_session
from tests.forms import sent_form
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]
WIB = timezone.get_default_timezone()
NEXT_DAY = "Jika selesai lewat tengah malam, isi tanggal hari berikutnya."


def typed(dataset: Dataset, **changes: object) -> dict[str, object]:
    return {
        "office": dataset.serang.pk,
        "theme": "Pencegahan TPPO",
        "purpose": "",
        "day": "2025-11-11",
        "begins": "09:00",
        "ends": "13.00",
        "venue": "Gedung Negara",
        "series_name": "FGD Banten",
    } | changes


def page(name: str, session: Session) -> str:
    return reverse(name, args=[session.pk])


# --- Planning ----------------------------------------------------------------


def test_a_past_session_is_planned_with_a_new_series(
    dataset: Dataset, signed_in: Browser
) -> None:
    answer = signed_in("serang").post(
        reverse("sessions:session_create"), typed(dataset)
    )
    session = Session.objects.get()
    assert answer["Location"] == page("sessions:session_detail", session)
    assert session.starts_at == datetime(2025, 11, 11, 9, tzinfo=WIB)
    assert (session.status, str(session.series)) == ("draft", "FGD Banten")


def test_a_known_series_is_joined_however_it_is_spelt(
    dataset: Dataset, signed_in: Browser
) -> None:
    known = Series.objects.create(name="FGD banten", office=dataset.serang)
    signed_in("pimpasa").post(reverse("sessions:session_create"), typed(dataset))
    assert Session.objects.get().series == known


def test_nobody_plans_for_a_foreign_office(
    dataset: Dataset, signed_in: Browser
) -> None:
    foreign = typed(dataset, office=dataset.tangerang.pk)
    answer = signed_in("serang").post(reverse("sessions:session_create"), foreign)
    assert answer.status_code == 200
    assert answer.context["form"].errors["office"]
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["official", "dinsos", "auditor", "leader", "admin"])
def test_others_plan_nothing(dataset: Dataset, signed_in: Browser, name: str) -> None:
    answer = signed_in(name).post(reverse("sessions:session_create"), typed(dataset))
    assert answer.status_code == 403
    assert not Session.objects.exists()


def test_the_action_itself_asks_who_plans(dataset: Dataset) -> None:
    start = datetime(2025, 11, 11, 9, tzinfo=WIB)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    with pytest.raises(PermissionDenied):
        sessions_services.create_session(
            acting_user=dataset.user("tangerang"),
            office=dataset.serang,
            theme="x",
            venue="x",
            **times,
        )


def test_a_draft_is_not_finalised(dataset: Dataset) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    with pytest.raises(IllegalTransition):
        plan_services.finalise(session.pk, acting_user=dataset.user("serang"))


def test_an_end_before_the_beginning_is_a_field_error(
    dataset: Dataset, signed_in: Browser
) -> None:
    wrong = typed(dataset, ends="08:00")
    answer = signed_in("serang").post(reverse("sessions:session_create"), wrong)
    assert answer.context["form"].errors["ends"]
    assert not Session.objects.exists()
    assert NEXT_DAY not in answer.content.decode()


@pytest.mark.parametrize("ends", ["00.00", "24.00", "01.30"])
def test_an_end_after_midnight_asks_for_the_date_of_the_next_day(
    dataset: Dataset, signed_in: Browser, ends: str
) -> None:
    browser, create = signed_in("serang"), reverse("sessions:session_create")
    evening = typed(dataset, begins="19.00", ends=ends)
    assert browser.post(create, evening).context["form"].errors["ends"] == [NEXT_DAY]
    assert not Session.objects.exists()
    browser.post(create, evening | {"last_day": "2025-11-12"})
    assert Session.objects.get().last_day.isoformat() == "2025-11-12"


# --- Changing ----------------------------------------------------------------


def test_a_session_is_changed_on_its_own_version(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"])
    new = typed(dataset, theme="Tema baru", version=1)
    signed_in("serang").post(page("sessions:session_change", session), new)
    session.refresh_from_db()
    assert (session.theme, session.version) == ("Tema baru", 2)
    assert session.changed_by == dataset.people["serang"]


def test_a_stale_edit_keeps_the_typed_text_and_may_be_sent_again(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"])
    browser, url = signed_in("serang2"), page("sessions:session_change", session)
    signed_in("serang").post(url, typed(dataset, theme="Tema pertama", version=1))
    answer = browser.post(url, typed(dataset, theme="Tema kedua", version=1))
    form = answer.context["form"]
    assert form.stale.who == str(dataset.people["serang"])
    assert form["theme"].value() == "Tema kedua"
    assert b"Tema pertama" in answer.content
    again = typed(dataset, theme="Tema kedua", version=form["version"].value())
    assert browser.post(url, again).status_code == 302
    session.refresh_from_db()
    assert session.theme == "Tema kedua"


def test_a_session_is_not_moved_behind_a_due_date(dataset: Dataset) -> None:
    session = scene.running(dataset)
    scene.action(dataset, session=session, agreed=False)
    late = datetime(2026, 5, 1, 9, tzinfo=WIB)
    with pytest.raises(ValidationError):
        sessions_services.change_session(
            session.pk,
            acting_user=dataset.user("serang"),
            version=1,
            theme="x",
            venue="x",
            starts_at=late,
            ends_at=late + timedelta(hours=1),
        )


# --- The way to final --------------------------------------------------------


def test_announcing_and_opening_move_the_session(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    for name, state in (("announce", "invited"), ("open", "in_progress")):
        signed_in("serang").post(page(f"sessions:session_{name}", session))
        session.refresh_from_db()
        assert session.status == state
    verbs = SessionEvent.objects.filter(session=session).values_list("verb", flat=True)
    assert list(verbs.order_by("id")) == ["announce", "open"]


def test_a_late_transition_is_shown_as_a_message(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"])
    answer = signed_in("serang").post(
        page("sessions:session_announce", session), follow=True
    )
    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]


def test_verbs_change_nothing_by_get(dataset: Dataset, signed_in: Browser) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    for name, status in (("announce", 405), ("undo_opening", 405), ("open", 200)):
        answer = signed_in("serang").get(page(f"sessions:session_{name}", session))
        assert answer.status_code == status
    session.refresh_from_db()
    assert session.status == "draft"


def test_finalising_agrees_the_actions_and_locks(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    action = scene.action(dataset, session=session, agreed=False)
    data = {"occurred_at": "2025-11-11", "note": "Terima kasih."}
    signed_in("serang").post(page("plan:session_finalise", session), data)
    session.refresh_from_db()
    action.refresh_from_db()
    assert (session.status, session.closing_note) == ("finalised", "Terima kasih.")
    assert action.agreed_at == session.finalised_at == session.ends_at
    assert ActionEvent.objects.filter(action=action, verb="agree").count() == 1


def test_the_question_lists_what_is_missing(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    scene.topic(session)
    scene.recommendation(session)
    answer = signed_in("serang").get(page("plan:session_finalise", session))
    assert len(answer.context["missing"]) == 3


def test_a_closing_day_before_the_session_or_to_come_is_refused(
    dataset: Dataset,
) -> None:
    session = scene.running(dataset)
    tomorrow = timezone.now() + timedelta(days=1)
    for wrong in (session.starts_at - timedelta(days=1), tomorrow):
        with pytest.raises(ValidationError):
            plan_services.finalise(
                session.pk, acting_user=dataset.user("serang"), occurred_at=wrong
            )
    session.refresh_from_db()
    assert session.status == "in_progress"


def test_a_wrong_closing_day_is_a_field_error(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    data = {"occurred_at": "2025-11-01", "note": ""}
    answer = signed_in("serang").post(page("plan:session_finalise", session), data)
    assert answer.context["form"].errors["occurred_at"]


def test_a_final_session_refuses_to_be_finalised_again(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset, status="finalised")
    answer = signed_in("serang").post(
        page("plan:session_finalise", session), follow=True
    )
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    with pytest.raises(IllegalTransition):
        plan_services.finalise(session.pk, acting_user=dataset.user("serang"))
    assert not SessionEvent.objects.exists()
    assert not ActionEvent.objects.exists()


def test_a_session_is_cancelled_with_a_reason_only(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="invited")
    url = page("sessions:session_cancel", session)
    assert signed_in("serang").post(url, {"reason": " "}).context["form"].errors
    signed_in("serang").post(url, {"reason": "Banjir."})
    session.refresh_from_db()
    assert (session.status, session.closing_note) == ("cancelled", "Banjir.")


def test_a_session_announced_meanwhile_is_not_cancelled_unseen(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status="draft")
    client, url = signed_in("serang"), page("sessions:session_cancel", session)
    sent = sent_form(client.get(url)) | {"reason": "Belum ada yang diundang."}
    sessions_services.announce(session.pk, acting_user=dataset.user("serang2"))
    answer = client.post(url, sent)
    content = answer.content.decode()
    session.refresh_from_db()
    assert (session.status, answer.status_code) == ("invited", 200)
    for words in (str(dataset.people["serang2"]), sent["reason"], "diumumkan"):
        assert words in content, words
    assert client.post(url, sent_form(answer)).status_code == 302
    session.refresh_from_db()
    assert session.status == "cancelled"


@pytest.mark.parametrize("name", ["official", "dinsos"])
def test_the_invited_move_no_session(dataset: Dataset, name: str) -> None:
    session = scene.running(dataset)
    for operation in (
        sessions_services.announce,
        sessions_services.open_session,
        plan_services.finalise,
    ):
        with pytest.raises(PermissionDenied):
            operation(session.pk, acting_user=dataset.user(name))
