"""The FGD of 11 November 2025, from the first draft to the final minutes."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from fgd.actions.agreements import Promise, add_action, add_recommendation
from fgd.actions.minutes import add_entry
from fgd.actions.participants import Person, add_delegates, invite, record_attendance
from fgd.actions.programme import AgendaLine, add_agenda_lines, add_topic, set_outcomes
from fgd.actions.sessions import announce, create_session, finalise, open_session
from fgd.models import Agency, Delegate, Session, Topic
from reports.recap.demonstration.contents import contents, day_of
from reports.recap.demonstration.portal import Portal
from villages.models import Village

HOST, MINUTE_TAKER = "kanwil", "kanwil2"
SOONEST_DUE = timedelta(days=30)


def hold_session(portal: Portal) -> None:
    """The session is final: its actions are agreed and the minutes locked."""
    told = contents("session")
    session = _prepare(portal, told)
    topics = _write_programme(portal, told, session)
    _call_people(portal, told, session)
    speakers = _seat_people(portal, told, session)
    open_session(
        session.pk, acting_user=portal.user(HOST), occurred_at=session.starts_at
    )
    _mark_present(portal, told, session, speakers)
    _write_minutes(portal, told, topics, speakers)
    _agree(portal, told, session, topics)
    finalise(
        session.pk,
        acting_user=portal.user(HOST),
        note=told["closing_note"],
        occurred_at=session.ends_at + timedelta(days=3),
    )


def _at(told: dict[str, Any], clock: str) -> datetime:
    local = datetime.combine(
        date.fromisoformat(told["date"]), time.fromisoformat(clock)
    )
    return timezone.make_aware(local)


def _prepare(portal: Portal, told: dict[str, Any]) -> Session:
    return create_session(
        acting_user=portal.user(HOST),
        office=portal.offices[told["office"]],
        theme=told["theme"],
        starts_at=_at(told, told["starts"]),
        ends_at=_at(told, told["ends"]),
        venue=told["venue"],
        purpose=told["purpose"],
        series_name=told["series"],
        occurred_at=_at(told, told["starts"]) - timedelta(days=20),
    )


def _write_programme(
    portal: Portal, told: dict[str, Any], session: Session
) -> dict[str, Topic]:
    host = portal.user(HOST)
    lines = [
        AgendaLine(time.fromisoformat(clock), minutes, title, presenter)
        for clock, minutes, title, presenter in told["agenda"]
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
        for topic in told["topics"]
    }


def _call_people(portal: Portal, told: dict[str, Any], session: Session) -> None:
    """One letter calls all; parties with as many seats are called together."""
    host = portal.user(HOST)
    agencies: dict[int, list[Agency]] = defaultdict(list)
    villages: dict[int, list[Village]] = defaultdict(list)
    for key, seats in told["invited_agencies"]:
        agencies[seats].append(portal.agencies[key])
    for code, seats in told["invited_villages"]:
        villages[seats].append(portal.villages[code])
    sent_on = session.starts_at - timedelta(days=12)
    for seats in sorted({*agencies, *villages}):
        invite(
            session.pk,
            acting_user=host,
            agencies=agencies[seats],
            villages=villages[seats],
            seats=seats,
            letter_number=told["letter_number"],
            occurred_at=sent_on,
        )
    announce(session.pk, acting_user=host, occurred_at=sent_on)


def _seat_people(
    portal: Portal, told: dict[str, Any], session: Session
) -> dict[str, Delegate]:
    made = add_delegates(
        session.pk,
        acting_user=portal.user(MINUTE_TAKER),
        people=[_person(portal, row) for row in told["delegates"]],
        occurred_at=session.starts_at - timedelta(days=2),
    )
    return {row["key"]: d for row, d in zip(told["delegates"], made, strict=True)}


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
    told: dict[str, Any],
    session: Session,
    speakers: dict[str, Delegate],
) -> None:
    present = [
        speakers[row["key"]].pk for row in told["delegates"] if not row.get("absent")
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
    told: dict[str, Any],
    topics: dict[str, Topic],
    speakers: dict[str, Delegate],
) -> None:
    minute_taker, written = portal.user(MINUTE_TAKER), _at(told, told["ends"])
    for topic in told["topics"]:
        for speaker, text in topic["minutes"]:
            add_entry(
                topics[topic["key"]].pk,
                acting_user=minute_taker,
                text=text,
                speaker_id=speakers[speaker].pk,
                occurred_at=written,
            )
    for topic in told["topics"]:
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
    portal: Portal, told: dict[str, Any], session: Session, topics: dict[str, Topic]
) -> None:
    host = portal.user(HOST)
    for row in told["recommendations"]:
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
                promise=_promise(portal, session, told["actions"][key]),
                occurred_at=session.ends_at,
            )


def _promise(portal: Portal, session: Session, told: dict[str, Any]) -> Promise:
    earliest = timezone.localdate(session.starts_at) + SOONEST_DUE
    return Promise(
        title=told["title"],
        lead_agency=portal.agencies[told["lead"]],
        due_on=max(day_of(told["due"]), earliest),
        indicator=told["indicator"],
        pillar=told["pillar"],
        funding=told["funding"],
        supporters=[portal.agencies[key] for key in told["support"]],
        villages=[portal.villages[code] for code in told["villages"]],
    )
