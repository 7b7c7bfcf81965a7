"""Why a form is not saved is shown first on its page, not below the record it is about.

Without JavaScript nothing scrolls to it, and on a telephone a record is long.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from fgd.plan import services as plan_services
from fgd.plan.models import ActionVillage
from reports.monthly.models import ReportSlot
from tests.dataset import Dataset
from tests.monthly.months import make_slot, send
from tests.plan import reporting as telling

Browser = Callable[[str], Client]
SUMMARIES = ("components/error_summary.html", "components/refusal.html")
#: small pages without a record, which are no layouts/page.html
PLAIN = {"layouts/plain.html", "outreach/test_code.html"}


def sent(dataset: Dataset) -> ReportSlot:
    slot = make_slot(dataset.villages["lontar"])
    send(slot, dataset.user("official"))
    return slot


def address_of_return(dataset: Dataset) -> str:
    slot = sent(dataset)
    return reverse("monthly:report_return", args=[slot.village.code, slot.month])


def requested(dataset: Dataset) -> ActionVillage:
    place = telling.action(dataset, evidence_count=1).action_villages.get()
    lead = dataset.user("dinsos")
    return plan_services.request_waiver(place.pk, reason="Banjir.", acting_user=lead)


def address_of_cancelling(dataset: Dataset) -> str:
    return reverse("plan:action_cancel", args=[requested(dataset).action_id])


def address_of_waiver(dataset: Dataset) -> str:
    place = requested(dataset)
    return f"/rencana-aksi/{place.action_id}/desa/{place.village_id}/pengecualian/"


@pytest.mark.parametrize(
    "address", [address_of_return, address_of_cancelling, address_of_waiver]
)
def test_what_is_new_is_shown_before_the_record(
    dataset: Dataset, signed_in: Browser, address: Callable[[Dataset], str]
) -> None:
    values = {"reason": "Salah.", "decision": "grant", "seen": 0, "version": 0}
    page = signed_in("serang").post(address(dataset), values).content.decode()
    start = page.index("</h1>")
    between = page[start : page.index('class="error-summary"')]
    assert "<h2" not in between
    assert "<dl" not in between
    assert 'class="content"' not in between


def test_every_page_with_a_record_has_its_summary_below_the_heading() -> None:
    elsewhere = {
        name
        for path in Path("templates").rglob("*.html")
        if not (name := str(path.relative_to("templates"))).startswith("components/")
        for summary in SUMMARIES
        if f'include "{summary}"' in (text := path.read_text())
        and f'{{% block refusal %}}{{% include "{summary}" with form=form' not in text
    }
    assert elsewhere == PLAIN
