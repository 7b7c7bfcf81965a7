"""A returned action says so, with the reason, until something new is reported."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from fgd.plan import services as plan_services
from fgd.plan.models import Action
from fgd.plan.presenters.files import action_file
from fgd.plan.selectors.plan import actions_in_plan, list_values
from tests.dataset import Dataset
from tests.lib import samples
from tests.plan import reporting as telling
from tests.plan.reporting import answers

Browser = Callable[[str], Client]
REASON = "Foto panen kabur sekali."
LATER = timezone.localdate() + timedelta(days=30)


def returned(dataset: Dataset, **fields: object) -> Action:
    action = telling.ready(dataset, **({"due_on": LATER} | fields))
    plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))
    return plan_services.return_action(
        action.pk, reason=REASON, acting_user=dataset.user("serang")
    )


def pages(dataset: Dataset, action: Action) -> list[tuple[str, str]]:
    """Pages that show the state of the action: who opens them, and where."""
    village = dataset.villages["lontar"].code
    return [
        ("dinsos", "/rencana-aksi/"),
        ("serang", "/rencana-aksi/"),
        ("dinsos", "/"),
        ("official", f"/desa/{village}/"),
        ("dinsos", f"/rencana-aksi/{action.pk}/"),
    ]


@pytest.mark.parametrize("overdue", [False, True])
def test_lists_home_and_pages_show_the_return_and_its_reason(
    dataset: Dataset, signed_in: Browser, overdue: bool
) -> None:
    due = timezone.localdate() - timedelta(days=3) if overdue else LATER
    action = returned(dataset, due_on=due)
    for name, url in pages(dataset, action):
        page = signed_in(name).get(url).content.decode()
        assert "Dikembalikan</span>" in page, (name, url)
        assert REASON in page, (name, url)
    agreements = f"/fgd/{action.session_id}/kesepakatan/"
    found = signed_in("serang").get("/cari/", {"q": "Pelatihan"})
    for answer in (signed_in("serang").get(agreements), found):
        assert "Dikembalikan</span>" in answer.content.decode()


def test_the_return_is_no_longer_shown_once_something_new_is_reported(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = returned(dataset)
    sent = answers(percent="100")
    signed_in("dinsos").post(f"/rencana-aksi/{action.pk}/lapor/", sent)
    for name, url in pages(dataset, action)[:4]:
        page = signed_in(name).get(url).content.decode()
        assert REASON not in page, (name, url)


def test_the_timeline_keeps_the_return_and_its_reason(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = returned(dataset)
    telling.report_progress(dataset, action)
    months = signed_in("dinsos").get(f"/rencana-aksi/{action.pk}/").context["months"]
    notes = [entry.note for month in months for entry in month.entries]
    assert REASON in notes


def test_the_file_names_the_return_and_its_reason(dataset: Dataset) -> None:
    returned(dataset)
    running = telling.action(dataset, title="Lain")
    rows = {
        row["id"]: row for row in list_values(actions_in_plan(dataset.user("serang")))
    }
    with override("id"):
        columns = action_file().columns
        cells = {
            pk: [column.value(row) for column in columns] for pk, row in rows.items()
        }
    other = cells.pop(running.pk)
    [shown] = cells.values()
    assert "dikembalikan" in shown
    assert REASON in shown
    assert "dikembalikan" not in other


def test_returned_actions_are_found_by_their_state(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = returned(dataset)
    telling.action(dataset)
    for name in ("serang", "dinsos"):
        answer = signed_in(name).get("/rencana-aksi/", {"state": "returned"})
        assert [row["id"] for row in answer.context["rows"]] == [action.pk]


@pytest.mark.parametrize("name", ["polres", "official", "serang2"])
def test_only_the_lead_answers_a_return(dataset: Dataset, name: str) -> None:
    action, user = returned(dataset), dataset.user(name)
    lontar = dataset.villages["lontar"].pk
    file = telling.evidence_file()
    if name == "official":
        file = replace(file, village_id=lontar)
    plan_services.add_evidence(action.pk, file, acting_user=user)
    party = {
        "polres": f"agency:{dataset.agencies['polres'].pk}",
        "official": f"village:{lontar}",
    }.get(name)
    if party:
        part = telling.progress(party, percent=5)
        plan_services.report_progress(action.pk, part, acting_user=user)
    dinsos = dataset.user("dinsos")
    with pytest.raises(ValidationError):
        plan_services.report_done(action.pk, acting_user=dinsos)
    own = telling.evidence_file(content=samples.jpg(33, 21))
    plan_services.add_evidence(action.pk, own, acting_user=dinsos)
    plan_services.report_done(action.pk, acting_user=dinsos)


def test_a_village_without_files_reads_so(dataset: Dataset, signed_in: Browser) -> None:
    action = telling.ready(dataset)
    page = signed_in("official").get(f"/rencana-aksi/{action.pk}/").content.decode()
    assert "Belum ada bukti dukung untuk desa Anda." in page
    assert "Semua bukti dukung ditampilkan" not in page


def test_the_page_of_a_waiver_has_one_question(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    place = action.action_villages.get()
    plan_services.request_waiver(
        place.pk, reason="Banjir.", acting_user=dataset.user("dinsos")
    )
    url = f"/rencana-aksi/{action.pk}/desa/{place.village_id}/"
    page = signed_in("serang").get(f"{url}pengecualian/").content.decode()
    assert f'href="{url}' not in page
