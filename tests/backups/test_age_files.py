"""A file encrypted with age opens only whole, in order and with one of its keys."""

import errno
import hashlib
from io import BytesIO

import pyrage
import pytest
from pyrage.x25519 import Identity

from desabinaan.backups.age_files import (
    AgeProblem,
    decrypted,
    encrypted,
    identities_from,
    recipients_from,
)

IDENTITY = Identity.generate()
OTHER = Identity.generate()
#: age cuts its content into chunks of 64 KiB, each with a tag of 16 bytes
CHUNK = 64 * 1024
LOCKED = CHUNK + 16
CONTENT = hashlib.shake_128(b"isi").digest(3 * CHUNK + 1000)


def lock(content: bytes, *identities: Identity) -> bytes:
    target = BytesIO()
    recipients = [one.to_public() for one in identities or (IDENTITY,)]
    with encrypted(target, recipients) as stream:
        for start in range(0, len(content), 30_000):
            stream.write(content[start : start + 30_000])
    return target.getvalue()


def opened(file: bytes, identity: Identity = IDENTITY) -> bytes:
    with decrypted(BytesIO(file), [identity]) as stream:
        return stream.read()


def header_length(file: bytes) -> int:
    """The header ends with a line of its own, which begins with three dashes."""
    return file.index(b"\n", file.index(b"\n---") + 1) + 1


SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, len(CONTENT)]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_was(size):
    assert opened(lock(CONTENT[:size])) == CONTENT[:size]


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_alone_opens_what_is_written_and_is_opened(size):
    assert pyrage.decrypt(lock(CONTENT[:size]), [IDENTITY]) == CONTENT[:size]
    written = pyrage.encrypt(CONTENT[:size], [IDENTITY.to_public()])
    assert opened(written) == CONTENT[:size]


def test_the_same_content_never_looks_the_same():
    assert lock(b"sama") != lock(b"sama")
    assert b"sama" not in lock(b"sama" * 100)


def test_each_of_several_keys_opens_the_file_and_another_does_not():
    file = lock(b"isi", IDENTITY, OTHER)
    assert opened(file) == opened(file, OTHER) == b"isi"
    with pytest.raises(AgeProblem, match="another key"):
        opened(file, Identity.generate())


@pytest.mark.parametrize("size", [0, 3, len(CONTENT)])
def test_another_key_opens_nothing(size):
    with pytest.raises(AgeProblem, match="another key"):
        opened(lock(CONTENT[:size]), OTHER)


@pytest.mark.parametrize("number", range(20))
def test_one_flipped_bit_anywhere_is_refused(number):
    file = bytearray(lock(CONTENT))
    file[number * len(file) // 20 + number] ^= 1 << number % 8
    with pytest.raises(AgeProblem):
        opened(bytes(file))


def test_one_flipped_bit_in_any_byte_of_a_small_file_is_refused():
    whole = lock(b"isi")
    for position in range(len(whole)):
        file = bytearray(whole)
        file[position] ^= 1 << position % 8
        with pytest.raises(AgeProblem):
            opened(bytes(file))


def test_a_file_cut_off_anywhere_is_refused():
    file = lock(CONTENT)
    start = header_length(file) + 16
    ends = [start + chunks * LOCKED + extra for chunks in range(4) for extra in (0, 9)]
    for end in [*range(start), *ends, len(file) - 1]:
        with pytest.raises(AgeProblem):
            opened(file[:end])


def test_chunks_in_another_order_or_missing_are_refused():
    file = lock(CONTENT)
    start = header_length(file) + 16
    head, body = file[:start], file[start:]
    first, second, rest = body[:LOCKED], body[LOCKED : 2 * LOCKED], body[2 * LOCKED :]
    for order in (second + first + rest, first + first + rest, first + rest):
        with pytest.raises(AgeProblem, match="damaged or was cut off"):
            opened(head + order)


def test_chunks_of_another_file_and_additions_are_refused():
    one, other = lock(CONTENT), lock(CONTENT)
    at = header_length(one)
    mixed = one[:at] + other[header_length(other) :]
    for file in (mixed, one + b"x", one + other):
        with pytest.raises(AgeProblem, match="damaged or was cut off"):
            opened(file)


@pytest.mark.parametrize("file", [b"", b"age", b"%PDF-1.7" * 20, b"PK\x03\x04" * 99])
def test_other_files_are_named_as_such(file):
    with pytest.raises(AgeProblem, match="no backup"):
        opened(file)


# --- Keys --------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    ["", "kunci", "age1abc", str(IDENTITY), str(OTHER.to_public())[:-1], "é"],
    ids=["empty", "word", "short", "private", "cut off", "accent"],
)
def test_what_is_no_public_key_is_refused_and_never_shown(key):
    with pytest.raises(AgeProblem, match="key 2 is not a public key") as problem:
        recipients_from([str(IDENTITY.to_public()), key])
    assert not key or key not in str(problem.value)


def test_public_keys_may_have_spaces_around_them():
    key = str(IDENTITY.to_public())
    assert [str(one) for one in recipients_from([f" {key}", f"{key}\n"])] == [key, key]


@pytest.mark.parametrize(
    "text",
    ["", "# only a comment\n", "kunci", "é", str(IDENTITY.to_public())],
    ids=["empty", "comment", "word", "accent", "public"],
)
def test_a_file_without_a_private_key_is_refused(text):
    with pytest.raises(AgeProblem, match="no private key"):
        identities_from(text)


def test_a_private_key_is_read_as_age_keygen_writes_it():
    text = f"# created: 2026-11-25\n# public key: age1...\n\n{IDENTITY}\n{OTHER}\n"
    assert [str(one) for one in identities_from(text)] == [str(IDENTITY), str(OTHER)]


# --- Streams -----------------------------------------------------------------


def test_writing_passes_on_small_chunks_while_it_goes_on():
    class Measured(BytesIO):
        total = longest = 0

        def write(self, content):
            self.longest = max(self.longest, len(content))
            self.total += len(content)
            return len(content)

    target = Measured()
    with encrypted(target, [IDENTITY.to_public()]) as stream:
        for _megabyte in range(64):
            stream.write(bytes(1024 * 1024))
        stream.flush()
        assert target.total > 63 * 1024 * 1024
    assert target.longest <= 2 * LOCKED


def test_reading_takes_small_chunks_and_no_more_than_requested():
    class Counted(BytesIO):
        sizes: set[int] = set()

        def read(self, size=-1):
            self.sizes.add(size)
            return super().read(size)

    source = Counted(lock(bytes(16 * 1024 * 1024)))
    with decrypted(source, [IDENTITY]) as stream:
        assert stream.read(10) == bytes(10)
        assert source.tell() < 1024 * 1024
    assert -1 not in source.sizes
    assert max(source.sizes) <= 2 * LOCKED


def test_the_error_of_a_full_disk_reaches_the_writer():
    class Full(BytesIO):
        def write(self, content):
            raise OSError(errno.ENOSPC, "No space left on device")

    with (
        pytest.raises(OSError, match="No space left") as problem,
        encrypted(Full(), [IDENTITY.to_public()]) as stream,
    ):
        stream.writelines([bytes(1024 * 1024)] * 8)
    assert problem.value.errno == errno.ENOSPC


def test_an_error_of_the_caller_stays_his_own():
    target, source = BytesIO(), BytesIO(lock(bytes(1024 * 1024)))
    with (
        pytest.raises(ZeroDivisionError),
        encrypted(target, [IDENTITY.to_public()]) as stream,
    ):
        stream.write(b"isi" * (1 // 0))
    with pytest.raises(ZeroDivisionError), decrypted(source, [IDENTITY]) as stream:
        stream.read(1 // 0)


def test_damage_behind_what_was_read_is_found_at_the_end():
    file = bytearray(lock(bytes(8 * 1024 * 1024)))
    file[-1] ^= 1
    with (
        pytest.raises(AgeProblem, match="damaged"),
        decrypted(BytesIO(file), [IDENTITY]) as stream,
    ):
        assert stream.read(5) == bytes(5)


def test_damage_explains_an_error_that_follows_from_it():
    file = lock(CONTENT)[: -2 * LOCKED]
    with (
        pytest.raises(AgeProblem, match="damaged or was cut off"),
        decrypted(BytesIO(file), [IDENTITY]) as stream,
    ):
        assert len(stream.read()) == len(CONTENT)
