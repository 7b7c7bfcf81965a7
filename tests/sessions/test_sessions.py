from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.participants.models import Attendance
from fgd.plan import services as plan_services
from fgd.plan.models import ActionEvent
from fgd.sessions import services as sessions_services
from fgd.sessions.models import Series, Session, SessionEvent
from tests.dataset import Dataset, make_session
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]
WIB = timezone.get_default_timezone()


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


def test_a_session_of_last_year_has_one_day_for_all_its_stages(
    dataset: Dataset, signed_in: Browser
) -> None:
    browser = signed_in("serang")
    browser.post(reverse("sessions:session_create"), typed(dataset))
    session = Session.objects.get()
    for name in ("announce", "open"):
        browser.post(page(f"sessions:session_{name}", session))
    finalise = page("plan:session_finalise", session)
    closing = browser.get(finalise).context["form"].initial["occurred_at"]
    browser.post(finalise, {"occurred_at": f"{closing}", "note": ""})
    stages = session.events.exclude(to_status=F("from_status")).order_by("id")
    verbs = [event.verb for event in stages]
    assert verbs == ["create", "announce", "open", "finalise"]
    assert {session.first_day} == {
        timezone.localdate(event.occurred_at) for event in stages
    }
    times = [event.occurred_at for event in stages]
    assert times == sorted(times)
    steps = browser.get(page("sessions:session_detail", session)).context["process"]
    assert {step["sub"] for step in steps} == {"11 November 2025"}


def test_a_session_to_come_has_the_days_of_its_stages(
    dataset: Dataset, signed_in: Browser
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    browser = signed_in("serang")
    browser.post(
        reverse("sessions:session_create"), typed(dataset, day=day.isoformat())
    )
    session = Session.objects.get()
    browser.post(page("sessions:session_announce", session))
    days = {timezone.localdate(event.occurred_at) for event in session.events.all()}
    assert days == {timezone.localdate()}


def test_minutes_are_not_final_before_the_session_was_opened(dataset: Dataset) -> None:
    session = scene.running(dataset)
    session.events.create(verb="open", to_status="in_progress")
    with pytest.raises(ValidationError) as refusal:
        plan_services.finalise(
            session.pk,
            acting_user=dataset.user("serang"),
            occurred_at=session.ends_at,
        )
    assert "occurred_at" in refusal.value.error_dict


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


def in_ten_days(dataset: Dataset) -> Session:
    starts_at = timezone.now() + timedelta(days=10)
    return make_session(
        dataset.serang,
        dataset.people["serang"],
        status="invited",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )


def test_a_session_is_opened_early_only_after_a_question(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = in_ten_days(dataset), signed_in("serang")
    url = page("sessions:session_open", session)
    asked = browser.post(url)
    session.refresh_from_db()
    assert (asked.status_code, session.status) == (200, "invited")
    with override("id"):
        day = date_format(timezone.localtime(session.starts_at), "DATE_FORMAT")
    assert day in asked.content.decode()
    assert 'name="early" value="True"' in asked.content.decode()
    answer = browser.post(url, {"early": "True"})
    session.refresh_from_db()
    assert (answer.status_code, session.status) == (302, "in_progress")


def test_the_service_opens_nothing_early_unasked(dataset: Dataset) -> None:
    session = in_ten_days(dataset)
    with pytest.raises(ValidationError):
        sessions_services.open_session(session.pk, acting_user=dataset.user("serang"))
    session.refresh_from_db()
    assert session.status == "invited"


def test_an_opening_is_undone_while_nothing_is_written(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    detail = page("sessions:session_detail", session)
    assert browser.get(detail).context["may_undo_opening"]
    browser.post(page("sessions:session_undo_opening", session))
    session.refresh_from_db()
    assert session.status == "invited"
    assert SessionEvent.objects.filter(session=session, verb="undo_opening").exists()


@pytest.mark.parametrize("written", ["minutes", "present", "outcome", "recommendation"])
def test_an_opening_stays_once_something_is_written(
    dataset: Dataset, signed_in: Browser, written: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    topic = scene.topic(session)
    if written == "minutes":
        topic.minutes.create(text="Isi", written_by=dataset.people["serang"])
    elif written == "present":
        Attendance.objects.create(
            delegate=scene.delegate(dataset, session),
            recorded_by=dataset.people["serang"],
        )
    elif written == "outcome":
        topic.topic_villages.create(
            village=dataset.villages["lontar"], outcome="discussed"
        )
    else:
        scene.recommendation(session)
    detail = page("sessions:session_detail", session)
    assert not browser.get(detail).context["may_undo_opening"]
    answer = browser.post(page("sessions:session_undo_opening", session), follow=True)
    assert "sudah ditulis" in answer.content.decode()
    session.refresh_from_db()
    assert session.status == "in_progress"


@pytest.mark.parametrize(
    ("status", "name", "state"),
    [
        ("in_progress", "open", "berlangsung"),
        ("in_progress", "announce", "berlangsung"),
        ("in_progress", "cancel", "berlangsung"),
        ("invited", "undo_opening", "diumumkan"),
    ],
)
def test_a_refusal_names_the_state_and_blames_nobody(
    dataset: Dataset, signed_in: Browser, status: str, name: str, state: str
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status=status)
    data = {"reason": "Aula terpakai"}
    url = page(f"sessions:session_{name}", session)
    answer = signed_in("serang").post(url, data, follow=True)
    (message,) = answer.context["messages"]
    assert f"“{state}”" in str(message)
    assert "Orang lain" not in str(message)


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


def test_all_is_written_only_when_nothing_is_missing(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    topic = scene.topic(session)
    topic.minutes.create(text="Isi", written_by=dataset.people["serang"])
    village = topic.topic_villages.create(village=dataset.villages["lontar"])
    Attendance.objects.create(
        delegate=scene.delegate(dataset, session), recorded_by=dataset.people["serang"]
    )
    scene.action(dataset, session=session, agreed=False)
    detail = page("sessions:session_detail", session)
    finalise = page("plan:session_finalise", session)
    (missing,) = browser.get(finalise).context["missing"]
    assert browser.get(detail).context["next_step"] == missing
    village.outcome = "deferred"
    village.save()
    assert browser.get(finalise).context["missing"] == []
    step = browser.get(detail).context["next_step"]
    assert step.url_name == "plan:session_finalise"


@pytest.mark.parametrize("left", ["topic", "recommendation"])
def test_both_pages_name_the_same_thing_as_missing(
    dataset: Dataset, signed_in: Browser, left: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    if left == "topic":
        scene.recommendation(session)
    else:
        scene.topic(session)
    missing = browser.get(page("plan:session_finalise", session)).context["missing"]
    step = browser.get(page("sessions:session_detail", session)).context["next_step"]
    assert step == missing[0]
    assert len(missing) == 3


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
