"""Who has a notice, once, and by which way it goes out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices import services
from desabinaan.notices.kinds import WORDINGS, Category, Channel, Kind
from desabinaan.notices.models import Notice
from desabinaan.notices.services import Subject
from tests.dataset import Dataset
from tests.notices.sent_notices import PATH, notify, reached


def test_every_kind_has_a_sentence_and_a_category() -> None:
    assert set(WORDINGS) == set(Kind)
    assert {wording.category for wording in WORDINGS.values()} == set(Category)


def test_the_same_notice_exists_once(dataset: Dataset) -> None:
    official = dataset.people["official"]
    notify(official)
    notify(official)
    notify(official, once=2)
    assert Notice.objects.filter(recipient=official).count() == 2


def test_the_acting_user_is_not_notified(dataset: Dataset) -> None:
    people = User.objects.filter(username__in=["serang", "serang2"])
    services.notify(
        people, Kind.REPORT_SUBMITTED, Subject(PATH, 1), by=dataset.people["serang"]
    )
    assert [n.recipient.username for n in Notice.objects.all()] == ["serang2"]


def test_a_closed_account_is_not_notified(dataset: Dataset) -> None:
    User.objects.filter(username="official").update(is_active=False)
    people = User.objects.filter(username__in=["official", "serang"])
    services.notify(people, Kind.REPORT_LATE, Subject(PATH, 1), by=None)
    assert [n.recipient.username for n in Notice.objects.all()] == ["serang"]


def test_an_operation_that_is_rolled_back_notifies_nobody(dataset: Dataset) -> None:
    with transaction.atomic():
        notify(reached(dataset.people["official"]))
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_without_an_address_no_letter_is_due(dataset: Dataset) -> None:
    notice = notify(dataset.people["official"])
    assert (notice.channel, notice.mail_due_at) == (Channel.PORTAL, None)


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (Kind.REPORT_RETURNED, Channel.AT_ONCE),
        (Kind.REPORT_SUBMITTED, Channel.DIGEST),
    ],
)
def test_without_a_choice_each_category_has_its_default_channel(
    dataset: Dataset, kind: Kind, channel: Channel
) -> None:
    notice = notify(reached(dataset.people["official"]), kind)
    assert notice.channel == channel
    assert notice.mail_due_at is not None
    assert (notice.mail_due_at <= timezone.now()) == (channel == Channel.AT_ONCE)


@pytest.mark.parametrize("channel", Channel)
def test_the_own_choice_counts(dataset: Dataset, channel: Channel) -> None:
    official = reached(dataset.people["official"])
    services.set_preferences({Category.REPORTING: channel}, acting_user=official)
    notice = notify(official)
    assert notice.channel == channel
    assert (notice.mail_due_at is None) == (channel == Channel.PORTAL)


def test_a_choice_can_be_changed(dataset: Dataset) -> None:
    official = reached(dataset.people["official"])
    for channel in (Channel.PORTAL, Channel.DIGEST):
        services.set_preferences({Category.REPORTING: channel}, acting_user=official)
    assert notify(official).channel == Channel.DIGEST


def test_a_digest_goes_out_in_the_morning(dataset: Dataset) -> None:
    due = notify(reached(dataset.people["official"]), Kind.REPORT_SUBMITTED).mail_due_at
    assert due is not None
    assert timezone.localtime(due).hour == 6
    assert due - timezone.now() <= timedelta(days=1)


def test_what_is_entered_later_from_paper_goes_by_no_letter(dataset: Dataset) -> None:
    before = timezone.now() - timedelta(days=3)
    notice = notify(reached(dataset.people["official"]), occurred_at=before)
    assert (notice.mail_due_at, notice.occurred_at) == (None, before)


def test_each_user_is_notified_once_of_their_own_subject(dataset: Dataset) -> None:
    pairs = [
        (dataset.people[name].pk, Subject(PATH, name)) for name in ("official", "mixed")
    ]
    assert services.notify_each(Kind.REPORT_LATE, pairs) == 2
    assert services.notify_each(Kind.REPORT_LATE, pairs) == 0
    assert set(Notice.objects.values_list("key", flat=True)) == {
        "report_late:official",
        "report_late:mixed",
    }


def test_notifying_takes_two_queries_for_any_number_of_people(
    dataset: Dataset, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        services.notify(User.objects.all(), Kind.REPORT_LATE, Subject(PATH, 1), by=None)


@pytest.mark.parametrize("path", ["//example.org/", "https://example.org/", ""])
def test_a_notice_leads_into_the_portal(dataset: Dataset, path: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            recipient=dataset.people["official"], kind="report_late", key="x", path=path
        )
