"""What a saved list did, in words: counted in both languages, without zeros."""

from dataclasses import replace

import pytest
from django.utils import translation

from desabinaan.uploads.presenters.results import result_in_words
from desabinaan.uploads.selectors.uploads import RowCounts

NONE = RowCounts(
    total=0, ready=0, known=0, doubtful=0, skipped=0, added=0, changed=0, unchanged=0
)


@pytest.mark.parametrize(
    ("counts", "indonesian", "english"),
    [
        ({"changed": 1}, "1 baris diubah.", "1 row changed."),
        ({"added": 2}, "2 baris ditambahkan.", "2 rows added."),
        (
            {"added": 1, "known": 1, "unchanged": 2},
            "1 baris ditambahkan, 3 baris sudah ada.",
            "1 row added, 3 rows already there.",
        ),
        (
            {"added": 3, "changed": 2, "known": 1, "skipped": 1},
            "3 baris ditambahkan, 2 baris diubah, 1 baris sudah ada, 1 baris dilewati.",
            "3 rows added, 2 rows changed, 1 row already there, 1 row skipped.",
        ),
        ({}, "Tidak ada baris yang disimpan.", "No row was saved."),
    ],
)
def test_only_what_happened_is_named(
    counts: dict[str, int], indonesian: str, english: str
) -> None:
    assert result_in_words(replace(NONE, **counts)) == indonesian
    with translation.override("en"):
        assert result_in_words(replace(NONE, **counts)) == english
