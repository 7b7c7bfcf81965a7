"""What was checked in one language reads in the language of whoever looks at it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from desabinaan.accounts.models import User
from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import Upload
from fgd.agencies.models import Agency
from fgd.participants.kind import DELEGATE_LISTS
from fgd.plan.kind import FOCAL_POINT_LISTS
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.agencies import focal_point_lists
from tests.dataset import Dataset
from tests.imports import lists as village_lists
from tests.participants import pasted_pages
from tests.people import account_lists
from tests.people_lists import send
from tests.sessions import sessions as scene
from tests.sessions.pasting import listed_after
from tests.vulnerability import figure_lists
from tests.vulnerability.villages import model_in_force
from villages.imports.kind import VILLAGE_LISTS
from villages.people import services as people_services
from villages.people.kind import ACCOUNT_LISTS
from villages.vulnerability.kind import FIGURE_LISTS
from villages.vulnerability.models import FigureImport

Browser = Callable[[str], Client]
LANGUAGES = ("id", "en")


def of_villages(dataset: Dataset, browser: Browser) -> Upload:
    content = (
        b"Kode;Tanggal SK;No HP;Penduduk\n"
        b"36.04.13.2007;45988;8,12346E+10;1200\n36.04.13.2007;03/14/2025;1;banyak\n"
    )
    user = dataset.user("kanwil")
    return village_lists.previewed_file(dataset.kanwil, user, content)


def of_figures(dataset: Dataset, browser: Browser) -> Upload:
    model_in_force(dataset.kanwil)
    lines = (
        "36.04.13.2007;45988;BPS;1,234;101;2,5;ya;kuat",
        "36.04.13.2007;2/10/1999;;seribu;1;1;entah;kuat",
    )
    figure_lists.preview(browser("kanwil"), *lines)
    return FigureImport.objects.latest("pk")


def of_accounts(dataset: Dataset, browser: Browser) -> Upload:
    User.objects.filter(username="official").update(phone="+62812999000")
    asked = account_lists.wanted(dataset, username="waiting", name="Lain", phone="")
    people_services.request_accounts([asked], acting_user=dataset.user("serang"))
    return account_lists.brought(
        browser("serang"),
        {"email": "bukan surel", "starts_on": "1/1/1999", "name": ""},
        {"role": "Auditor", "phone": "8,12346E+10", "letter_number": "1" * 101},
        {"name": "Dewi", "username": "tangerang", "phone": "0812 3456 7890"},
        {"name": "Dewi", "username": "dewi", "phone": "0812-3456-7890"},
        {"name": "Rina", "username": "waiting", "phone": ""},
        {"name": "Sari", "username": "sari", "phone": "0812-999-000"},
    )


def of_focal_points(dataset: Dataset, browser: Browser) -> Upload:
    listed = focal_point_lists.brought(
        browser("admin"),
        {"username": "admin", "phone": ""},
        {"agency": "", "phone": "12", "name": "Rina", "username": "rina"},
        {"name": "Dewi", "username": "dewi", "email": "dewi@contoh.id"},
        {"name": "Sari", "username": "sari", "email": "dewi@contoh.id", "phone": ""},
    )
    Agency.objects.filter(short_name__startswith="Dinsos").update(status="proposed")
    return listed


def of_delegates(dataset: Dataset, browser: Browser) -> Upload:
    text = "Nama\tJabatan\tInstansi\tHP\nRina\tStaf\tDinsos contoh\t123"
    session = scene.running(dataset)
    return pasted_pages.previewed(browser("serang"), session, text)


def of_rundowns(dataset: Dataset, browser: Browser) -> Upload:
    text = "25.00-26.00 Pembukaan; MC\n09.00 WITA-10.00 WITA Diskusi\n10.00 Doa"
    return listed_after(browser("serang"), scene.running(dataset), text)


LISTS: list[tuple[AnyKind, Callable[[Dataset, Browser], Upload], str]] = [
    (VILLAGE_LISTS, of_villages, "kanwil"),
    (FIGURE_LISTS, of_figures, "kanwil"),
    (ACCOUNT_LISTS, of_accounts, "serang"),
    (FOCAL_POINT_LISTS, of_focal_points, "admin"),
    (DELEGATE_LISTS, of_delegates, "serang"),
    (RUNDOWN_LISTS, of_rundowns, "serang"),
]


@pytest.mark.parametrize(
    ("kind", "brought", "who"), LISTS, ids=[one[1].__name__ for one in LISTS]
)
def test_a_list_reads_the_same_whoever_had_it_checked(
    dataset: Dataset, signed_in: Browser, kind: AnyKind, brought: Any, who: str
) -> None:
    listed = brought(dataset, signed_in)
    rows, user = list(listed.rows.all()), dataset.user(who)
    read: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for checked in LANGUAGES:
        with override(checked):
            found = kind.check(listed, rows, user)
        remarks = [[*one.problems, *one.notes] for one in found]
        stored = json.loads(json.dumps(remarks))
        for language in LANGUAGES:
            with override(language):
                sentences = [text for one in stored for text in kind.in_words(one)]
            read[language].add("\n".join(sentences))
    assert all(len(texts) == 1 for texts in read.values()), read
    lines = {language: set(text.pop().split("\n")) for language, text in read.items()}
    assert lines["id"] & lines["en"] == set()


def test_the_page_of_a_list_shows_the_sentences_of_fields_to_its_reader(
    dataset: Dataset, signed_in: Browser
) -> None:
    kanim = signed_in("serang")
    listed = account_lists.brought(kanim, {"phone": "123"})
    assert "bukan nomor telepon" in account_lists.shown(kanim, listed)
    User.objects.update(language="en")
    shown = account_lists.shown(kanim, listed)
    assert "is not a telephone number" in shown
    assert "bukan nomor telepon" not in shown


def test_why_a_list_was_not_saved_reads_in_both_languages(
    dataset: Dataset, signed_in: Browser
) -> None:
    kanim = signed_in("serang")
    listed = account_lists.brought(kanim, {})
    people_services.request_accounts(
        [account_lists.wanted(dataset)], acting_user=dataset.user("serang")
    )
    assert send(kanim, ACCOUNT_LISTS, listed).status == "failed"
    with override("en"):
        assert "line 2: Already requested" in listed.problem
    with override("id"):
        assert "baris 2: Sudah diminta" in listed.problem
