"""The rundown and the topics of a session that is not locked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow import numbering, versions
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import check_version
from fgd.sessions.models import AgendaItem, Session, Topic, TopicVillage
from fgd.sessions.rundown_lines import AgendaLine
from fgd.sessions.services.locking import unlocked_session
from villages.register.models import Village


@dataclass(frozen=True, slots=True)
class OutcomesChange:
    """How many villages got an outcome; those that left the topic, as was chosen."""

    saved: int
    missing: Mapping[Village, str]


# --- Rundown -----------------------------------------------------------------


@transaction.atomic
def add_agenda_lines(
    session_id: int,
    *,
    acting_user: User,
    lines: Sequence[AgendaLine],
    occurred_at: datetime | None = None,
) -> list[AgendaItem]:
    """Add lines to the rundown."""
    session = unlocked_session(session_id, acting_user, "session.change")
    return add_lines_to(session, acting_user, lines, occurred_at)


def add_lines_to(
    session: Session,
    acting_user: User,
    lines: Sequence[AgendaLine],
    occurred_at: datetime | None = None,
) -> list[AgendaItem]:
    """Add lines to the rundown of a session that is locked for this transaction."""
    rows = [AgendaItem(session=session, **asdict(line)) for line in lines]
    made = AgendaItem.objects.bulk_create(rows)
    record_event(session, "change_agenda", acting_user, occurred_at=occurred_at)
    return made


@transaction.atomic
def change_agenda_item(
    item_id: int, *, acting_user: User, version: int, line: AgendaLine
) -> AgendaItem:
    """Change one line of the rundown."""
    session = _session_of(AgendaItem, item_id, acting_user)
    item = get_or_refuse(session.agenda_items.all(), item_id)
    check_version(item, version)
    item.starts_at, item.minutes = line.starts_at, line.minutes
    item.title, item.presenter = line.title, line.presenter
    fields = ["starts_at", "minutes", "title", "presenter"]
    item.save(update_fields=[*fields, *versions.next_version(item, acting_user)])
    record_event(session, "change_agenda", acting_user)
    return item


@transaction.atomic
def remove_agenda_item(item_id: int, *, acting_user: User) -> Session:
    """Remove one line of the rundown."""
    session = _session_of(AgendaItem, item_id, acting_user)
    item = get_or_refuse(session.agenda_items.all(), item_id)
    remove_row(item, within=session, acting_user=acting_user)
    record_event(session, "change_agenda", acting_user)
    return session


# --- Topics ------------------------------------------------------------------


@transaction.atomic
def add_topic(
    session_id: int,
    *,
    acting_user: User,
    title: str,
    background: str = "",
    villages: Iterable[Village] = (),
    occurred_at: datetime | None = None,
) -> Topic:
    """Add a topic that concerns these villages."""
    session = unlocked_session(session_id, acting_user, "session.change")
    topic = Topic.objects.create(
        session=session,
        number=numbering.next_number(session.topics),
        title=title,
        background=background,
    )
    TopicVillage.objects.bulk_create(
        TopicVillage(topic=topic, village=village) for village in villages
    )
    record_event(session, "change_topics", acting_user, occurred_at=occurred_at)
    return topic


@transaction.atomic
def change_topic(
    topic_id: int,
    *,
    acting_user: User,
    version: int,
    title: str,
    background: str = "",
    villages: Iterable[Village] = (),
) -> Topic:
    """Change a topic and its villages; outcomes of remaining villages are kept."""
    session = _session_of(Topic, topic_id, acting_user)
    topic = get_or_refuse(session.topics.all(), topic_id)
    check_version(topic, version)
    topic.title, topic.background = title, background
    fields = ["title", "background"]
    topic.save(update_fields=[*fields, *versions.next_version(topic, acting_user)])
    wanted = {village.pk for village in villages}
    topic.topic_villages.exclude(village_id__in=wanted).delete()
    TopicVillage.objects.bulk_create(
        [TopicVillage(topic=topic, village_id=pk) for pk in sorted(wanted)],
        ignore_conflicts=True,
    )
    record_event(session, "change_topics", acting_user)
    return topic


@transaction.atomic
def remove_topic(topic_id: int, *, acting_user: User) -> Session:
    """Remove a topic and renumber the others.

    ValidationError when it has minutes, a recommendation or the outcome of a case.
    """
    session = _session_of(Topic, topic_id, acting_user)
    topic = get_or_refuse(session.topics.all(), topic_id)
    if topic.minutes.exists() or topic.recommendations.exists():
        raise ValidationError(
            _("This topic has minutes or a recommendation. Remove them first."),
            "in_use",
        )
    if topic.topic_villages.exclude(outcome=TopicVillage.Outcome.OPEN).exists():
        raise ValidationError(
            _(
                "Cases of this topic were discussed or deferred. To remove it "
                "nevertheless, first set them to “not yet”."
            ),
            "in_use",
        )
    remove_row(topic, within=session, acting_user=acting_user)
    numbering.close_gaps(session.topics)
    record_event(session, "change_topics", acting_user)
    return session


@transaction.atomic
def move_topic(
    topic_id: int, *, acting_user: User, up: bool, seen: int | None = None
) -> Session:
    """Swap the topic with the one above or below it, if there is one.

    `seen` is the number that the page showed; IllegalTransition if it was moved since.
    """
    session = _session_of(Topic, topic_id, acting_user)
    topic = get_or_refuse(session.topics.all(), topic_id)
    if seen not in (None, topic.number):
        raise IllegalTransition(
            _("The order was changed in the meantime. Look at it, then move again.")
        )
    order = list(session.topics.order_by("number").values_list("pk", flat=True))
    position = order.index(topic_id)
    neighbour = position - 1 if up else position + 1
    if 0 <= neighbour < len(order):
        order[position], order[neighbour] = order[neighbour], order[position]
        numbering.number_in_order(session.topics, order)
        record_event(session, "change_topics", acting_user)
    return session


@transaction.atomic
def set_outcomes(
    topic_id: int,
    *,
    acting_user: User,
    outcomes: Mapping[int, str],
    seen: Mapping[int, str] = MappingProxyType({}),
    occurred_at: datetime | None = None,
) -> OutcomesChange:
    """Set the outcome of the given villages of the topic, by village id.

    `seen` are the outcomes that the form showed; StaleEdit when another one was chosen
    since. The page that changes the topic shows outcomes: it is its next version.
    """
    session = _session_of(Topic, topic_id, acting_user)
    topic = get_or_refuse(session.topics.select_related("changed_by"), topic_id)
    rows = list(topic.topic_villages.filter(village_id__in=outcomes))
    for row in rows:
        chosen = TopicVillage.Outcome(outcomes[row.village_id])
        if row.outcome not in (chosen, seen.get(row.village_id, row.outcome)):
            raise versions.stale(topic)
        row.outcome = chosen
    if rows:
        TopicVillage.objects.bulk_update(rows, ["outcome"])
        topic.save(update_fields=versions.next_version(topic, acting_user))
        record_event(session, "change_topics", acting_user, occurred_at=occurred_at)
    missing = outcomes.keys() - {row.village_id for row in rows}
    gone = Village.objects.filter(pk__in=missing).order_by("name_folded")
    return OutcomesChange(len(rows), {one: outcomes[one.pk] for one in gone})


def _session_of(
    rows: type[AgendaItem] | type[Topic], row_id: int, acting_user: User
) -> Session:
    """Return the session of the row, locked; read the row afterwards."""
    row: Any = get_or_refuse(rows.objects.all(), row_id)
    return unlocked_session(row.session_id, acting_user, "session.change")
