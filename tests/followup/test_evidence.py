import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from reports.followup import actions
from reports.followup.models import Evidence
from tests.followup import telling
from tests.followup.telling import IN_SIGHT, OUT_OF_SIGHT, rows
from tests.lib import samples
from tests.world import World

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
Browser = Callable[[str], Client]
MAY_OPEN = {"kanwil", "serang", "pimpasa", "official", "dinsos", "polres"}
MAY_ADD = MAY_OPEN - {"kanwil"}
MAY_WITHDRAW = {"serang", "pimpasa"}


def sent(**fields: Any) -> dict[str, Any]:
    file = samples.upload("foto.jpg", samples.photo_with_gps())
    return {"title": "Balai desa", "file": file} | fields


@pytest.mark.parametrize("name", [*IN_SIGHT, *OUT_OF_SIGHT])
def test_evidence_is_added_opened_and_withdrawn_by_those_who_may(
    world: World, signed_in: Browser, name: str
) -> None:
    action = telling.action(world)
    piece = telling.evidence(world, action)
    before, client = rows(action), signed_in(name)
    refused = 403 if name in IN_SIGHT else 404
    opened = client.get(f"/rencana-aksi/bukti/{piece.pk}/")
    add_url = f"/rencana-aksi/{action.pk}/bukti/"
    withdraw_url = f"/rencana-aksi/bukti/{piece.pk}/tarik/"
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


def test_a_missing_and_a_foreign_piece_answer_alike(
    world: World, signed_in: Browser
) -> None:
    piece = telling.evidence(world, telling.action(world))
    client = signed_in("official_kronjo")
    pages = []
    for pk in (piece.pk, 999_999):
        answer = client.get(f"/rencana-aksi/bukti/{pk}/")
        assert answer.status_code == 404
        pages.append(TOKEN.sub("", answer.content.decode().replace(f"bukti/{pk}", "")))
    assert pages[0] == pages[1]


def test_an_auditor_reads_the_titles_and_finds_no_link(
    world: World, signed_in: Browser
) -> None:
    action = telling.action(world)
    piece = telling.evidence(world, action, title="Foto balai Lontar")
    page = signed_in("auditor").get(f"/rencana-aksi/{action.pk}/").content.decode()
    assert "Foto balai Lontar" in page
    assert f"/rencana-aksi/bukti/{piece.pk}/" not in page


def test_what_is_served_lost_its_place_and_bears_a_name_of_ours(
    world: World, signed_in: Browser
) -> None:
    action, client = telling.action(world), signed_in("dinsos")
    client.post(f"/rencana-aksi/{action.pk}/bukti/", sent())
    piece = Evidence.objects.get()
    answer = client.get(f"/rencana-aksi/bukti/{piece.pk}/")
    kept = b"".join(answer)
    assert samples.GPS_WORDS not in kept
    assert (
        f'filename="{action.reference}-bukti-{piece.pk}.jpg"'
        in (answer["Content-Disposition"])
    )
    assert "no-store" in answer["Cache-Control"]


def test_a_file_missing_on_the_disk_is_told_on_a_friendly_page(
    world: World, signed_in: Browser, uploads: Path
) -> None:
    action = telling.action(world)
    piece = telling.evidence(world, action)
    default_storage.delete(str(piece.file.name))
    answer = signed_in("dinsos").get(f"/rencana-aksi/bukti/{piece.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert piece.title in page
    assert f"/rencana-aksi/{action.pk}/" in page


@pytest.mark.parametrize("status", ["verified_done", "cancelled"])
def test_a_closed_action_takes_no_evidence(
    world: World, signed_in: Browser, status: str
) -> None:
    action = telling.action(world, status=status)
    before, client = rows(action), signed_in("serang")
    url = f"/rencana-aksi/{action.pk}/bukti/"
    assert client.get(url).status_code == 302
    assert client.post(url, sent()).status_code == 302
    assert rows(action) == before


# --- Withdrawing -------------------------------------------------------------


def test_withdrawn_evidence_counts_no_longer_and_is_opened_by_nobody(
    world: World, signed_in: Browser
) -> None:
    action, client = telling.action(world), signed_in("serang")
    client.post(f"/rencana-aksi/{action.pk}/bukti/", sent())
    piece = Evidence.objects.get()
    url = f"/rencana-aksi/bukti/{piece.pk}/"
    assert client.post(f"{url}tarik/", {"reason": "Salah desa."}).status_code == 302
    action.refresh_from_db()
    piece.refresh_from_db()
    assert (action.evidence_count, piece.withdrawn_reason) == (0, "Salah desa.")
    assert piece.withdrawn_by == world.people["serang"]
    assert client.get(url).status_code == 404
    assert default_storage.exists(str(piece.file.name))
    assert "Salah desa." in client.get(f"/rencana-aksi/{action.pk}/").content.decode()


def test_withdrawing_asks_for_a_reason(world: World, signed_in: Browser) -> None:
    action = telling.ready(world)
    before, piece = rows(action), Evidence.objects.get()
    url = f"/rencana-aksi/bukti/{piece.pk}/tarik/"
    answer = signed_in("serang").post(url, {"reason": "  "})
    assert answer.context["form"].errors["reason"]
    assert rows(action) == before


@pytest.mark.parametrize("status", ["reported_done", "verified_done", "cancelled"])
@pytest.mark.parametrize("count", [1, 2])
def test_nothing_is_withdrawn_once_the_action_is_reported_done(
    world: World, signed_in: Browser, status: str, count: int
) -> None:
    action = telling.action(world, status=status, evidence_count=count)
    before, piece = rows(action), Evidence.objects.get()
    url = f"/rencana-aksi/bukti/{piece.pk}/tarik/"
    answer = signed_in("serang").post(url, {"reason": "Salah."})
    assert answer.status_code in {200, 302}
    assert rows(action) == before


@pytest.mark.parametrize("name", ["kanwil", "dinsos", "official", "tangerang"])
def test_only_who_may_withdraws(world: World, name: str) -> None:
    action = telling.action(world)
    piece = telling.evidence(world, action)
    before = rows(action)
    with pytest.raises(PermissionDenied):
        actions.withdraw_evidence(
            piece.pk, reason="Salah.", acting_user=world.user(name)
        )
    assert rows(action) == before


# --- Files and rows agree ----------------------------------------------------


def test_a_full_disk_is_told_and_leaves_no_row(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = telling.action(world)
    before = rows(action)

    def full(*_args: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(ValidationError):
        actions.add_evidence(
            action.pk, telling.piece(), acting_user=world.user("serang")
        )
    assert rows(action) == before


def test_a_file_goes_when_its_row_is_refused(
    world: World, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = telling.action(world)
    before = rows(action)
    monkeypatch.setattr(Evidence, "_do_insert", _refuse)
    with pytest.raises(IntegrityError):
        actions.add_evidence(
            action.pk, telling.piece(), acting_user=world.user("serang")
        )
    assert rows(action) == before
    assert not list(uploads.rglob("*.jpg"))


def _refuse(*_args: Any, **_words: Any) -> None:
    raise IntegrityError


def test_a_large_photo_is_kept_small(world: World) -> None:
    action, photo = telling.action(world), samples.jpg(6000, 400)
    piece = actions.add_evidence(
        action.pk, telling.piece(content=photo), acting_user=world.user("serang")
    )
    with Image.open(piece.file) as image:
        assert image.size == (2400, 160)


# --- What the database holds -------------------------------------------------


def refused_by_the_database(deed: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        deed()


def test_the_database_keeps_the_rules_of_evidence(world: World) -> None:
    action = telling.action(world)
    piece = telling.evidence(world, action, sha256="a" * 64)
    refused_by_the_database(lambda: telling.evidence(world, action, sha256="a" * 64))
    refused_by_the_database(
        lambda: Evidence.objects.filter(pk=piece.pk).update(
            withdrawn_at=piece.uploaded_at
        )
    )


@pytest.mark.parametrize(
    "fields",
    [{"percent": 101}, {"agency": None}, {"village": "lontar"}],
    ids=["percent", "no party", "two parties"],
)
def test_the_database_keeps_the_rules_of_progress(
    world: World, fields: dict[str, Any]
) -> None:
    action = telling.action(world)
    told = actions.report_progress(
        action.pk,
        telling.progress(f"agency:{action.lead_agency_id}"),
        acting_user=world.user("dinsos"),
    )
    if "village" in fields:
        fields = {"village": world.villages["lontar"]}
    rows_of = type(told.update).objects.filter(pk=told.update.pk)
    refused_by_the_database(lambda: rows_of.update(**fields))


def test_the_database_keeps_the_rules_of_a_done_action(world: World) -> None:
    done = telling.action(world, status="verified_done")
    rows_of = type(done).objects.filter(pk=done.pk)
    for broken in (
        {"evidence_count": 0},
        {"villages_open": 1},
        {"reported_by": None},
        {"verified_by": None},
        {"verified_by": world.people["dinsos"]},
        {"percent": 101},
    ):
        refused_by_the_database(lambda broken=broken: rows_of.update(**broken))
