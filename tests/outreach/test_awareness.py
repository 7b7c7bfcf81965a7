"""The awareness test: phases, capacity for answers, and what is shown or hidden."""

from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import StaleEdit
from tests.dataset import Dataset, build_dataset
from tests.locks import locked_by
from tests.outreach.activities import (
    answer,
    close,
    enter,
    measured,
    opened,
    paper,
    planned,
    record_held,
)
from villages.outreach import services as outreach_services
from villages.outreach.models import (
    AwarenessPhase,
    AwarenessReceipt,
    Question,
    QuestionBank,
)
from villages.outreach.presenters.learning_chart import learning_chart
from villages.outreach.question_files import read_banks
from villages.outreach.selectors.activities import held_activities_for
from villages.outreach.selectors.learning import (
    gains_of,
    learned_in,
    learning_over_time,
)

# --- Phases ------------------------------------------------------------------


def test_opening_creates_a_code_and_closes_the_pre_test(dataset: Dataset):
    activity = planned(dataset)
    before = opened(activity, dataset)
    after = opened(activity, dataset, "after")
    before.refresh_from_db()
    assert before.code != after.code
    assert not before.is_open()
    assert after.is_open()
    assert after.test.bank.pillar == "knowledge"
    assert after.test.bank.used_at is not None


def test_a_phase_opens_only_once(dataset: Dataset):
    activity = planned(dataset)
    close(opened(activity, dataset), dataset)
    with pytest.raises(IllegalTransition):
        opened(activity, dataset)
    opened(activity, dataset, "after")
    assert AwarenessPhase.objects.count() == 2


def test_the_pre_test_does_not_open_after_the_post_test(dataset: Dataset):
    activity = planned(dataset)
    opened(activity, dataset, "after")
    with pytest.raises(IllegalTransition):
        opened(activity, dataset, "before")


def test_a_test_needs_people_and_questions(dataset: Dataset):
    nobody = planned(dataset, expected=None)
    with pytest.raises(ValidationError, match="perkiraan jumlah peserta"):
        opened(nobody, dataset)
    QuestionBank.objects.update(is_active=False)
    with pytest.raises(ValidationError, match="Belum ada pertanyaan"):
        outreach_services.open_phase(
            planned(dataset), "before", acting_user=dataset.user("serang")
        )


def test_a_cancelled_activity_tests_nobody(dataset: Dataset):
    activity = planned(dataset)
    phase = opened(activity, dataset)
    outreach_services.cancel_activity(
        activity, "Banjir", acting_user=dataset.user("serang")
    )
    with pytest.raises(IllegalTransition):
        answer(phase, True)
    with pytest.raises(IllegalTransition):
        opened(activity, dataset, "after")


@pytest.mark.parametrize("name", ["kanwil", "official", "auditor", "tangerang"])
def test_others_run_no_test(dataset: Dataset, name):
    activity = planned(dataset)
    phase = opened(activity, dataset)
    user = dataset.user(name)
    with pytest.raises(PermissionDenied):
        outreach_services.open_phase(activity, "after", acting_user=user)
    with pytest.raises(PermissionDenied):
        outreach_services.close_phase(phase, acting_user=user)
    with pytest.raises(PermissionDenied):
        outreach_services.enter_paper(phase, {}, version=1, acting_user=user)


# --- Answers -----------------------------------------------------------------


def test_answers_are_counted_and_nobody_is_kept(dataset: Dataset):
    phase = opened(planned(dataset), dataset)
    answer(phase, True, True, False)
    counts = list(phase.counts.values_list("source", "answered", "right"))
    assert counts == [("phone", 3, 2)] * 6
    kept = {field.name for field in AwarenessReceipt._meta.get_fields()}
    assert kept == {"id", "phase", "token"}


def test_the_same_form_counts_once(dataset: Dataset):
    phase, token = opened(planned(dataset), dataset), uuid4()
    choices = {one.pk: 1 for one in phase.test.bank.questions.all()}
    assert outreach_services.answer(phase.code, token, choices)
    assert not outreach_services.answer(phase.code, token, choices)
    phase.refresh_from_db()
    assert phase.answer_count == 1
    assert phase.counts.first().answered == 1


def test_participants_and_a_fifth_may_answer_and_no_more(dataset: Dataset):
    phase = opened(planned(dataset, expected=20), dataset)
    answer(phase, *[True] * 24)
    with pytest.raises(IllegalTransition, match="sudah cukup"):
        answer(phase, True)
    phase.refresh_from_db()
    assert phase.answer_count == 24


def test_a_closed_phase_counts_nothing(dataset: Dataset):
    phase = opened(planned(dataset), dataset)
    close(phase, dataset)
    with pytest.raises(IllegalTransition, match="sudah ditutup"):
        answer(phase, True)
    assert phase.counts.first().answered == 0


def test_closing_a_phase_locks_the_activity_and_the_phase(dataset: Dataset):
    phase = opened(planned(dataset), dataset)
    assert locked_by(lambda: close(phase, dataset)) == [
        "outreach_outreachactivity",
        "outreach_awarenessphase",
    ]


def test_a_phase_closes_by_itself_after_half_a_day(dataset: Dataset):
    phase = opened(planned(dataset), dataset)
    choices = {one.pk: 1 for one in phase.test.bank.questions.all()}
    late = timezone.now() + timedelta(hours=13)
    with pytest.raises(IllegalTransition):
        outreach_services.answer(phase.code, uuid4(), choices, occurred_at=late)


@pytest.mark.django_db(transaction=True)
def test_two_phones_race_for_the_last_place():
    """Lock the phase until both answers wait for it."""
    dataset = build_dataset()
    phase = opened(planned(dataset, expected=5), dataset)
    answer(phase, *[True] * 5)
    outcomes = []

    def send() -> None:
        try:
            answer(phase, True)
        except IllegalTransition:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [Thread(target=send) for _phone in range(2)]
    with transaction.atomic():
        AwarenessPhase.objects.select_for_update().get(pk=phase.pk)
        for thread in threads:
            thread.start()
        while waiting_for_locks() < 2:
            pass
    for thread in threads:
        thread.join()
    phase.refresh_from_db()
    assert (phase.answer_count, phase.receipts.count()) == (6, 6)
    assert outcomes == ["full"]


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


# --- Paper -------------------------------------------------------------------


def test_paper_and_phones_share_the_capacity(dataset: Dataset):
    phase = opened(planned(dataset, expected=20), dataset)
    answer(phase, *[True] * 4)
    with pytest.raises(ValidationError, match=r"Pertanyaan 6: .* paling banyak 20"):
        enter(phase, dataset, paper(phase, 21, 3))
    enter(phase, dataset, paper(phase, 20, 3))
    with pytest.raises(IllegalTransition):
        answer(phase, True)


def test_more_right_answers_than_answers_are_refused(dataset: Dataset):
    phase = opened(planned(dataset), dataset)
    with pytest.raises(ValidationError, match="Pertanyaan 6: jawaban benar melebihi"):
        enter(phase, dataset, paper(phase, 3, 4))
    assert not phase.counts.filter(source="paper").exists()


def test_two_who_enter_paper_get_a_stale_edit(dataset: Dataset):
    phase = opened(planned(dataset), dataset)
    enter(phase, dataset, paper(phase, 8, 3))
    with pytest.raises(StaleEdit):
        enter(phase, dataset, paper(phase, 9, 3), version=1)
    assert phase.counts.filter(source="paper", answered=8).count() == 6


def test_fewer_participants_than_answers_are_refused(dataset: Dataset):
    activity = planned(dataset, expected=20)
    answer(opened(activity, dataset), *[True] * 10)
    with pytest.raises(ValidationError, match="10 jawaban"):
        record_held(activity, dataset, men=4, women=4)
    assert record_held(activity, dataset, men=4, women=5).status == "done"


# --- Questions ---------------------------------------------------------------


def test_a_used_version_never_changes(dataset: Dataset):
    phase = opened(planned(dataset), dataset)
    question = phase.test.bank.questions.first()
    for change in (
        lambda: Question.objects.filter(pk=question.pk).update(right=3),
        lambda: Question.objects.filter(pk=question.pk).delete(),
        lambda: Question.objects.create(
            bank=phase.test.bank, number=9, text="x", choices=["a", "b", "c"], right=1
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_new_version_is_written_beside_the_used_one(dataset: Dataset):
    first = opened(planned(dataset), dataset).test.bank
    second = outreach_services.revise_bank(first)
    assert outreach_services.revise_bank(first) == second, "a second click adds none"
    second.questions.filter(number=1).update(text="Pertanyaan baru?")
    assert (second.version, second.is_active) == (2, False)
    assert second.questions.count() == first.questions.count()
    QuestionBank.objects.filter(pk=second.pk).update(is_active=True)
    later = opened(planned(dataset), dataset).test.bank
    assert later == second
    assert outreach_services.revise_bank(first).version == 3


def test_bundled_questions_are_loaded_once(db):
    assert outreach_services.load_banks(read_banks()) == 3
    assert outreach_services.load_banks(read_banks()) == 0
    for question in Question.objects.all():
        assert 3 <= len(question.choices) <= 4
        assert len(question.choices_en) == len(question.choices)
        assert question.reason


# --- What people learned -----------------------------------------------------


def test_the_gain_is_the_share_after_less_the_share_before(dataset: Dataset):
    activity = record_held(planned(dataset), dataset)
    measured(
        activity, dataset, [True, False, False, False, False], [True] * 4 + [False]
    )
    lines, total = gains_of(activity)
    assert [line.gain.points for line in lines] == [60] * 6
    assert (total.before.percent, total.after.percent) == (20, 80)
    assert (total.before.answered, total.after.answered) == (30, 30)


def test_people_count_once_for_all_questions_and_again_in_each_activity(
    dataset: Dataset,
):
    for people in (5, 6):
        activity = record_held(planned(dataset), dataset)
        measured(activity, dataset, [False] * 5, [True] * people)
        assert gains_of(activity)[1].after.people == people
    learned = learned_in(held_activities_for(dataset.user("serang")))
    (pillar,), ((_village, in_village),) = learned.pillars, learned.villages
    for gain in (learned.total, pillar.gain, in_village):
        assert (gain.before.people, gain.after.people) == (10, 11)
    assert {line.gain.after.people for line in learned.questions} == {11}
    assert (
        learning_chart(learning_over_time(dataset.villages["lontar"])).total
        == learned.total
    )


@pytest.mark.parametrize(("before", "after"), [(4, 5), (5, 4)])
def test_below_five_answers_nothing_is_shown(dataset: Dataset, before, after):
    activity = record_held(planned(dataset), dataset)
    measured(activity, dataset, [True] * before, [True] * after)
    lines, total = gains_of(activity)
    assert {line.gain for line in lines} == {None}
    assert total is None
    assert learning_over_time(dataset.villages["lontar"]) == []


def test_a_small_group_is_in_no_total_either(dataset: Dataset):
    small, large = (record_held(planned(dataset), dataset) for _number in range(2))
    measured(large, dataset, [False] * 5, [True] * 5)
    lontar = dataset.villages["lontar"]
    alone = learning_chart(learning_over_time(lontar)).total
    measured(small, dataset, [True] * 4, [True] * 6)
    assert learning_chart(learning_over_time(lontar)).total == alone
    learned = learned_in(held_activities_for(dataset.user("serang")))
    assert learned.total == alone
    assert [gain for _village, gain in learned.villages] == [alone]


def test_few_phones_do_not_hide_behind_much_paper(dataset: Dataset):
    activity = record_held(planned(dataset), dataset)
    for kind in ("before", "after"):
        phase = opened(activity, dataset, kind)
        answer(phase, True, True, True)
        close(phase, dataset)
        enter(phase, dataset, paper(phase, 10, 5))
    _lines, total = gains_of(activity)
    assert (total.before.answered, total.before.percent) == (60, 50)


def test_an_open_phase_shows_nothing(dataset: Dataset):
    activity = record_held(planned(dataset), dataset)
    before = opened(activity, dataset)
    answer(before, *[False] * 5)
    after = opened(activity, dataset, "after")
    answer(after, *[True] * 5)
    assert gains_of(activity)[1] is None
    close(after, dataset)
    assert gains_of(activity)[1].points == 100


def test_a_village_has_a_line_over_time(dataset: Dataset):
    for days, after in ((90, 3), (10, 5)):
        when = timezone.now() - timedelta(days=days)
        activity = record_held(planned(dataset, starts_at=when), dataset)
        knows = [True] * after + [False] * (5 - after)
        measured(activity, dataset, [False] * 5, knows)
    line = learning_chart(learning_over_time(dataset.villages["lontar"]))
    assert [point.gain.after.percent for point in line.points] == [60, 100]
    assert [mark.x for mark in line.marks] == ["80.0", "584.0"]
    assert line.after == "80.0,80.0 584.0,16.0"
    assert learning_over_time(dataset.villages["kronjo"]) == []
