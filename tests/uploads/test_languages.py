"""What was checked in one language reads in the language of whoever looks at it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import get_language, gettext, override

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import Upload
from desabinaan.uploads.services import run_commit
from fgd.agencies.models import Agency
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import Delegate, DelegateList
from fgd.plan.kind import FOCAL_POINT_LISTS
from fgd.sessions.models import Session
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


# --- What services refuse while the rows are saved ----------------------------


def saved_by(kind: AnyKind, listed: Upload, user: User) -> Upload:
    """Save the list as the worker does: in Indonesian, whoever pressed the button."""
    Upload.objects.filter(pk=listed.pk).update(status="committing", problem_texts={})
    record_event(listed, "commit", user, from_status="previewed")
    with override("id"):
        run_commit(kind, listed.pk)
    return Upload.objects.get(pk=listed.pk)


@pytest.mark.parametrize("refusal", [IllegalTransition, ValidationError])
@pytest.mark.parametrize(
    ("kind", "brought", "who"), LISTS, ids=[one[1].__name__ for one in LISTS]
)
def test_what_a_service_refuses_reads_in_both_languages(
    dataset: Dataset,
    signed_in: Browser,
    monkeypatch: pytest.MonkeyPatch,
    kind: AnyKind,
    brought: Any,
    who: str,
    refusal: type[Exception],
) -> None:
    def write(*args: Any) -> Iterator[int]:
        yield 0
        raise refusal(gettext("There is no row to save."))

    monkeypatch.setattr(type(kind), "write", write)
    listed = brought(dataset, signed_in)
    listed = saved_by(kind, listed, dataset.user(who))
    assert listed.status == "failed"
    assert listed.problem_texts == {
        "id": "Tidak ada baris yang dapat disimpan.",
        "en": "There is no row to save.",
    }


@pytest.mark.parametrize(
    ("kind", "brought", "who"), LISTS[-2:], ids=["delegates", "rundown"]
)
def test_a_session_closed_meanwhile_is_named_in_both_languages(
    dataset: Dataset, signed_in: Browser, kind: AnyKind, brought: Any, who: str
) -> None:
    listed = brought(dataset, signed_in)
    Session.objects.filter(pk=listed.session_id).update(status="cancelled")
    texts = saved_by(kind, listed, dataset.user(who)).problem_texts
    assert "dibatalkan" in texts["id"]
    assert "cancelled" in texts["en"]


def test_what_is_written_only_to_hear_the_other_language_is_undone(
    dataset: Dataset, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(
        kind: AnyKind, listed: DelegateList, rows: Any, user: User
    ) -> Iterator[int]:
        Delegate.objects.create(
            session=listed.session, agency=dataset.agencies["dinsos"], name="Rina"
        )
        if get_language() == "id":
            raise ValidationError(gettext("There is no row to save."))
        yield 1

    monkeypatch.setattr(type(DELEGATE_LISTS), "write", write)
    listed = of_delegates(dataset, signed_in)
    saved = saved_by(DELEGATE_LISTS, listed, dataset.user("serang"))
    assert saved.status == "failed"
    assert saved.problem_texts["en"] == "Tidak ada baris yang dapat disimpan."
    assert not Delegate.objects.exists()
