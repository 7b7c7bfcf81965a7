"""Code, texts and pages use the words of the field, in both languages.

The lists are `tests/tools/banned_words.py` and `banned_words_id.py`; a failure names
the place and the word to write instead. A right use of a banned word is entered in
EXCEPTIONS there, with its reason.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.tools.banned_words import ENGLISH, NAMES, Word
from tests.tools.banned_words_id import INDONESIAN
from tests.tools.word_findings import (
    findings,
    idle_exceptions,
    in_english,
    in_indonesian,
    in_name,
)


def uses_of(word: Word) -> str:
    return "\n".join(str(finding) for finding in findings() if finding.word is word)


@pytest.mark.parametrize("word", NAMES, ids=str)
def test_no_name_uses(word: Word) -> None:
    assert uses_of(word) == ""


@pytest.mark.parametrize("word", ENGLISH, ids=str)
def test_no_english_text_uses(word: Word) -> None:
    assert uses_of(word) == ""


@pytest.mark.parametrize("word", INDONESIAN, ids=str)
def test_no_translation_uses(word: Word) -> None:
    assert uses_of(word) == ""


def test_every_exception_is_needed() -> None:
    assert idle_exceptions() == []


@pytest.mark.parametrize(
    "name",
    [
        "outstanding_reports",
        "stand_for",
        "household_count",
        "rounded",
        "round",
        "weight_of",
        "letter_number",
        "held_on",
        "handover",
        "where",
    ],
)
def test_right_names_pass(name: str) -> None:
    assert in_name(NAMES, name) == []


@pytest.mark.parametrize(
    "text",
    [
        "an outstanding report and its understanding",
        "RTL stands for rencana tindak lanjut",
        "households are rounded to whole numbers; round up at .5",
        "the handover names the successor and the weight per indicator",
        "broom, mushroom, wallet, tonnes and foreground",
        "the letter of assignment was handed over; it does not matter here",
    ],
)
def test_right_english_passes(text: str) -> None:
    assert in_english(ENGLISH, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Simpan nomor tanda terima.",
        "Bukti dukung sudah terbukti lengkap.",
        "Jika perlu, tulis alasannya dahulu.",
        "80% desa melapor; %(percent)s%% dari %(count)s desa.",
        "Setelah itu, kirim laporan.",
        "Penduduk, rumah tangga, dan 1 HP",
    ],
)
def test_right_indonesian_passes(text: str) -> None:
    assert in_indonesian(INDONESIAN, text) == []


@pytest.mark.parametrize("name", ["told", "GuardedDeed", "standing_of", "take_over"])
def test_banned_names_are_found(name: str) -> None:
    assert in_name(NAMES, name)


@pytest.mark.parametrize(
    "text", ["Who is told of it.", "Mend the row", "It stands here.", "left it out"]
)
def test_banned_english_is_found(text: str) -> None:
    assert in_english(ENGLISH, text)


@pytest.mark.parametrize(
    "text", ["Saringan aktif", "45 % desa", "Nomor bukti", "Sebelum itu instansi"]
)
def test_banned_indonesian_is_found(text: str) -> None:
    assert in_indonesian(INDONESIAN, text)


def test_a_percent_sign_follows_its_number_without_a_space() -> None:
    """EYD: "80%"; messages are held to it above, templates and code here."""
    files = [
        path
        for folder in ("templates", "desabinaan", "villages", "fgd", "reports")
        for pattern in ("*.html", "*.txt", "*.typ", "*.py")
        for path in (Path(settings.BASE_DIR) / folder).rglob(pattern)
    ]
    spaced = re.compile(r"\}\} %|\{\w+\} %")
    assert [str(path) for path in files if spaced.search(path.read_text())] == []
