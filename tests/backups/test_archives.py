"""The tar inside a backup: what is written is read again, and nothing else is taken."""

import json
import tarfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desabinaan.backups.archives import (
    DATABASE,
    FORMAT,
    MANIFEST,
    ArchiveProblem,
    ArchiveReader,
    ArchiveWriter,
    Manifest,
    NewerFormat,
    upload_path,
)
from tests.backups.forged_backups import archive

ENTRIES = {"uploads/a": b"12345", "uploads/b/c.pdf": b"", DATABASE: b"dump" * 999}


def read(file: bytes) -> tuple[dict[str, bytes], Manifest]:
    reader = ArchiveReader(BytesIO(file))
    entries = {name: content.read(len(file)) for name, content in reader}
    return entries, reader.manifest()


def names() -> "some.SearchStrategy[str]":
    characters = some.characters(exclude_categories=["C"], exclude_characters="/\0")
    return some.text(characters, min_size=1, max_size=200).map("uploads/{}".format)


@given(some.dictionaries(names(), some.binary(max_size=2000), max_size=5))
def test_members_come_back_under_their_names(entries):
    fitting = {name: content for name, content in entries.items() if upload_path(name)}
    entries = fitting | {DATABASE: b"dump"}
    found, manifest = read(archive(entries))
    assert found == entries
    assert manifest.files == len(fitting)
    assert manifest.total_bytes == sum(map(len, entries.values()))


def test_what_is_not_read_is_skipped_and_checked_all_the_same():
    reader = ArchiveReader(BytesIO(archive(ENTRIES)))
    assert [name for name, _content in reader] == list(ENTRIES)
    assert reader.manifest().sha256 == reader.sums.sha256


def test_tarfile_alone_reads_it():
    with tarfile.open(fileobj=BytesIO(archive(ENTRIES))) as tar:
        assert tar.getnames() == [*ENTRIES, MANIFEST]
        assert {member.mode for member in tar} == {0o600}
        assert {member.uid for member in tar} == {0}


def test_an_archive_cut_before_the_end_of_its_manifest_is_refused():
    whole = archive(ENTRIES)
    end = whole.rindex(b"}") + 1
    for length in {*range(0, end, 64), *range(0, end, 512), end - 1}:
        with pytest.raises(ArchiveProblem):
            read(whole[:length])


def test_a_member_that_is_not_what_it_was_is_refused():
    whole = archive(ENTRIES)
    for changed in (
        whole.replace(b"12345", b"12346"),
        whole.replace(b"uploads/a\0", b"uploads/A\0", 1),
        whole.replace(b"database.dump\0", b"database.dumq\0", 1),
    ):
        assert changed != whole
        with pytest.raises(ArchiveProblem):
            read(changed)


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"uploads/a": b"1"},
        ENTRIES | {"more": b""},
        ENTRIES | {"uploads/": b""},
        ENTRIES | {"uploads/../x": b""},
        ENTRIES | {"uploads//x": b""},
        ENTRIES | {"/etc/x": b""},
    ],
)
def test_members_that_are_missing_or_do_not_belong_are_refused(entries):
    with pytest.raises(ArchiveProblem):
        read(archive(entries))


@pytest.mark.parametrize(
    "changes",
    [
        {"files": 1},
        {"files": 3},
        {"total_bytes": 1},
        {"sha256": {}},
        {"sha256": dict.fromkeys(ENTRIES, "0" * 64)},
        {"format": "x"},
    ],
)
def test_a_manifest_that_does_not_fit_the_members_is_refused(changes):
    with pytest.raises(ArchiveProblem):
        read(archive(ENTRIES, **changes))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b"{}", b'{"format": 1}'])
def test_a_manifest_that_is_none_is_refused(content):
    with pytest.raises(ArchiveProblem):
        Manifest.from_json(content)


def test_a_newer_format_is_named_whatever_else_is_new():
    with pytest.raises(NewerFormat):
        read(archive(ENTRIES | {"more": b""}, format=FORMAT + 1))
    with pytest.raises(NewerFormat):
        Manifest.from_json(json.dumps({"format": FORMAT + 1, "new": []}).encode())


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_links_folders_and_devices_are_refused(kind):
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        member = tarfile.TarInfo("uploads/a")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(ArchiveProblem):
        read(target.getvalue())


@pytest.mark.parametrize("name", ["uploads/a", DATABASE, MANIFEST])
def test_a_name_that_comes_twice_is_refused(name):
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name))
        tar.addfile(tarfile.TarInfo(name))
    reader = ArchiveReader(BytesIO(target.getvalue()))
    with pytest.raises(ArchiveProblem):
        dict(reader)


def test_a_file_that_shrinks_while_it_is_read_fails():
    with (
        tarfile.open(fileobj=BytesIO(), mode="w|") as tar,
        pytest.raises(OSError, match="unexpected end"),
    ):
        ArchiveWriter(tar).add("uploads/a", BytesIO(b"short"), 9, 0)
