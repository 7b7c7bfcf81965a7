"""The FGD of 11 November 2025, from the first draft to the final minutes."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from desabinaan.demo.contents import contents, day_of
from desabinaan.demo.portal import Portal
from fgd.agencies.models import Agency
from fgd.minutes.services.entries import add_entry
from fgd.participants.models import Delegate
from fgd.participants.services.attendance import record_attendance
from fgd.participants.services.participants import Person, add_delegates, invite
from fgd.plan.services.agreements import ActionData, add_action, add_recommendation
from fgd.plan.services.finalising import finalise
from fgd.sessions.models import Session, Topic
from fgd.sessions.rundown_lines import AgendaLine
from fgd.sessions.services.programme import (
    add_agenda_lines,
    add_topic,
    set_outcomes,
)
from fgd.sessions.services.sessions import announce, create_session, open_session
from villages.register.models import Village

HOST, MINUTE_TAKER = "kanwil", "kanwil2"
SOONEST_DUE = timedelta(days=30)


def hold_session(portal: Portal) -> None:
    """Hold the session and finalise it with its actions and minutes."""
    entry = contents("session")
    session = _prepare(portal, entry)
    topics = _write_programme(portal, entry, session)
    _call_people(portal, entry, session)
    speakers = _seat_people(portal, entry, session)
    open_session(
        session.pk, acting_user=portal.user(HOST), occurred_at=session.starts_at
    )
    _mark_present(portal, entry, session, speakers)
    _write_minutes(portal, entry, topics, speakers)
    _agree(portal, entry, session, topics)
    finalise(
        session.pk,
        acting_user=portal.user(HOST),
        note=entry["closing_note"],
        occurred_at=session.ends_at + timedelta(days=3),
    )


def _at(entry: dict[str, Any], clock: str) -> datetime:
    local = datetime.combine(
        date.fromisoformat(entry["date"]), time.fromisoformat(clock)
    )
    return timezone.make_aware(local)


def _prepare(portal: Portal, entry: dict[str, Any]) -> Session:
    return create_session(
        acting_user=portal.user(HOST),
        office=portal.offices[entry["office"]],
        theme=entry["theme"],
        starts_at=_at(entry, entry["starts"]),
        ends_at=_at(entry, entry["ends"]),
        venue=entry["venue"],
        purpose=entry["purpose"],
        series_name=entry["series"],
        occurred_at=_at(entry, entry["starts"]) - timedelta(days=20),
    )


def _write_programme(
    portal: Portal, entry: dict[str, Any], session: Session
) -> dict[str, Topic]:
    host = portal.user(HOST)
    lines = [
        AgendaLine(time.fromisoformat(clock), minutes, title, presenter)
        for clock, minutes, title, presenter in entry["agenda"]
    ]
    planned = session.starts_at - timedelta(days=18)
    add_agenda_lines(session.pk, acting_user=host, lines=lines, occurred_at=planned)
    return {
        topic["key"]: add_topic(
            session.pk,
            acting_user=host,
            title=topic["title"],
            background=topic["background"],
            villages=[portal.villages[code] for code in topic["villages"]],
            occurred_at=planned,
        )
        for topic in entry["topics"]
    }


def _call_people(portal: Portal, entry: dict[str, Any], session: Session) -> None:
    """Invite all by one letter, at once those with the same number of seats."""
    host = portal.user(HOST)
    agencies: dict[int, list[Agency]] = defaultdict(list)
    villages: dict[int, list[Village]] = defaultdict(list)
    for key, seats in entry["invited_agencies"]:
        agencies[seats].append(portal.agencies[key])
    for code, seats in entry["invited_villages"]:
        villages[seats].append(portal.villages[code])
    sent_on = session.starts_at - timedelta(days=12)
    for seats in sorted({*agencies, *villages}):
        invite(
            session.pk,
            acting_user=host,
            agencies=agencies[seats],
            villages=villages[seats],
            seats=seats,
            letter_number=entry["letter_number"],
            occurred_at=sent_on,
        )
    announce(session.pk, acting_user=host, occurred_at=sent_on)


def _seat_people(
    portal: Portal, entry: dict[str, Any], session: Session
) -> dict[str, Delegate]:
    made = add_delegates(
        session.pk,
        acting_user=portal.user(MINUTE_TAKER),
        people=[_person(portal, row) for row in entry["delegates"]],
        occurred_at=session.starts_at - timedelta(days=2),
    )
    return {row["key"]: d for row, d in zip(entry["delegates"], made, strict=True)}


def _person(portal: Portal, row: dict[str, Any]) -> Person:
    agency, village = row.get("agency"), row.get("village")
    return Person(
        name=row["name"],
        position=row["position"],
        agency_id=portal.agencies[agency].pk if agency else None,
        village_id=portal.villages[village].pk if village else None,
        mandate=row["mandate"],
        part=row.get("part", Delegate.Part.PARTICIPANT),
    )


def _mark_present(
    portal: Portal,
    entry: dict[str, Any],
    session: Session,
    speakers: dict[str, Delegate],
) -> None:
    present = [
        speakers[row["key"]].pk for row in entry["delegates"] if not row.get("absent")
    ]
    record_attendance(
        session.pk,
        acting_user=portal.user(MINUTE_TAKER),
        present=present,
        source="paper",
        arrived_at=session.starts_at,
    )


def _write_minutes(
    portal: Portal,
    entry: dict[str, Any],
    topics: dict[str, Topic],
    speakers: dict[str, Delegate],
) -> None:
    minute_taker, written = portal.user(MINUTE_TAKER), _at(entry, entry["ends"])
    for topic in entry["topics"]:
        for speaker, text in topic["minutes"]:
            add_entry(
                topics[topic["key"]].pk,
                acting_user=minute_taker,
                text=text,
                speaker_id=speakers[speaker].pk,
                occurred_at=written,
            )
    for topic in entry["topics"]:
        set_outcomes(
            topics[topic["key"]].pk,
            acting_user=minute_taker,
            outcomes=_outcomes(portal, topic),
            occurred_at=written,
        )


def _outcomes(portal: Portal, topic: dict[str, Any]) -> dict[int, str]:
    deferred = topic.get("deferred", [])
    return {
        portal.villages[code].pk: "deferred" if code in deferred else "discussed"
        for code in topic["villages"]
    }


def _agree(
    portal: Portal, entry: dict[str, Any], session: Session, topics: dict[str, Topic]
) -> None:
    host = portal.user(HOST)
    for row in entry["recommendations"]:
        recommendation = add_recommendation(
            session.pk,
            acting_user=host,
            text=row["text"],
            topic_id=topics[row["topic"]].pk,
            occurred_at=session.ends_at,
        )
        for key in row["actions"]:
            portal.actions[key] = add_action(
                recommendation.pk,
                acting_user=host,
                data=_action_data(portal, session, entry["actions"][key]),
                occurred_at=session.ends_at,
            )


def _action_data(portal: Portal, session: Session, entry: dict[str, Any]) -> ActionData:
    earliest = timezone.localdate(session.starts_at) + SOONEST_DUE
    return ActionData(
        title=entry["title"],
        lead_agency=portal.agencies[entry["lead"]],
        due_on=max(day_of(entry["due"]), earliest),
        indicator=entry["indicator"],
        pillar=entry["pillar"],
        funding=entry["funding"],
        supporters=[portal.agencies[key] for key in entry["support"]],
        villages=[portal.villages[code] for code in entry["villages"]],
    )
