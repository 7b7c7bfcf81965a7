"""Pictures and PDFs that would take minutes and gigabytes to open are refused."""

import os
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from desabinaan.lib.files import uploads
from desabinaan.lib.files.limited_processes import LimitExceeded, Limits, run_limited
from desabinaan.lib.files.uploads import IMAGE, IMAGE_OR_PDF, clean_upload
from tests.lib import samples
from tests.lib.samples import upload

ENOUGH = Limits(cpu_seconds=4, seconds=20, megabytes=300)


def many_scans(number: int) -> bytes:
    """A progressive JPG that says its last scan again and again."""
    whole = samples.jpg(640, 480, progressive=True)
    last, end = whole.rfind(b"\xff\xda"), whole.rfind(b"\xff\xd9")
    return whole[:end] + whole[last:end] * number + whole[end:]


def deep_png(width: int, height: int) -> bytes:
    """RGB in 16 bits, all black: a few kilobytes."""
    head = width.to_bytes(4) + height.to_bytes(4) + bytes([16, 2, 0, 0, 0])
    rows = zlib.compress(bytes((1 + 6 * width) * height), 1)
    chunks = [(b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(content).to_bytes(4)
        + name
        + content
        + zlib.crc32(name + content).to_bytes(4)
        for name, content in chunks
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", many_scans(310)),
        ("a.jpg", many_scans(60)),
        ("a.png", deep_png(6000, 4000)),
        ("a.png", deep_png(23_000_000, 1)),
    ],
    ids=["310 scans", "60 scans", "24 million deep points", "one deep line"],
)
def test_a_picture_that_costs_too_much_is_refused_by_its_head(
    name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "run_limited", pytest.fail)
    with pytest.raises(ValidationError) as refusal:
        clean_upload(upload(name, content), IMAGE)
    assert refusal.value.code in {"pixels", "too_costly"}


def test_pictures_of_ordinary_cameras_and_scanners_are_read() -> None:
    for name, content in (
        ("a.jpg", samples.jpg(4000, 3000, progressive=True)),
        ("a.jpg", many_scans(10)),
        ("a.png", deep_png(2500, 3500)),
        ("a.png", samples.png(4000, 3000)),
    ):
        assert clean_upload(upload(name, content), IMAGE).size


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("a.png", Limits(4, 0, 300)),
        ("a.png", Limits(4, 20, 1)),
        ("a.png", Limits(4, 20, 300, 0)),
        ("a.pdf", Limits(4, 0, 300)),
        ("a.pdf", Limits(4, 20, 300, 0)),
    ],
    ids=["clock", "memory", "output", "PDF: clock", "PDF: output"],
)
def test_each_limit_ends_the_work_with_a_sentence(
    name: str, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = samples.png(3000, 3000) if name == "a.png" else samples.pdf(3)
    monkeypatch.setattr(uploads, "LIMITS", limits)
    with pytest.raises(ValidationError) as refusal:
        clean_upload(upload(name, content), IMAGE_OR_PDF)
    assert refusal.value.code == "too_costly"


def test_computing_without_end_is_ended() -> None:
    with pytest.raises(LimitExceeded):
        run_limited(pow, 7, 10**9, limits=Limits(1, 20, 300))


def test_what_decodes_writes_no_file(tmp_path: Path) -> None:
    kept = tmp_path / "x"
    with pytest.raises(RuntimeError, match="OSError"):
        run_limited(write_to, str(kept), limits=ENOUGH)
    assert not kept.exists() or not kept.read_bytes()


def write_to(path: str) -> bytes:
    Path(path).write_bytes(b"x")
    return b""


def test_what_decodes_runs_elsewhere_and_says_no_more_than_the_kind_of_its_error() -> (
    None
):
    assert int(run_limited(number_of_process, limits=ENOUGH)) != os.getpid()
    with pytest.raises(RuntimeError, match=r"^Decoding failed: LookupError\.$"):
        run_limited(stumble, limits=ENOUGH)


def number_of_process() -> bytes:
    return str(os.getpid()).encode()


def stumble() -> bytes:
    raise LookupError("0812-3333-4444")
