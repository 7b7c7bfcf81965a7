"""A sealed file opens only whole, in order and with its key."""

import hashlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desabinaan.lib.archives import ArchiveBroken, ArchiveWriter, contents
from desabinaan.lib.sealed_files import (
    CHUNK,
    HEADER_LENGTH,
    TAG,
    Sealer,
    SealRefused,
    key_from,
    opened,
)

KEY = bytes(range(32))
CONTENT = hashlib.shake_128(b"isi").digest(3 * CHUNK + 1000)
WHOLE = CHUNK + TAG


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    out = BytesIO()
    sealer = Sealer(out, key)
    for start in range(0, len(content), 300_000):
        sealer.write(content[start : start + 300_000])
    sealer.finish()
    return out.getvalue()


def unsealed(file: bytes, key: bytes = KEY) -> bytes:
    return b"".join(opened(BytesIO(file), key))


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_what_was_sealed_comes_back(length):
    assert unsealed(sealed(CONTENT[:length])) == CONTENT[:length]


def test_the_same_content_is_never_sealed_alike():
    assert sealed(b"sama") != sealed(b"sama")
    assert b"sama" not in sealed(b"sama" * 100)


@pytest.mark.parametrize("number", range(20))
def test_one_flipped_bit_anywhere_is_refused(number):
    file = bytearray(sealed(CONTENT))
    file[number * len(file) // 20 + number] ^= 1 << number % 8
    with pytest.raises(SealRefused):
        unsealed(bytes(file))


@pytest.mark.parametrize(
    "length",
    [0, 5, HEADER_LENGTH - 1, HEADER_LENGTH, HEADER_LENGTH + 7]
    + [HEADER_LENGTH + chunks * WHOLE for chunks in (1, 2, 3)]
    + [HEADER_LENGTH + WHOLE - 1, HEADER_LENGTH + 3 * WHOLE + 1000 + TAG - 1],
)
def test_a_file_that_was_cut_off_is_refused(length):
    with pytest.raises(SealRefused):
        unsealed(sealed(CONTENT)[:length])


def test_chunks_that_changed_places_are_refused():
    file = sealed(CONTENT)
    head, body = file[:HEADER_LENGTH], file[HEADER_LENGTH:]
    first, second, rest = body[:WHOLE], body[WHOLE : 2 * WHOLE], body[2 * WHOLE :]
    for order in (second + first + rest, first + first + rest, first + rest):
        with pytest.raises(SealRefused):
            unsealed(head + order)


def test_chunks_of_another_file_and_what_is_added_are_refused():
    one, other = sealed(CONTENT), sealed(CONTENT)
    for file in (one[:HEADER_LENGTH] + other[HEADER_LENGTH:], one + b"x", one + other):
        with pytest.raises(SealRefused):
            unsealed(file)


def test_another_key_and_another_format_are_told_apart():
    with pytest.raises(SealRefused, match="another key"):
        unsealed(sealed(b"isi"), bytes(32))
    file = bytearray(sealed(b"isi"))
    file[HEADER_LENGTH - 25] = 2
    with pytest.raises(SealRefused, match="another version"):
        unsealed(bytes(file))
    with pytest.raises(SealRefused, match="no backup"):
        unsealed(b"%PDF-1.7" * 20)


@pytest.mark.parametrize("words", ["", "kunci", "A" * 42, "A" * 44, "é" * 43])
def test_a_key_that_is_none_is_told(words):
    with pytest.raises(SealRefused, match="43 signs"):
        key_from(words)


def test_a_key_is_read_with_the_line_end_of_its_file():
    assert key_from("A" * 43 + "\n") == bytes(32)


# --- Archives ----------------------------------------------------------------


def archived(entries: dict[str, bytes]) -> bytes:
    out = BytesIO()
    writer = ArchiveWriter(out)
    for name, content in entries.items():
        writer.add(name, [content[:3], content[3:]])
    writer.finish()
    return out.getvalue()


@given(some.dictionaries(some.text(max_size=9), some.binary(max_size=40), max_size=5))
def test_contents_come_back_under_their_names(entries):
    pieces = [archived(entries)[at : at + 7] for at in range(0, 4000, 7)]
    read = {name: b"".join(content) for name, content in contents(pieces)}
    assert read == entries


def test_what_is_not_read_is_passed_over():
    assert [name for name, _pieces in contents([archived({"a": b"1" * 9, "b": b""})])]


def test_an_archive_cut_anywhere_or_with_more_behind_it_is_refused():
    whole = archived({"a": b"12345", "b": b"6"})
    for file in [whole[:length] for length in range(len(whole))] + [whole + b"x"]:
        with pytest.raises(ArchiveBroken):
            list(contents([file]))


def test_a_content_that_is_not_what_it_was_is_refused():
    changed = archived({"a": b"12345"}).replace(b"45", b"46")
    with pytest.raises(ArchiveBroken):
        list(contents([changed]))
