"""Who has a notice, once, and by which way it goes out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices import actions
from desabinaan.notices.actions import Subject
from desabinaan.notices.kinds import WORDINGS, Channel, Kind, Matter
from desabinaan.notices.models import Notice
from tests.notices.telling import PATH, reached, tell
from tests.world import World


def test_every_kind_has_words_in_a_matter() -> None:
    assert set(WORDINGS) == set(Kind)
    assert {wording.matter for wording in WORDINGS.values()} == set(Matter)


def test_the_same_notice_exists_once(world: World) -> None:
    official = world.people["official"]
    tell(official)
    tell(official)
    tell(official, once=2)
    assert Notice.objects.filter(recipient=official).count() == 2


def test_who_acts_is_not_told_of_it(world: World) -> None:
    people = User.objects.filter(username__in=["serang", "serang2"])
    actions.notify(
        people, Kind.REPORT_SUBMITTED, Subject(PATH, 1), by=world.people["serang"]
    )
    assert [n.recipient.username for n in Notice.objects.all()] == ["serang2"]


def test_a_closed_account_is_told_nothing(world: World) -> None:
    User.objects.filter(username="official").update(is_active=False)
    people = User.objects.filter(username__in=["official", "serang"])
    actions.notify(people, Kind.REPORT_LATE, Subject(PATH, 1), by=None)
    assert [n.recipient.username for n in Notice.objects.all()] == ["serang"]


def test_a_deed_that_is_rolled_back_tells_nobody(world: World) -> None:
    with transaction.atomic():
        tell(reached(world.people["official"]))
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_without_an_address_no_letter_is_due(world: World) -> None:
    notice = tell(world.people["official"])
    assert (notice.channel, notice.mail_due_at) == (Channel.PORTAL, None)


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (Kind.REPORT_RETURNED, Channel.AT_ONCE),
        (Kind.REPORT_SUBMITTED, Channel.DIGEST),
    ],
)
def test_without_a_choice_each_matter_goes_its_usual_way(
    world: World, kind: Kind, channel: Channel
) -> None:
    notice = tell(reached(world.people["official"]), kind)
    assert notice.channel == channel
    assert notice.mail_due_at is not None
    assert (notice.mail_due_at <= timezone.now()) == (channel == Channel.AT_ONCE)


@pytest.mark.parametrize("channel", Channel)
def test_the_own_choice_counts(world: World, channel: Channel) -> None:
    official = reached(world.people["official"])
    actions.set_preferences({Matter.REPORTING: channel}, acting_user=official)
    notice = tell(official)
    assert notice.channel == channel
    assert (notice.mail_due_at is None) == (channel == Channel.PORTAL)


def test_a_choice_can_be_changed(world: World) -> None:
    official = reached(world.people["official"])
    for channel in (Channel.PORTAL, Channel.DIGEST):
        actions.set_preferences({Matter.REPORTING: channel}, acting_user=official)
    assert tell(official).channel == Channel.DIGEST


def test_a_digest_goes_out_in_the_morning(world: World) -> None:
    due = tell(reached(world.people["official"]), Kind.REPORT_SUBMITTED).mail_due_at
    assert due is not None
    assert timezone.localtime(due).hour == 6
    assert due - timezone.now() <= timedelta(days=1)


def test_what_is_entered_later_from_paper_goes_by_no_letter(world: World) -> None:
    before = timezone.now() - timedelta(days=3)
    notice = tell(reached(world.people["official"]), occurred_at=before)
    assert (notice.mail_due_at, notice.occurred_at) == (None, before)


def test_many_are_told_each_of_the_own_subject_and_once(world: World) -> None:
    pairs = [
        (world.people[name].pk, Subject(PATH, name)) for name in ("official", "mixed")
    ]
    assert actions.notify_each(Kind.REPORT_LATE, pairs) == 2
    assert actions.notify_each(Kind.REPORT_LATE, pairs) == 0
    assert set(Notice.objects.values_list("key", flat=True)) == {
        "report_late:official",
        "report_late:mixed",
    }


def test_telling_takes_two_queries_however_many_listen(
    world: World, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        actions.notify(User.objects.all(), Kind.REPORT_LATE, Subject(PATH, 1), by=None)


@pytest.mark.parametrize("path", ["//example.org/", "https://example.org/", ""])
def test_a_notice_leads_into_the_portal(world: World, path: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            recipient=world.people["official"], kind="report_late", key="x", path=path
        )
