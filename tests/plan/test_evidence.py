import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from fgd.plan import services as plan_services
from fgd.plan.models import Evidence
from tests.dataset import Dataset
from tests.lib import samples
from tests.plan import reporting as telling
from tests.plan.reporting import HIDDEN_ACTIONS, VISIBLE_ACTIONS, rows

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
Browser = Callable[[str], Client]
MAY_OPEN = {"kanwil", "serang", "pimpasa", "official", "dinsos", "polres"}
MAY_ADD = MAY_OPEN - {"kanwil"}
MAY_WITHDRAW = {"serang", "pimpasa"}


def sent(**fields: Any) -> dict[str, Any]:
    file = samples.upload("foto.jpg", samples.photo_with_gps())
    return {"title": "Balai desa", "file": file} | fields


@pytest.mark.parametrize("name", [*VISIBLE_ACTIONS, *HIDDEN_ACTIONS])
def test_evidence_is_added_opened_and_withdrawn_by_those_who_may(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    action = telling.action(dataset)
    evidence = telling.evidence(dataset, action, village=dataset.villages["lontar"])
    before, client = rows(action), signed_in(name)
    refused = 403 if name in VISIBLE_ACTIONS else 404
    opened = client.get(f"/rencana-aksi/bukti/{evidence.pk}/")
    add_url = f"/rencana-aksi/{action.pk}/bukti/"
    withdraw_url = f"/rencana-aksi/bukti/{evidence.pk}/tarik/"
    assert opened.status_code == (200 if name in MAY_OPEN else refused)
    if name not in MAY_WITHDRAW:
        assert client.get(withdraw_url).status_code == refused
        assert client.post(withdraw_url, {"reason": "Salah."}).status_code == refused
    if name not in MAY_ADD:
        assert client.get(add_url).status_code == refused
        assert client.post(add_url, sent()).status_code == refused
        assert (b"JFIF" in b"".join(opened)) is (name in MAY_OPEN)
        assert rows(action) == before
    else:
        assert client.post(add_url, sent()).status_code == 302
        action.refresh_from_db()
        assert action.evidence_count == 1


def test_missing_and_foreign_evidence_are_both_404(
    dataset: Dataset, signed_in: Browser
) -> None:
    evidence = telling.evidence(dataset, telling.action(dataset))
    client = signed_in("official_kronjo")
    pages = []
    for pk in (evidence.pk, 999_999):
        answer = client.get(f"/rencana-aksi/bukti/{pk}/")
        assert answer.status_code == 404
        pages.append(TOKEN.sub("", answer.content.decode().replace(f"bukti/{pk}", "")))
    assert pages[0] == pages[1]


def test_an_auditor_reads_the_titles_and_finds_no_link(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset)
    evidence = telling.evidence(dataset, action, title="Foto balai Lontar")
    page = signed_in("auditor").get(f"/rencana-aksi/{action.pk}/").content.decode()
    assert "Foto balai Lontar" in page
    assert f"/rencana-aksi/bukti/{evidence.pk}/" not in page


def test_what_is_served_lost_its_place_and_bears_a_name_of_ours(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = telling.action(dataset), signed_in("dinsos")
    client.post(f"/rencana-aksi/{action.pk}/bukti/", sent())
    evidence = Evidence.objects.get()
    answer = client.get(f"/rencana-aksi/bukti/{evidence.pk}/")
    kept = b"".join(answer)
    assert samples.GPS_WORDS not in kept
    assert (
        f'filename="{action.reference}-bukti-{evidence.pk}.jpg"'
        in (answer["Content-Disposition"])
    )
    assert "no-store" in answer["Cache-Control"]


def test_a_file_missing_on_the_disk_has_a_page_of_its_own(
    dataset: Dataset, signed_in: Browser, uploads: Path
) -> None:
    action = telling.action(dataset)
    evidence = telling.evidence(dataset, action)
    default_storage.delete(str(evidence.file.name))
    answer = signed_in("dinsos").get(f"/rencana-aksi/bukti/{evidence.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert evidence.title in page
    assert f"/rencana-aksi/{action.pk}/" in page


@pytest.mark.parametrize("status", ["verified_done", "cancelled"])
def test_a_closed_action_takes_no_evidence(
    dataset: Dataset, signed_in: Browser, status: str
) -> None:
    action = telling.action(dataset, status=status)
    before, client = rows(action), signed_in("serang")
    url = f"/rencana-aksi/{action.pk}/bukti/"
    assert client.get(url).status_code == 302
    assert client.post(url, sent()).status_code == 409
    assert rows(action) == before


# --- Of a village ------------------------------------------------------------


def test_a_village_reads_its_own_evidence_and_what_is_filed_for_it(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, villages=("lontar", "kronjo"), evidence_count=0)
    of = {name: dataset.villages[name] for name in ("lontar", "kronjo")}
    filed = telling.evidence(dataset, action, title="Foto Lontar", village=of["lontar"])
    others = [
        telling.evidence(dataset, action, title="Foto Kronjo", village=of["kronjo"]),
        telling.evidence(dataset, action, title="Rekap semua desa"),
    ]
    client = signed_in("official")
    page = client.get(f"/rencana-aksi/{action.pk}/").content.decode()
    assert "Foto Lontar" in page
    assert "Semua bukti dukung" not in page
    assert client.get(f"/rencana-aksi/bukti/{filed.pk}/").status_code == 200
    for evidence in others:
        assert evidence.title not in page
        assert client.get(f"/rencana-aksi/bukti/{evidence.pk}/").status_code == 404
    for name in ("dinsos", "polres", "serang", "kanwil", "pimpasa", "tangerang"):
        for evidence in (filed, *others):
            url = f"/rencana-aksi/bukti/{evidence.pk}/"
            assert signed_in(name).get(url).status_code == 200, name


def test_a_village_reads_no_evidence_of_an_action_that_it_does_not_see(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, villages=("kronjo",), evidence_count=0)
    village = dataset.villages["lontar"]
    filed = telling.evidence(dataset, action, title="Foto", village=village)
    url = f"/rencana-aksi/bukti/{filed.pk}/"
    assert signed_in("serang").get(url).status_code == 200
    assert signed_in("official").get(url).status_code == 404


def test_what_a_village_sends_is_filed_for_it(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, villages=("lontar", "kronjo"))
    client, kronjo = signed_in("official"), dataset.villages["kronjo"].pk
    url = f"/rencana-aksi/{action.pk}/bukti/"
    assert client.post(url, sent(village=kronjo)).status_code == 200
    assert not Evidence.objects.exists()
    client.post(url, sent())
    file = samples.upload("b.jpg", samples.jpg())
    client.post(f"/rencana-aksi/{action.pk}/lapor/", telling.answers(file=file))
    villages = {one.village for one in Evidence.objects.select_related("village")}
    assert villages == {dataset.villages["lontar"]}
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize("village", ["kronjo", None])
def test_an_official_files_for_the_own_village_only(
    dataset: Dataset, village: str | None
) -> None:
    action = telling.action(dataset, villages=("lontar", "kronjo"))
    before = rows(action)
    file = replace(
        telling.evidence_file(),
        village_id=dataset.villages[village].pk if village else None,
    )
    with pytest.raises(PermissionDenied):
        plan_services.add_evidence(
            action.pk, file, acting_user=dataset.user("official")
        )
    assert rows(action) == before


def test_agencies_and_staff_file_for_a_village_or_the_whole_action(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = telling.action(dataset, villages=("lontar",))
    url, client = f"/rencana-aksi/{action.pk}/bukti/", signed_in("dinsos")
    far = dataset.villages["kronjo"].pk
    assert client.post(url, sent(village=far)).context["form"].errors["village"]
    lontar = dataset.villages["lontar"]
    assert client.post(url, sent(village=lontar.pk)).status_code == 302
    assert Evidence.objects.get().village == lontar
    file = samples.upload("b.jpg", samples.jpg())
    assert client.post(url, sent(file=file)).status_code == 302
    assert Evidence.objects.filter(village=None).count() == 1


# --- Withdrawing -------------------------------------------------------------


def test_withdrawn_evidence_counts_no_longer_and_is_opened_by_nobody(
    dataset: Dataset, signed_in: Browser
) -> None:
    action, client = telling.action(dataset), signed_in("serang")
    client.post(f"/rencana-aksi/{action.pk}/bukti/", sent())
    evidence = Evidence.objects.get()
    url = f"/rencana-aksi/bukti/{evidence.pk}/"
    assert client.post(f"{url}tarik/", {"reason": "Salah desa."}).status_code == 302
    action.refresh_from_db()
    evidence.refresh_from_db()
    assert (action.evidence_count, evidence.withdrawn_reason) == (0, "Salah desa.")
    assert evidence.withdrawn_by == dataset.people["serang"]
    assert client.get(url).status_code == 404
    assert default_storage.exists(str(evidence.file.name))
    assert "Salah desa." in client.get(f"/rencana-aksi/{action.pk}/").content.decode()


def test_withdrawing_asks_for_a_reason(dataset: Dataset, signed_in: Browser) -> None:
    action = telling.ready(dataset)
    before, evidence = rows(action), Evidence.objects.get()
    url = f"/rencana-aksi/bukti/{evidence.pk}/tarik/"
    answer = signed_in("serang").post(url, {"reason": "  "})
    assert answer.context["form"].errors["reason"]
    assert rows(action) == before


@pytest.mark.parametrize("status", ["reported_done", "verified_done", "cancelled"])
@pytest.mark.parametrize("count", [1, 2])
def test_nothing_is_withdrawn_once_the_action_is_reported_done(
    dataset: Dataset, signed_in: Browser, status: str, count: int
) -> None:
    action = telling.action(dataset, status=status, evidence_count=count)
    before, evidence = rows(action), Evidence.objects.get()
    url = f"/rencana-aksi/bukti/{evidence.pk}/tarik/"
    answer = signed_in("serang").post(url, {"reason": "Salah."})
    assert answer.status_code in {200, 302}
    assert rows(action) == before


@pytest.mark.parametrize("name", ["kanwil", "dinsos", "official", "tangerang"])
def test_only_who_may_withdraws(dataset: Dataset, name: str) -> None:
    action = telling.action(dataset)
    evidence = telling.evidence(dataset, action)
    before = rows(action)
    with pytest.raises(PermissionDenied):
        plan_services.withdraw_evidence(
            evidence.pk, reason="Salah.", acting_user=dataset.user(name)
        )
    assert rows(action) == before


# --- Files and rows agree ----------------------------------------------------


def test_a_full_disk_is_reported_and_leaves_no_row(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = telling.action(dataset)
    before = rows(action)

    def full(*_args: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(ValidationError):
        plan_services.add_evidence(
            action.pk, telling.evidence_file(), acting_user=dataset.user("serang")
        )
    assert rows(action) == before


def test_a_file_goes_when_its_row_is_refused(
    dataset: Dataset, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = telling.action(dataset)
    before = rows(action)
    monkeypatch.setattr(Evidence, "_do_insert", _refuse)
    with pytest.raises(IntegrityError):
        plan_services.add_evidence(
            action.pk, telling.evidence_file(), acting_user=dataset.user("serang")
        )
    assert rows(action) == before
    assert not list(uploads.rglob("*.jpg"))


def _refuse(*_args: Any, **_words: Any) -> None:
    raise IntegrityError


def test_a_large_photo_is_kept_small(dataset: Dataset) -> None:
    action, photo = telling.action(dataset), samples.jpg(6000, 400)
    evidence = plan_services.add_evidence(
        action.pk,
        telling.evidence_file(content=photo),
        acting_user=dataset.user("serang"),
    )
    with Image.open(evidence.file) as image:
        assert image.size == (2400, 160)


# --- What the database holds -------------------------------------------------


def refused_by_the_database(operation: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        operation()


def test_the_database_keeps_the_rules_of_evidence(dataset: Dataset) -> None:
    action = telling.action(dataset)
    evidence = telling.evidence(dataset, action, sha256="a" * 64)
    refused_by_the_database(lambda: telling.evidence(dataset, action, sha256="a" * 64))
    refused_by_the_database(
        lambda: Evidence.objects.filter(pk=evidence.pk).update(
            withdrawn_at=evidence.uploaded_at
        )
    )


@pytest.mark.parametrize(
    "fields",
    [{"percent": 101}, {"agency": None}, {"village": "lontar"}],
    ids=["percent", "no party", "two parties"],
)
def test_the_database_keeps_the_rules_of_progress(
    dataset: Dataset, fields: dict[str, Any]
) -> None:
    action = telling.action(dataset)
    update = plan_services.report_progress(
        action.pk,
        telling.progress(f"agency:{action.lead_agency_id}"),
        acting_user=dataset.user("dinsos"),
    )
    if "village" in fields:
        fields = {"village": dataset.villages["lontar"]}
    rows_of = type(update).objects.filter(pk=update.pk)
    refused_by_the_database(lambda: rows_of.update(**fields))


def test_the_database_keeps_the_rules_of_a_done_action(dataset: Dataset) -> None:
    done = telling.action(dataset, status="verified_done")
    rows_of = type(done).objects.filter(pk=done.pk)
    for broken in (
        {"evidence_count": 0},
        {"villages_open": 1},
        {"reported_by": None},
        {"verified_by": None},
        {"verified_by": dataset.people["dinsos"]},
        {"percent": 101},
    ):
        refused_by_the_database(lambda broken=broken: rows_of.update(**broken))
