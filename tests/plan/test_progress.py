from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from fgd.plan import services as plan_services
from fgd.plan.models import Action, Evidence, ProgressUpdate
from reports.followup.presenters import timeline_of
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.lib import samples
from tests.plan import reporting as telling
from tests.plan.reporting import VISIBLE_ACTIONS, answers, rows

Browser = Callable[[str], Client]


def lapor(action: Action) -> str:
    return f"/rencana-aksi/{action.pk}/lapor/"


def party_of(dataset: Dataset, name: str) -> str:
    if name == "official":
        return f"village:{dataset.villages['lontar'].pk}"
    agency = "polres" if name == "polres" else "dinsos"
    return f"agency:{dataset.agencies[agency].pk}"


@pytest.mark.parametrize("name", VISIBLE_ACTIONS)
def test_a_party_reports_progress_and_staff_report_on_its_behalf(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    action = telling.action(dataset, status="not_started")
    before, client = rows(action), signed_in(name)
    sent = answers(party=party_of(dataset, name))
    asked = client.get(lapor(action)).status_code
    answered = client.post(lapor(action), sent).status_code
    action.refresh_from_db()
    if name == "auditor":
        assert (asked, answered, rows(action)) == (403, 403, before)
        return
    update = ProgressUpdate.objects.get()
    assert (asked, answered) == (200, 302)
    counts = name not in {"polres", "official"}
    assert (action.status, action.percent) == ("in_progress", 40 if counts else 0)
    assert update.is_on_behalf is (name in {"kanwil", "serang", "pimpasa"})
    assert (update.village is not None) is (name == "official")


def test_an_office_reports_its_own_agency_s_progress_in_its_own_name(
    dataset: Dataset,
) -> None:
    action = telling.action(dataset, lead="kanim")
    update = plan_services.report_progress(
        action.pk,
        telling.progress(f"agency:{dataset.agencies['kanim'].pk}"),
        acting_user=dataset.user("serang"),
    )
    assert not update.is_on_behalf


@pytest.mark.parametrize(
    ("name", "party"),
    [("polres", "dinsos"), ("official", "dinsos"), ("serang", "kanim")],
)
def test_nobody_reports_for_a_foreign_party(
    dataset: Dataset, signed_in: Browser, name: str, party: str
) -> None:
    action = telling.action(dataset)
    before, key = rows(action), f"agency:{dataset.agencies[party].pk}"
    with pytest.raises(PermissionDenied):
        plan_services.report_progress(
            action.pk, telling.progress(key), acting_user=dataset.user(name)
        )
    signed_in(name).post(lapor(action), answers(party=key))
    updates = ProgressUpdate.objects.filter(agency=dataset.agencies[party])
    assert not updates.exists()
    assert name != "serang" or rows(action) == before


def test_only_staff_are_asked_for_whom_they_report(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    assert "party" not in signed_in("dinsos").get(lapor(action)).context["form"].fields
    offered = signed_in("serang").get(lapor(action)).context["form"].fields["party"]
    labels = [str(label) for _key, label in offered.choices]
    assert len(labels) == 3
    assert all(label.startswith(("on behalf of", "atas nama")) for label in labels)
    assert str(action.lead_agency) in labels[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("percent", "101"),
        ("percent", "-1"),
        ("percent", "dua"),
        ("percent", ""),
        ("text", ""),
        ("text", "   "),
        ("text", "x" * 4001),
        ("text", "a\0b"),
        ("occurred_on", (timezone.localdate() + timedelta(days=2)).isoformat()),
        ("occurred_on", "2020-01-01"),
        ("occurred_on", "0001-01-01"),
        ("occurred_on", "kemarin"),
        ("title", "x" * 151),
    ],
)
def test_a_mistake_is_a_field_error_and_keeps_the_typed_text(
    dataset: Dataset, signed_in: Browser, field: str, value: str
) -> None:
    action = telling.action(dataset)
    before, sent = rows(action), answers(**{field: value})
    answer = signed_in("dinsos").post(lapor(action), sent)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert rows(action) == before
    if field != "text":
        assert "Pertemuan pertama selesai." in answer.content.decode()


@pytest.mark.parametrize("status", ["reported_done", "verified_done", "cancelled"])
def test_no_progress_on_what_is_done_or_cancelled(
    dataset: Dataset, signed_in: Browser, status: str
) -> None:
    action = telling.action(dataset, status=status)
    before, client = rows(action), signed_in("serang")
    sent = answers(party=party_of(dataset, "dinsos"))
    assert client.get(lapor(action)).status_code == 302
    answer = client.post(lapor(action), sent)
    assert answer.status_code == 409
    assert sent["text"] in answer.content.decode()
    assert rows(action) == before


FORBIDDEN = {
    "status": "verified_done",
    "agency": "2",
    "village": "3",
    "is_on_behalf": "",
    "reported_by": "1",
    "recorded_at": "2020-01-01",
    "verified_by": "1",
    "evidence_count": "9",
    "villages_open": "0",
    "action": "999",
    "version": "99",
    "office": "1",
}


def test_forbidden_fields_are_not_listened_to(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    signed_in("official").post(lapor(action), answers(**FORBIDDEN))
    update = ProgressUpdate.objects.get()
    action.refresh_from_db()
    assert (update.action, update.agency) == (action, None)
    assert update.village == dataset.villages["lontar"]
    assert update.reported_by == dataset.people["official"]
    assert (action.status, action.evidence_count) == ("in_progress", 0)
    assert (action.villages_open, action.version) == (1, 1)


# --- Of the action, or of one's own part --------------------------------------


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("official", "official"),
        ("polres", "polres"),
        ("pimpasa", "official"),
        ("serang", "polres"),
        ("kanwil", "official"),
    ],
)
def test_only_the_lead_s_progress_sets_the_percentage_of_the_action(
    dataset: Dataset, signed_in: Browser, name: str, party: str
) -> None:
    action = telling.action(dataset, percent=70)
    key = party_of(dataset, party)
    sent = answers(party=key, percent="100")
    assert signed_in(name).post(lapor(action), sent).status_code == 302
    action.refresh_from_db()
    assert (action.percent, ProgressUpdate.objects.get().percent) == (70, 100)
    event = action.events.get(verb="progress")
    assert event.note.endswith(": 100%")
    page = signed_in("dinsos").get(f"/rencana-aksi/{action.pk}/")
    assert [row["is_part"] for row in page.context["updates"]] == [True]
    with pytest.raises(ValidationError):
        plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))


@pytest.mark.parametrize("name", ["official", "polres"])
def test_others_do_not_set_the_percentage_without_a_report_either(
    dataset: Dataset, name: str
) -> None:
    action = telling.action(dataset)
    with pytest.raises(PermissionDenied):
        plan_services.set_progress(
            action.pk, percent=100, acting_user=dataset.user(name)
        )


@pytest.mark.parametrize(("name", "percent"), [("dinsos", 70), ("official", None)])
def test_the_form_offers_the_percentage_of_the_action_to_its_lead(
    dataset: Dataset, signed_in: Browser, name: str, percent: int | None
) -> None:
    action = telling.action(dataset, percent=70)
    form = signed_in(name).get(lapor(action)).context["form"]
    assert form["percent"].value() == percent


def test_the_village_s_timeline_names_a_part_and_the_whole_differently(
    dataset: Dataset,
) -> None:
    action, village = telling.action(dataset), dataset.villages["lontar"]
    for name in ("dinsos", "official"):
        progress = telling.progress(party_of(dataset, name), percent=55)
        plan_services.report_progress(
            action.pk, progress, acting_user=dataset.user(name)
        )
    part, whole = (entry.what for entry in timeline_of(village))
    assert part != whole


# --- With a file -------------------------------------------------------------


def test_a_file_comes_along_as_evidence_under_a_random_name(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    sent = answers(file=samples.upload("Budi Contoh.jpg", samples.jpg()))
    signed_in("dinsos").post(lapor(action), sent)
    evidence = Evidence.objects.get()
    action.refresh_from_db()
    assert evidence.update == ProgressUpdate.objects.get()
    assert evidence.title == "Pertemuan pertama selesai."
    assert "Budi" not in str(evidence.file.name)
    assert action.evidence_count == 1


def test_the_history_shows_when_progress_happened(
    dataset: Dataset,
) -> None:
    action = telling.action(dataset)
    day = timezone.localdate() - timedelta(days=3)
    progress = telling.progress(
        party_of(dataset, "dinsos"),
        occurred_on=day,
        evidence_file=telling.evidence_file(),
    )
    plan_services.report_progress(
        action.pk, progress, acting_user=dataset.user("dinsos")
    )
    days = {timezone.localdate(one.occurred_at) for one in action.events.all()}
    assert days == {day}


def test_a_refused_file_keeps_text_and_percent_and_says_why(
    dataset: Dataset, signed_in: Browser, uploads: Any
) -> None:
    action = telling.action(dataset)
    before = rows(action)
    sent = answers(file=samples.upload("a.pdf", samples.with_xfa()), percent="73")
    answer = signed_in("dinsos").post(lapor(action), sent)
    page = answer.content.decode()
    assert len(answer.context["form"].errors["file"]) == 1
    assert "Pertemuan pertama selesai." in page
    assert 'value="73"' in page
    assert rows(action) == before
    assert not list(uploads.rglob("*.*"))


def test_a_good_file_is_kept_when_something_else_is_refused(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    file = samples.upload("balai.jpg", samples.jpg())
    client = signed_in("dinsos")
    answer = client.post(lapor(action), answers(file=file, text=""))
    assert "file" not in answer.context["form"].errors
    assert "balai.jpg" in answer.content.decode()
    client.post(lapor(action), sent_form(answer) | {"text": "Dua kali pelatihan."})
    assert Evidence.objects.count() == 1


def test_the_same_file_twice_is_refused_and_leaves_no_file_behind(
    dataset: Dataset, signed_in: Browser, uploads: Any
) -> None:
    action = telling.action(dataset)
    client = signed_in("dinsos")
    for text in ("Pertemuan pertama selesai.", "Pertemuan kedua selesai."):
        file = samples.upload("a.jpg", samples.jpg())
        answer = client.post(lapor(action), answers(file=file, text=text))
    assert answer.context["form"].errors["file"]
    assert ProgressUpdate.objects.count() == Evidence.objects.count() == 1
    assert len(list(uploads.rglob("*.jpg"))) == 1


def test_who_only_reads_evidence_reports_progress_without_a_file(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = telling.action(dataset), signed_in("kanwil")
    assert "file" not in client.get(lapor(action)).context["form"].fields
    file = samples.upload("a.jpg", samples.jpg())
    client.post(lapor(action), answers(party=party_of(dataset, "dinsos"), file=file))
    assert ProgressUpdate.objects.count() == 1
    assert not Evidence.objects.exists()


# --- Sent twice --------------------------------------------------------------


def test_the_same_form_sent_twice_changes_nothing_the_second_time(
    dataset: Dataset, signed_in: Browser, uploads: Any
) -> None:
    action = telling.action(dataset)
    client, number = signed_in("dinsos"), str(uuid4())
    for _time in range(2):
        before = rows(action)
        file = samples.upload("a.jpg", samples.jpg())
        answer = client.post(lapor(action), answers(client_uuid=number, file=file))
        assert answer.status_code == 302
    assert rows(action) == before
    assert [one.level_tag for one in get_messages(answer.wsgi_request)] == [
        "success",
        "info",
    ]
    assert len(list(uploads.rglob("*.jpg"))) == 1


def test_a_repeat_is_recognised_after_the_action_was_reported_done(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.ready(dataset)
    client, sent = signed_in("dinsos"), answers()
    client.post(lapor(action), sent)
    client.post(f"/rencana-aksi/{action.pk}/selesai/")
    before = rows(action)
    assert client.post(lapor(action), sent).status_code == 302
    assert rows(action) == before


HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}",
    "{% load x %}", "'; DROP TABLE plan_action; --", "' OR '1'='1", "../../etc/passwd",
    "%s%s%n", "%(name)s", "{0.__class__}", "\u202egnp.exe", "\ufeff",
    "\r\n\r\nSet-Cookie: a",
    "O'Brien", "Nyi Roro", "-", "0", "null", "None", "true", "=1+1", "@SUM(A1)", "\t=2",
    "🚌🌾", "Ａ", "e\u0301", "\u200b.", "a" * 4000, "\\", "\\x00", "&lt;b&gt;",
    "javascript:alert(1)", "]]>", "<!--", "--><b>", "${7*7}", "#{7*7}",
    "<svg/onload=1>",
    "ﷺ", "\u0000",
]  # fmt: skip


def test_hostile_words_are_kept_as_words_or_refused(
    dataset: Dataset, signed_in: Browser
) -> None:
    assert len(HOSTILE) == 40
    action, client = telling.action(dataset), signed_in("dinsos")
    for words in HOSTILE:
        assert client.post(lapor(action), answers(text=words)).status_code in {200, 302}
    page = client.get(f"/rencana-aksi/{action.pk}/").content.decode()
    for mark in ("<script>alert", "<img src=x", "<svg/onload"):
        assert mark not in page
    assert "{{ 7*7 }}" in page
    assert ProgressUpdate.objects.count() >= 35
