"""The reason of a village that a list brought names the list, in each language."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from desabinaan.accounts.models import User
from desabinaan.uploads import services as uploads_services
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import NEW, row
from villages.imports.kind import VILLAGE_LISTS
from villages.register.models import Village

ADDRESS = f"/desa/{NEW[0]}/"
TEXTS = {
    "id": "Diimpor dari daftar “daftar.xlsx”.",
    "en": "Imported from the list “daftar.xlsx”.",
}


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


@pytest.fixture
def village(dataset: Dataset) -> Village:
    user = dataset.user("kanwil")
    listed = lists.previewed(dataset.kanwil, user, [row(code=NEW[0])])
    uploads_services.commit_upload(VILLAGE_LISTS, listed, acting_user=user)
    return Village.objects.get(region=NEW[0])


def profile(client: Any, language: str, ending: str = "") -> Any:
    User.objects.update(language=language)
    return client.get(f"{ADDRESS}{ending}")


@pytest.mark.parametrize("language", TEXTS)
def test_it_is_read_in_the_language_of_the_reader(
    village: Village, signed_in: Any, language: str
) -> None:
    client = signed_in("kanwil")
    page = profile(client, language, "profil/").content.decode()
    assert TEXTS[language] in page
    form = profile(client, language, "ubah/").context["form"]
    assert form["reason"].value() == TEXTS[language]


@pytest.mark.parametrize("language", TEXTS)
def test_it_stays_when_the_profile_is_saved_as_it_was_shown(
    village: Village, signed_in: Any, language: str
) -> None:
    client, stored = signed_in("kanwil"), village.reason
    profile(client, "id")
    sent = {"reason": TEXTS[language], "population": "77", "version": village.version}
    client.post(f"{ADDRESS}ubah/", sent)
    village.refresh_from_db()
    assert (village.reason, village.population) == (stored, 77)
    sent |= {"reason": "Banyak calo.", "version": village.version}
    client.post(f"{ADDRESS}ubah/", sent)
    village.refresh_from_db()
    assert village.reason == "Banyak calo."


@pytest.mark.parametrize("language", TEXTS)
def test_reasons_worded_before_are_kept_without_their_language(
    village: Village, language: str
) -> None:
    stored = village.reason
    step = import_module("villages.register.migrations.0009_reasons_of_lists")
    Village.objects.filter(pk=village.pk).update(reason=TEXTS[language])
    for sql, found in ((step.TO_LIST, stored), (step.TO_SENTENCE, TEXTS["id"])):
        with connection.cursor() as cursor:
            cursor.execute(sql)
        village.refresh_from_db()
        assert village.reason == found
