"""An action is done in full or with a reason, and after a return with something new."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from fgd.plan import services as plan_services
from fgd.plan.models import Action, ActionEvent
from tests.dataset import Dataset
from tests.plan import reporting as telling
from tests.plan.reporting import answers, rows

Browser = Callable[[str], Client]
REASON = "Desa Muara ditunda ke tahun depan."


def done_url(action: Action) -> str:
    return f"/rencana-aksi/{action.pk}/selesai/"


def returned(dataset: Dataset, **fields: Any) -> Action:
    """Reported done by Dinsos and returned by Kanim Serang."""
    action = telling.ready(dataset, **fields)
    plan_services.report_done(
        action.pk, reason="Cukup.", acting_user=dataset.user("dinsos")
    )
    return plan_services.return_action(
        action.pk, reason="Foto kabur.", acting_user=dataset.user("serang")
    )


# --- 100 percent or a reason -------------------------------------------------


@pytest.mark.parametrize("percent", [0, 60, 99])
@pytest.mark.parametrize("name", ["dinsos", "serang"])
def test_done_below_100_percent_needs_a_reason(
    dataset: Dataset, signed_in: Browser, name: str, percent: int
) -> None:
    action, client = telling.ready(dataset, percent=percent), signed_in(name)
    before = rows(action)
    assert "reason" in client.get(done_url(action)).context["form"].fields
    for reason in ("", "   "):
        answer = client.post(done_url(action), {"reason": reason})
        assert answer.context["form"].errors["reason"]
        with pytest.raises(ValidationError):
            plan_services.report_done(
                action.pk, reason=reason, acting_user=dataset.user(name)
            )
    assert rows(action) == before
    assert client.post(done_url(action), {"reason": REASON}).status_code == 302
    action.refresh_from_db()
    assert (action.status, action.done_reason) == ("reported_done", REASON)
    assert action.percent == percent


def test_done_at_100_percent_asks_for_no_reason(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = telling.ready(dataset), signed_in("dinsos")
    assert not client.get(done_url(action)).context["form"].fields
    assert client.post(done_url(action), {"reason": "Apa saja."}).status_code == 302
    action.refresh_from_db()
    assert (action.status, action.done_reason) == ("reported_done", "")


def test_the_verifier_reads_the_reason_and_the_percentage_stays(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.ready(dataset, percent=60)
    plan_services.report_done(
        action.pk, reason=REASON, acting_user=dataset.user("dinsos")
    )
    client = signed_in("serang")
    for page in ("", "verifikasi/", "kembalikan/"):
        url = f"/rencana-aksi/{action.pk}/{page}"
        assert REASON in client.get(url).content.decode()
    plan_services.verify(action.pk, acting_user=dataset.user("serang"))
    action.refresh_from_db()
    assert (action.status, action.percent) == ("verified_done", 60)
    assert ActionEvent.objects.get(verb="report_done").note == REASON


# --- Something new after a return --------------------------------------------


def test_a_returned_action_is_not_reported_done_unchanged(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = returned(dataset), signed_in("dinsos")
    before = rows(action)
    assert client.get(done_url(action)).status_code == 302
    assert client.post(done_url(action)).context["form"].non_field_errors()
    with pytest.raises(ValidationError) as refusal:
        plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))
    assert refusal.value.code == "nothing_new"
    assert rows(action) == before
    page = client.get(f"/rencana-aksi/{action.pk}/")
    assert len(page.context["missing"]) == 1
    assert "Foto kabur." in page.content.decode()


@pytest.mark.parametrize("what", ["lapor", "bukti"])
def test_progress_or_evidence_after_the_return_is_something_new(
    dataset: Dataset, signed_in: Browser, what: str
) -> None:
    action, client = returned(dataset), signed_in("dinsos")
    file = telling.samples.upload("a.jpg", telling.samples.jpg())
    sent = {
        "lapor": answers(percent="100"),
        "bukti": {"title": "Foto baru", "file": file},
    }
    url = f"/rencana-aksi/{action.pk}/{what}/"
    assert client.post(url, sent[what]).status_code == 302
    action.refresh_from_db()
    assert action.return_reason == ""
    assert client.post(done_url(action)).status_code == 302
    action.refresh_from_db()
    assert action.status == "reported_done"


def test_neither_a_village_nor_less_evidence_is_something_new(
    dataset: Dataset,
) -> None:
    action = returned(dataset, evidence_count=2)
    place = action.action_villages.get()
    plan_services.mark_village_done(place.pk, acting_user=dataset.user("dinsos"))
    evidence = action.evidence.get()
    plan_services.withdraw_evidence(
        evidence.pk, reason="Salah.", acting_user=dataset.user("serang")
    )
    action.refresh_from_db()
    assert action.return_reason == "Foto kabur."


def test_each_return_asks_for_something_new(dataset: Dataset) -> None:
    action, dinsos = returned(dataset), dataset.user("dinsos")
    plan_services.add_evidence(action.pk, telling.evidence_file(), acting_user=dinsos)
    plan_services.report_done(action.pk, acting_user=dinsos)
    plan_services.return_action(
        action.pk, reason="Masih kabur.", acting_user=dataset.user("serang")
    )
    with pytest.raises(ValidationError):
        plan_services.report_done(action.pk, acting_user=dinsos)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"percent": 60}, "action_done_in_full_or_with_reason"),
        ({"return_reason": "Foto kabur."}, "action_done_after_something_new"),
    ],
)
def test_the_database_keeps_what_done_means(
    dataset: Dataset, values: dict[str, Any], constraint: str
) -> None:
    action = telling.action(dataset, status="verified_done")
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        Action.objects.filter(pk=action.pk).update(**values)
