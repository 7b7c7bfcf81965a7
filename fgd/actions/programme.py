"""The rundown and the topics of a session that is not locked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from fgd.actions import numbering, recording
from fgd.actions.locks import not_stale, still_there, unlocked_session
from fgd.models import AgendaItem, Session, Topic, TopicVillage
from villages.models import Village


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of the rundown, as typed or pasted."""

    starts_at: time
    minutes: int
    title: str
    presenter: str = ""


# --- Rundown -----------------------------------------------------------------


@transaction.atomic
def add_agenda_lines(
    session_id: int,
    *,
    acting_user: User,
    lines: Sequence[AgendaLine],
    occurred_at: datetime | None = None,
) -> list[AgendaItem]:
    """The rundown has these lines more."""
    session = unlocked_session(session_id, acting_user, "session.change")
    rows = [AgendaItem(session=session, **asdict(line)) for line in lines]
    made = AgendaItem.objects.bulk_create(rows)
    recording.on_session(session, "change_agenda", acting_user, occurred_at=occurred_at)
    return made


@transaction.atomic
def change_agenda_item(
    item_id: int, *, acting_user: User, version: int, line: AgendaLine
) -> AgendaItem:
    """This line of the rundown reads so."""
    session = _session_of(AgendaItem, item_id, acting_user)
    item = still_there(session.agenda_items.all(), item_id)
    not_stale(item, version)
    item.starts_at, item.minutes = line.starts_at, line.minutes
    item.title, item.presenter = line.title, line.presenter
    fields = ["starts_at", "minutes", "title", "presenter"]
    item.save(update_fields=[*fields, *recording.changed(item, acting_user)])
    recording.on_session(session, "change_agenda", acting_user)
    return item


@transaction.atomic
def remove_agenda_item(item_id: int, *, acting_user: User) -> Session:
    """The rundown goes on without this line."""
    session = _session_of(AgendaItem, item_id, acting_user)
    still_there(session.agenda_items.all(), item_id).delete()
    recording.on_session(session, "change_agenda", acting_user)
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
    """The session has one topic more, tied to these villages."""
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
    recording.on_session(session, "change_topics", acting_user, occurred_at=occurred_at)
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
    """The topic reads so and concerns these villages; known outcomes are kept."""
    session = _session_of(Topic, topic_id, acting_user)
    topic = still_there(session.topics.all(), topic_id)
    not_stale(topic, version)
    topic.title, topic.background = title, background
    fields = ["title", "background"]
    topic.save(update_fields=[*fields, *recording.changed(topic, acting_user)])
    wanted = {village.pk for village in villages}
    topic.topic_villages.exclude(village_id__in=wanted).delete()
    TopicVillage.objects.bulk_create(
        [TopicVillage(topic=topic, village_id=pk) for pk in sorted(wanted)],
        ignore_conflicts=True,
    )
    recording.on_session(session, "change_topics", acting_user)
    return topic


@transaction.atomic
def remove_topic(topic_id: int, *, acting_user: User) -> Session:
    """The topic is gone and the others close ranks.

    ValidationError once minutes or a recommendation stand under it.
    """
    session = _session_of(Topic, topic_id, acting_user)
    topic = still_there(session.topics.all(), topic_id)
    if topic.minutes.exists() or topic.recommendations.exists():
        raise ValidationError(
            _("Minutes or a recommendation stand under this topic. Remove them first."),
            "in_use",
        )
    topic.delete()
    numbering.close_gaps(session.topics)
    recording.on_session(session, "change_topics", acting_user)
    return session


@transaction.atomic
def move_topic(topic_id: int, *, acting_user: User, up: bool) -> Session:
    """The topic has changed places with its neighbour, where there is one."""
    session = _session_of(Topic, topic_id, acting_user)
    still_there(session.topics.all(), topic_id)
    order = list(session.topics.order_by("number").values_list("pk", flat=True))
    here = order.index(topic_id)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        numbering.number_in_order(session.topics, order)
        recording.on_session(session, "change_topics", acting_user)
    return session


@transaction.atomic
def set_outcomes(
    topic_id: int,
    *,
    acting_user: User,
    outcomes: Mapping[int, str],
    occurred_at: datetime | None = None,
) -> Session:
    """Each village of the topic, by id, was discussed, deferred, or is still open."""
    session = _session_of(Topic, topic_id, acting_user)
    rows = list(TopicVillage.objects.filter(topic_id=topic_id))
    for row in rows:
        row.outcome = TopicVillage.Outcome(outcomes.get(row.village_id, row.outcome))
    TopicVillage.objects.bulk_update(rows, ["outcome"])
    recording.on_session(session, "change_topics", acting_user, occurred_at=occurred_at)
    return session


def _session_of(
    rows: type[AgendaItem] | type[Topic], row_id: int, acting_user: User
) -> Session:
    """The row's session, locked; the row itself is read after that."""
    session_id = rows.objects.values_list("session_id", flat=True).get(pk=row_id)
    return unlocked_session(session_id, acting_user, "session.change")
