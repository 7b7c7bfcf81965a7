"""The awareness test: rounds, the room for answers, what is told and what is hidden."""

from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from desabinaan.lib.editing import StaleEdit
from desabinaan.lib.transitions import IllegalTransition
from tests.locks import locked_by
from tests.villages.outreach_scene import (
    answer,
    close,
    enter,
    held,
    measured,
    opened,
    paper,
    planned,
)
from tests.world import World, build_world
from villages import actions
from villages.models import AwarenessReceipt, AwarenessRound, Question, QuestionBank
from villages.question_files import read_banks
from villages.selectors.learning import gains_of, learned_in, line_of
from villages.selectors.outreach import held_for

# --- Rounds ------------------------------------------------------------------


def test_opening_makes_a_code_and_ends_the_round_before(world: World):
    activity = planned(world)
    before = opened(activity, world)
    after = opened(activity, world, "after")
    before.refresh_from_db()
    assert before.code != after.code
    assert not before.is_open()
    assert after.is_open()
    assert after.test.bank.pillar == "knowledge"
    assert after.test.bank.used_at is not None


def test_a_round_opens_once_and_never_again(world: World):
    activity = planned(world)
    close(opened(activity, world), world)
    with pytest.raises(IllegalTransition):
        opened(activity, world)
    opened(activity, world, "after")
    assert AwarenessRound.objects.count() == 2


def test_there_is_no_way_back_to_before(world: World):
    activity = planned(world)
    opened(activity, world, "after")
    with pytest.raises(IllegalTransition):
        opened(activity, world, "before")


def test_a_test_needs_people_and_questions(world: World):
    nobody = planned(world, expected=None)
    with pytest.raises(ValidationError, match="perkiraan jumlah peserta"):
        opened(nobody, world)
    QuestionBank.objects.update(is_active=False)
    with pytest.raises(ValidationError, match="Belum ada pertanyaan"):
        actions.open_round(planned(world), "before", acting_user=world.user("serang"))


def test_a_cancelled_activity_tests_nobody(world: World):
    activity = planned(world)
    round_ = opened(activity, world)
    actions.cancel_activity(activity, "Banjir", acting_user=world.user("serang"))
    with pytest.raises(IllegalTransition):
        answer(round_, True)
    with pytest.raises(IllegalTransition):
        opened(activity, world, "after")


@pytest.mark.parametrize("name", ["kanwil", "official", "auditor", "tangerang"])
def test_others_run_no_test(world: World, name):
    activity = planned(world)
    round_ = opened(activity, world)
    user = world.user(name)
    with pytest.raises(PermissionDenied):
        actions.open_round(activity, "after", acting_user=user)
    with pytest.raises(PermissionDenied):
        actions.close_round(round_, acting_user=user)
    with pytest.raises(PermissionDenied):
        actions.enter_paper(round_, {}, version=1, acting_user=user)


# --- Answers -----------------------------------------------------------------


def test_answers_are_counted_and_nobody_is_kept(world: World):
    round_ = opened(planned(world), world)
    answer(round_, True, True, False)
    counts = list(round_.counts.values_list("source", "answered", "right"))
    assert counts == [("phone", 3, 2)] * 6
    kept = {field.name for field in AwarenessReceipt._meta.get_fields()}
    assert kept == {"id", "round", "token"}


def test_the_same_form_counts_once(world: World):
    round_, token = opened(planned(world), world), uuid4()
    choices = {one.pk: 1 for one in round_.test.bank.questions.all()}
    assert actions.answer(round_.code, token, choices)
    assert not actions.answer(round_.code, token, choices)
    round_.refresh_from_db()
    assert round_.answer_count == 1
    assert round_.counts.first().answered == 1


def test_participants_and_a_fifth_may_answer_and_no_more(world: World):
    round_ = opened(planned(world, expected=20), world)
    answer(round_, *[True] * 24)
    with pytest.raises(IllegalTransition, match="sudah cukup"):
        answer(round_, True)
    round_.refresh_from_db()
    assert round_.answer_count == 24


def test_a_closed_round_counts_nothing(world: World):
    round_ = opened(planned(world), world)
    close(round_, world)
    with pytest.raises(IllegalTransition, match="sudah ditutup"):
        answer(round_, True)
    assert round_.counts.first().answered == 0


def test_activity_and_round_are_held_while_a_round_is_closed(world: World):
    round_ = opened(planned(world), world)
    assert locked_by(lambda: close(round_, world)) == [
        "villages_outreachactivity",
        "villages_awarenessround",
    ]


def test_a_round_closes_by_itself_after_half_a_day(world: World):
    round_ = opened(planned(world), world)
    choices = {one.pk: 1 for one in round_.test.bank.questions.all()}
    late = timezone.now() + timedelta(hours=13)
    with pytest.raises(IllegalTransition):
        actions.answer(round_.code, uuid4(), choices, occurred_at=late)


@pytest.mark.django_db(transaction=True)
def test_two_phones_race_for_the_last_place():
    """Both have begun before either may write: the round is held until they wait."""
    world = build_world()
    round_ = opened(planned(world, expected=5), world)
    answer(round_, *[True] * 5)
    told = []

    def send() -> None:
        try:
            answer(round_, True)
        except IllegalTransition:
            told.append("full")
        finally:
            connection.close()

    threads = [Thread(target=send) for _phone in range(2)]
    with transaction.atomic():
        AwarenessRound.objects.select_for_update().get(pk=round_.pk)
        for thread in threads:
            thread.start()
        while waiting_for_locks() < 2:
            pass
    for thread in threads:
        thread.join()
    round_.refresh_from_db()
    assert (round_.answer_count, round_.receipts.count()) == (6, 6)
    assert told == ["full"]


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


# --- Paper -------------------------------------------------------------------


def test_paper_and_phones_share_the_room(world: World):
    round_ = opened(planned(world, expected=20), world)
    answer(round_, *[True] * 4)
    with pytest.raises(ValidationError, match=r"Pertanyaan 6: .* paling banyak 20"):
        enter(round_, world, paper(round_, 21, 3))
    enter(round_, world, paper(round_, 20, 3))
    with pytest.raises(IllegalTransition):
        answer(round_, True)


def test_more_right_than_answered_is_told(world: World):
    round_ = opened(planned(world), world)
    with pytest.raises(ValidationError, match="Pertanyaan 6: jawaban benar melebihi"):
        enter(round_, world, paper(round_, 3, 4))
    assert not round_.counts.filter(source="paper").exists()


def test_two_who_enter_paper_hear_of_each_other(world: World):
    round_ = opened(planned(world), world)
    enter(round_, world, paper(round_, 8, 3))
    with pytest.raises(StaleEdit):
        enter(round_, world, paper(round_, 9, 3), version=1)
    assert round_.counts.filter(source="paper", answered=8).count() == 6


def test_fewer_participants_than_answers_are_told(world: World):
    activity = planned(world, expected=20)
    answer(opened(activity, world), *[True] * 10)
    with pytest.raises(ValidationError, match="10 jawaban"):
        held(activity, world, men=4, women=4)
    assert held(activity, world, men=4, women=5).status == "done"


# --- Questions ---------------------------------------------------------------


def test_a_used_version_never_changes(world: World):
    round_ = opened(planned(world), world)
    question = round_.test.bank.questions.first()
    for change in (
        lambda: Question.objects.filter(pk=question.pk).update(right=3),
        lambda: Question.objects.filter(pk=question.pk).delete(),
        lambda: Question.objects.create(
            bank=round_.test.bank, number=9, text="x", choices=["a", "b", "c"], right=1
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_new_version_is_written_beside_the_used_one(world: World):
    first = opened(planned(world), world).test.bank
    second = actions.revise_bank(first)
    second.questions.filter(number=1).update(text="Pertanyaan baru?")
    assert (second.version, second.is_active) == (2, False)
    assert second.questions.count() == first.questions.count()
    QuestionBank.objects.filter(pk=second.pk).update(is_active=True)
    later = opened(planned(world), world).test.bank
    assert later == second


def test_shipped_questions_are_loaded_once(db):
    assert actions.load_banks(read_banks()) == 3
    assert actions.load_banks(read_banks()) == 0
    for question in Question.objects.all():
        assert 3 <= len(question.choices) <= 4
        assert len(question.choices_en) == len(question.choices)
        assert question.reason


# --- What people learned -----------------------------------------------------


def test_the_gain_is_the_share_after_less_the_share_before(world: World):
    activity = held(planned(world), world)
    measured(activity, world, [True, False, False, False, False], [True] * 4 + [False])
    lines, total = gains_of(activity)
    assert [line.gain.points for line in lines] == [60] * 6
    assert (total.before.percent, total.after.percent) == (20, 80)
    assert (total.before.answered, total.after.answered) == (30, 30)


def test_people_count_once_for_all_questions_and_anew_in_each_activity(world: World):
    for people in (5, 6):
        activity = held(planned(world), world)
        measured(activity, world, [False] * 5, [True] * people)
        assert gains_of(activity)[1].after.people == people
    learned = learned_in(held_for(world.user("serang")))
    (pillar,), ((_village, in_village),) = learned.pillars, learned.villages
    for gain in (learned.total, pillar.gain, in_village):
        assert (gain.before.people, gain.after.people) == (10, 11)
    assert {line.gain.after.people for line in learned.questions} == {11}
    assert line_of(world.villages["lontar"]).total == learned.total


@pytest.mark.parametrize(("before", "after"), [(4, 5), (5, 4)])
def test_below_five_answers_nothing_is_told(world: World, before, after):
    activity = held(planned(world), world)
    measured(activity, world, [True] * before, [True] * after)
    lines, total = gains_of(activity)
    assert {line.gain for line in lines} == {None}
    assert total is None
    assert line_of(world.villages["lontar"]).points == []


def test_a_small_group_is_in_no_total_either(world: World):
    small, large = (held(planned(world), world) for _number in range(2))
    measured(large, world, [False] * 5, [True] * 5)
    lontar = world.villages["lontar"]
    alone = line_of(lontar).total
    measured(small, world, [True] * 4, [True] * 6)
    assert line_of(lontar).total == alone
    learned = learned_in(held_for(world.user("serang")))
    assert learned.total == alone
    assert [gain for _village, gain in learned.villages] == [alone]


def test_few_phones_do_not_hide_behind_much_paper(world: World):
    activity = held(planned(world), world)
    for moment in ("before", "after"):
        round_ = opened(activity, world, moment)
        answer(round_, True, True, True)
        close(round_, world)
        enter(round_, world, paper(round_, 10, 5))
    _lines, total = gains_of(activity)
    assert (total.before.answered, total.before.percent) == (60, 50)


def test_an_open_round_tells_nothing(world: World):
    activity = held(planned(world), world)
    before = opened(activity, world)
    answer(before, *[False] * 5)
    after = opened(activity, world, "after")
    answer(after, *[True] * 5)
    assert gains_of(activity)[1] is None
    close(after, world)
    assert gains_of(activity)[1].points == 100


def test_a_village_has_a_line_over_time(world: World):
    for days, after in ((90, 3), (10, 5)):
        when = timezone.now() - timedelta(days=days)
        activity = held(planned(world, starts_at=when), world)
        knows = [True] * after + [False] * (5 - after)
        measured(activity, world, [False] * 5, knows)
    line = line_of(world.villages["lontar"])
    assert [point.gain.after.percent for point in line.points] == [60, 100]
    assert [point.x for point in line.points] == ["80.0", "584.0"]
    assert line.after == "80.0,80.0 584.0,16.0"
    assert line_of(world.villages["kronjo"]).points == []
