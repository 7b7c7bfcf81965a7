"""The button that saves, pressed by several at the same moment."""

from collections import Counter
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.models import Upload
from desabinaan.uploads.services import commit
from tests.imports import lists
from tests.imports.lists import NEW, listed, row
from tests.races import at_once
from villages.imports.kind import VILLAGE_LISTS
from villages.register.models import Village

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_sendings_at_once_save_the_list_once() -> None:
    dataset = lists.banten()
    found = listed(dataset, *(row(code=code) for code in NEW))
    before = Village.objects.count()
    send = partial(
        uploads_services.commit_upload,
        VILLAGE_LISTS,
        found,
        acting_user=dataset.user("kanwil"),
    )
    answers = Counter(type(answer) for answer in at_once(*[send] * 10))
    assert answers == {bool: 1, uploads_services.AlreadyDone: 9}
    found.refresh_from_db()
    assert found.status == "committed"
    assert Village.objects.count() == before + len(NEW)


def test_a_list_that_somebody_holds_for_a_moment_is_saved_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As a second click does, which looks at the list and is refused."""
    dataset = lists.banten()
    found = listed(dataset, row(code=NEW[0]))
    locked, saves = Event(), commit.run_commit

    def look() -> None:
        with transaction.atomic():
            Upload.objects.select_for_update().get(pk=found.pk)
            locked.set()
            Event().wait(0.3)
        connection.close()

    def save_meanwhile(*which: Any) -> None:
        other = Thread(target=look)
        other.start()
        locked.wait()
        saves(*which)
        other.join()

    monkeypatch.setattr(commit, "run_commit", save_meanwhile)
    uploads_services.commit_upload(
        VILLAGE_LISTS, found, acting_user=dataset.user("kanwil")
    )
    found.refresh_from_db()
    assert found.status == "committed"
