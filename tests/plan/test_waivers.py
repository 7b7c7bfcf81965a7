"""A village is waived by those who do not gain from it, at the lead's request."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.notices.models import Notice
from fgd.plan import services as plan_services
from fgd.plan.models import Action, ActionVillage
from fgd.plan.selectors.details import action_detail_for
from reports.followup.selectors import with_waiver
from tests.dataset import Dataset
from tests.plan import reporting as telling
from tests.plan.reporting import HIDDEN_ACTIONS, VISIBLE_ACTIONS, rows

Browser = Callable[[str], Client]
REASON = "Balai desa kebanjiran."
#: of the page of an action whose waivers wait
MOST_QUERIES = 16
STAFF = ("kanwil", "serang", "pimpasa")
WAIVER = {"status": "waiver_requested", "reason": REASON, "version": "1"}


def village_url(dataset: Dataset, action: Action, village: str = "lontar") -> str:
    return f"/rencana-aksi/{action.pk}/desa/{dataset.villages[village].pk}/"


def requested(dataset: Dataset, by: str = "dinsos", **fields: object) -> ActionVillage:
    """A village for which the lead agency asks for a waiver."""
    action = telling.action(dataset, **({"evidence_count": 1} | fields))
    return plan_services.request_waiver(
        action.action_villages.get().pk, reason=REASON, acting_user=dataset.user(by)
    )


# --- Asking ------------------------------------------------------------------


@pytest.mark.parametrize("name", [*VISIBLE_ACTIONS, *HIDDEN_ACTIONS])
def test_only_the_lead_or_staff_for_it_ask_for_a_waiver(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    action = telling.action(dataset)
    before = rows(action)
    signed_in(name).post(village_url(dataset, action), WAIVER)
    place = action.action_villages.get()
    if name in {"dinsos", *STAFF}:
        assert (place.status, place.reason) == ("waiver_requested", REASON)
        assert place.requested_by == dataset.people[name]
    else:
        assert rows(action) == before


@pytest.mark.parametrize("name", ["polres", "official"])
def test_supporters_and_villages_only_mark_a_village_as_done(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    action = telling.action(dataset)
    form = signed_in(name).get(village_url(dataset, action)).context["form"]
    assert [value for value, _label in form.fields["status"].choices] == ["done"]
    with pytest.raises(PermissionDenied):
        plan_services.request_waiver(
            action.action_villages.get().pk,
            reason=REASON,
            acting_user=dataset.user(name),
        )


def test_a_request_leaves_the_village_open(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = requested(dataset).action
    assert action.villages_open == 1
    with pytest.raises(ValidationError):
        plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))
    page = signed_in("dinsos").get(f"/rencana-aksi/{action.pk}/")
    assert any("Lontar" in gap for gap in page.context["missing"])
    assert REASON in page.content.decode()


def test_who_may_decide_does_not_read_that_somebody_else_does(
    dataset: Dataset, signed_in: Browser
) -> None:
    place = requested(dataset)
    for user in ("serang", "kanwil"):
        page = signed_in(user).get(f"/rencana-aksi/{place.action_id}/")
        assert f"/desa/{place.village_id}/pengecualian/" in page.content.decode(), user
        assert "Menunggu keputusan" not in page.content.decode(), user


def test_while_a_request_waits_the_page_says_for_whom(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = requested(dataset).action, signed_in("dinsos")
    page = client.get(f"/rencana-aksi/{action.pk}/")
    assert page.context["missing"] == [
        "Menunggu keputusan Kanim Serang tentang pengecualian: Lontar."
    ]
    content = page.content.decode()
    assert "Menunggu keputusan Kanim Serang." in content
    assert "belum menandai" not in content
    primary = content[content.index("<h1") : content.index("Yang masih")]
    assert "btn-primary" not in primary
    refusal = client.get(f"/rencana-aksi/{action.pk}/selesai/", follow=True)
    [message] = refusal.context["messages"]
    assert "menunggu keputusan" in str(message)
    assert "minta" not in str(message)


@pytest.mark.parametrize("villages", [("lontar",), ("lontar", "tengkurak", "kronjo")])
def test_a_page_with_waivers_that_wait_asks_as_often_as_with_one(
    dataset: Dataset,
    signed_in: Browser,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
    villages: tuple[str, ...],
) -> None:
    action = telling.action(dataset, villages=villages, villages_open=len(villages))
    for place in action.action_villages.all():
        plan_services.request_waiver(
            place.pk, reason=REASON, acting_user=dataset.user("dinsos")
        )
    client, address = signed_in("serang"), f"/rencana-aksi/{action.pk}/"
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address)


def test_who_asks_after_a_colleague_asked_reads_that_first(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = requested(dataset).action, signed_in("dinsos")
    page = client.get(village_url(dataset, action))
    assert "Menunggu keputusan Kanim Serang." in page.content.decode()
    sent = WAIVER | {"reason": "Banjir."}
    again = client.post(village_url(dataset, action), sent)
    content = again.content.decode()
    assert "Banjir." in content
    assert REASON in content
    assert action.action_villages.get().reason == REASON


def test_a_village_that_marked_nothing_is_named_apart_from_one_that_waits(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(
        dataset, evidence_count=1, villages=("lontar", "tengkurak"), villages_open=2
    )
    place = action.action_villages.get(village=dataset.villages["lontar"])
    dinsos = dataset.user("dinsos")
    plan_services.request_waiver(place.pk, reason=REASON, acting_user=dinsos)
    page = signed_in("dinsos").get(f"/rencana-aksi/{action.pk}/")
    assert page.context["missing"] == [
        "1 desa belum menandai hasilnya: Tengkurak.",
        "Menunggu keputusan Kanim Serang tentang pengecualian: Lontar.",
    ]
    with pytest.raises(ValidationError, match="minta"):
        plan_services.report_done(action.pk, acting_user=dinsos)


def test_a_waiver_of_the_own_office_waits_for_the_one_above(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, evidence_count=1, lead="kanim")
    place = action.action_villages.get()
    user = dataset.user("serang")
    plan_services.request_waiver(place.pk, reason=REASON, acting_user=user)
    page = signed_in("serang").get(f"/rencana-aksi/{action.pk}/")
    assert f"keputusan {dataset.kanwil.short_name}." in page.content.decode()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_request_needs_a_reason(
    dataset: Dataset, signed_in: Browser, reason: str
) -> None:
    action = telling.action(dataset)
    before = rows(action)
    sent = WAIVER | {"reason": reason}
    answer = signed_in("dinsos").post(village_url(dataset, action), sent)
    assert answer.context["form"].errors["reason"]
    with pytest.raises(ValidationError):
        plan_services.request_waiver(
            action.action_villages.get().pk,
            reason=reason,
            acting_user=dataset.user("dinsos"),
        )
    assert rows(action) == before


# --- Deciding ----------------------------------------------------------------


@pytest.mark.parametrize("name", [*VISIBLE_ACTIONS, *HIDDEN_ACTIONS])
@pytest.mark.parametrize("decision", ["grant", "decline"])
def test_immigration_staff_decide_about_a_waiver(
    dataset: Dataset, signed_in: Browser, decision: str, name: str
) -> None:
    place = requested(dataset)
    before, client = rows(place.action), signed_in(name)
    assert (place.action in with_waiver(dataset.user(name))) is (name in STAFF)
    url = f"{village_url(dataset, place.action)}pengecualian/"
    asked = client.get(url)
    sent = {"decision": decision, "note": "Dicek ke camat.", "version": "2"}
    answered = client.post(url, sent).status_code
    place.refresh_from_db()
    if name in STAFF:
        assert (asked.status_code, answered) == (200, 302)
        assert REASON in asked.content.decode()
        assert place.decided_by == dataset.people[name]
        assert place.decision_note == "Dicek ke camat."
        action = Action.objects.get(pk=place.action_id)
        granted = decision == "grant"
        assert place.status == ("waived" if granted else "pending")
        assert action.villages_open == (0 if granted else 1)
    else:
        refused = 403 if name in VISIBLE_ACTIONS else 404
        assert (asked.status_code, answered) == (refused, refused)
        assert rows(place.action) == before


@pytest.mark.parametrize(
    ("fields", "by", "name"),
    [
        ({}, "serang", "serang"),
        ({}, "kanwil", "kanwil"),
        ({"lead": "kanim"}, "serang", "serang2"),
        ({"lead": "kanim"}, "serang", "pimpasa"),
        ({"supporters": ("kanim",)}, "dinsos", "serang"),
        ({"supporters": ("kanim",)}, "dinsos", "pimpasa"),
    ],
)
def test_who_gains_from_a_waiver_does_not_decide_about_it(
    dataset: Dataset,
    signed_in: Browser,
    fields: dict[str, object],
    by: str,
    name: str,
) -> None:
    place = requested(dataset, by, **fields)
    before, user = rows(place.action), dataset.user(name)
    assert place.action not in with_waiver(user)
    url = f"{village_url(dataset, place.action)}pengecualian/"
    client = signed_in(name)
    assert client.get(url).status_code == 403
    assert client.post(url, {"decision": "grant"}).status_code == 403
    for service in (plan_services.grant_waiver, plan_services.decline_waiver):
        with pytest.raises(PermissionDenied):
            service(place.pk, note="Ya.", acting_user=user)
    assert not action_detail_for(place.action, user).decidable_ids
    assert rows(place.action) == before
    plan_services.grant_waiver(place.pk, acting_user=dataset.user("kanwil2"))


def test_declining_needs_a_reason_that_the_lead_reads(
    dataset: Dataset, signed_in: Browser
) -> None:
    place = requested(dataset)
    url = f"{village_url(dataset, place.action)}pengecualian/"
    client = signed_in("serang")
    answer = client.post(url, {"decision": "decline", "note": " "})
    assert answer.context["form"].errors["note"]
    sent = {"decision": "decline", "note": "Banjir sudah surut.", "version": "2"}
    client.post(url, sent)
    page = signed_in("dinsos").get(f"/rencana-aksi/{place.action_id}/")
    assert "Banjir sudah surut." in page.content.decode()


@pytest.mark.parametrize("status", ["pending", "done", "waived"])
def test_nothing_is_decided_that_nobody_asked_for(
    dataset: Dataset, signed_in: Browser, status: str
) -> None:
    place = requested(dataset)
    if status == "waived":
        plan_services.grant_waiver(place.pk, acting_user=dataset.user("kanwil"))
    else:
        ActionVillage.objects.update(status=status)
    before, client = rows(place.action), signed_in("serang")
    url = f"{village_url(dataset, place.action)}pengecualian/"
    assert client.get(url).status_code == 302
    assert client.post(url, {"decision": "grant"}).status_code == 302
    with pytest.raises(IllegalTransition):
        plan_services.grant_waiver(place.pk, acting_user=dataset.user("serang"))
    assert rows(place.action) == before


def test_who_decides_after_a_colleague_reads_that_it_is_decided(
    dataset: Dataset,
) -> None:
    """Not that the village was changed: there is nothing to compare and send again."""
    place = requested(dataset)
    seen = place.version
    plan_services.grant_waiver(place.pk, acting_user=dataset.user("kanwil"))
    with pytest.raises(IllegalTransition):
        plan_services.decline_waiver(
            place.pk, note="Tidak.", version=seen, acting_user=dataset.user("serang")
        )


def test_a_waived_village_may_still_be_done(dataset: Dataset) -> None:
    place = requested(dataset)
    plan_services.grant_waiver(place.pk, acting_user=dataset.user("kanwil"))
    plan_services.mark_village_done(place.pk, acting_user=dataset.user("official"))
    place.refresh_from_db()
    assert (place.status, place.reason, place.decided_by) == ("done", "", None)


# --- Notices and constraints -------------------------------------------------


def test_a_request_and_its_decision_notify_once(dataset: Dataset) -> None:
    place = requested(dataset)
    asked = Notice.objects.filter(kind="waiver_requested", read_at=None)
    staff = {dataset.people[name] for name in ("serang", "serang2", "pimpasa")}
    assert {notice.recipient for notice in asked.select_related("recipient")} == staff
    plan_services.grant_waiver(place.pk, acting_user=dataset.user("serang"))
    assert not asked.exists()
    granted = Notice.objects.select_related("recipient").get(kind="waiver_granted")
    assert granted.recipient == dataset.people["dinsos"]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "waived", "decided_by": None}, "granted_by_someone"),
        ({"reason": ""}, "requested_with_reason"),
        ({"requested_by": None}, "requested_with_reason"),
        ({"decided_by": "dinsos"}, "decided_by_another"),
    ],
)
def test_the_database_keeps_the_rules_of_waivers(
    dataset: Dataset, values: dict[str, object], constraint: str
) -> None:
    place = requested(dataset)
    if values.get("decided_by"):
        values = {"decided_by": dataset.people["dinsos"]}
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        ActionVillage.objects.filter(pk=place.pk).update(**values)
