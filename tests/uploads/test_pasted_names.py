"""Lists pasted for one session within one minute have names of their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import Upload
from desabinaan.uploads.selectors.uploads import read_upload
from desabinaan.uploads.services import store_upload
from fgd.participants.kind import DELEGATE_LISTS
from fgd.sessions.models import Session
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.dataset import Dataset, build_dataset
from tests.races import at_once
from tests.sessions import sessions as scene

PASTED = [
    (DELEGATE_LISTS, "Nama\tJabatan\tInstansi\nRina\tStaf\tDinsos"),
    (RUNDOWN_LISTS, "09.00-09.30 Pembukaan; MC"),
]
each_kind = pytest.mark.parametrize(
    ("kind", "text"), PASTED, ids=["delegates", "rundown"]
)
Clock = Callable[[int], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock to so many seconds after a full minute."""
    minute = timezone.now().replace(second=0, microsecond=0)

    def set_to(seconds: int) -> None:
        moment = minute + timedelta(seconds=seconds)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


def stored(
    kind: AnyKind, session: Session, text: str, dataset: Dataset, filename: str = ""
) -> Upload:
    content = read_upload(kind, filename, text.encode(), is_pasted=not filename)
    upload: Any = kind.model(session=session)
    host = dataset.user("serang")
    listed: Upload = store_upload(kind, upload, content, acting_user=host)
    listed.refresh_from_db()
    return listed


@each_kind
def test_two_lists_pasted_in_one_minute_have_different_names(
    dataset: Dataset, clock: Clock, kind: AnyKind, text: str
) -> None:
    session = scene.running(dataset)
    names = []
    for seconds in (1, 30, 59, 60):
        clock(seconds)
        names.append(str(stored(kind, session, text, dataset)))
    first, second, third, later = names
    assert (second, third) == (f"{first} (2)", f"{first} (3)")
    assert not later.endswith(")")
    assert later != first


@each_kind
def test_a_list_pasted_for_another_session_needs_no_number(
    dataset: Dataset, clock: Clock, kind: AnyKind, text: str
) -> None:
    clock(1)
    for session in (scene.running(dataset), scene.running(dataset)):
        assert stored(kind, session, text, dataset).pasted_number == 1


def test_a_pasted_list_is_not_numbered_by_files(dataset: Dataset, clock: Clock) -> None:
    session, (kind, text) = scene.running(dataset), PASTED[0]
    clock(1)
    stored(kind, session, text.replace("\t", ";"), dataset, "peserta.csv")
    assert stored(kind, session, text, dataset).pasted_number == 1


def test_the_page_and_its_messages_name_the_second_list(
    dataset: Dataset, clock: Clock, signed_in: Callable[[str], Client]
) -> None:
    session, (kind, text) = scene.running(dataset), PASTED[1]
    clock(1)
    first, second = (stored(kind, session, text, dataset) for _time in range(2))
    browser = signed_in("serang")
    agenda = browser.get(kind.onward(second)[1]).content.decode()
    assert f">{first}<" in agenda.replace("\n", "")
    assert str(second) in agenda
    assert str(second) in browser.get(kind.url("detail", second.pk)).content.decode()
    row = kind.url("row", second.pk, second.rows.get().pk)
    assert str(second) in browser.get(row).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_lists_pasted_at_once_have_different_names(
    transactional_db: None, clock: Clock
) -> None:
    dataset = build_dataset()
    session, (kind, text) = scene.running(dataset), PASTED[0]
    clock(1)

    def paste() -> str:
        with transaction.atomic():
            return str(stored(kind, session, text, dataset))

    assert len(set(at_once(paste, paste, paste))) == 3
