"""The one reader of times and spans, for forms and pasted rundowns."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.lib.text.times import Span, lone_time_before, span_before, time_in


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("09.30", time(9, 30)), ("9:30", time(9, 30)), ("09:30:00", time(9, 30)),
        ("09.30 WIB", time(9, 30)), ("09.30WIB", time(9, 30)),
        ("9.30 wib", time(9, 30)),
        ("pukul 09.30", time(9, 30)), ("Pukul 9.30 WIB", time(9, 30)),
        ("pkl. 13.00", time(13)), ("Jam 8", time(8)), ("pukul 8", time(8)),
        ("8 WIB", time(8)), ("00.00", time(0)), ("24.00", time(0)),
        ("0:05", time(0, 5)),
        ("23.59", time(23, 59)), ("9:30 AM", time(9, 30)), ("9:30 pm", time(21, 30)),
        ("12 pm", time(12)), ("12:15 am", time(0, 15)), ("2 p.m.", time(14)),
        ("\uff10\uff19.\uff13\uff10", time(9, 30)), (" 09.30 ", time(9, 30)),
    ],
)  # fmt: skip
def test_times_are_read_as_they_are_written_here(typed: str, clock: time) -> None:
    assert time_in(typed) == clock


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9", "time"), ("0930", "time"), ("25.00", "time"), ("24.01", "time"),
        ("09.60", "time"), ("9.3", "time"), ("pagi", "time"), ("13 pm", "time"),
        ("0,375", "time"), ("9-10", "time"), ("1" * 500, "time"),
        ("09.30 WITA", "zone"), ("09.30 WIT", "zone"),
    ],
)  # fmt: skip
def test_what_is_no_time_here_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        time_in(typed)
    assert refusal.value.code == code


def test_the_zone_is_the_one_of_the_office() -> None:
    with timezone.override("Asia/Makassar"):
        assert time_in("09.30 WITA") == time(9, 30)
        with pytest.raises(ValidationError):
            time_in("09.30 WIB")


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
def test_a_blank_says_nothing(typed: str) -> None:
    assert time_in(typed) is None


@pytest.mark.parametrize(
    ("line", "begins", "minutes", "rest"),
    [
        ("09.00-09.30 Pembukaan", time(9), 30, "Pembukaan"),
        ("09:00 – 10:30 WIB: Diskusi", time(9), 90, ": Diskusi"),
        ("09.00 s.d. 10.00 Diskusi", time(9), 60, "Diskusi"),
        ("09.00 s/d 10.00 Diskusi", time(9), 60, "Diskusi"),
        ("09.00 sd 10.00 Diskusi", time(9), 60, "Diskusi"),
        ("09.00 sampai dengan 10.00 Diskusi", time(9), 60, "Diskusi"),
        ("09.00 hingga 10.00", time(9), 60, ""),
        ("09.00 WIB - 10.00 WIB Diskusi", time(9), 60, "Diskusi"),
        ("Pukul 11.00-11.30 Kesimpulan", time(11), 30, "Kesimpulan"),
        ("pukul 11.00 sampai pukul 11.30", time(11), 30, ""),
        ("Jam 08.00 - 08.15 Registrasi", time(8), 15, "Registrasi"),
        ("11.30 - selesai Penutupan", time(11, 30), None, "Penutupan"),
        ("11.30 s.d. selesai", time(11, 30), None, ""),
        ("23.30-00.30 Sesi malam", time(23, 30), 60, "Sesi malam"),
        ("23.00-24.00 Sesi malam", time(23), 60, "Sesi malam"),
        ("9:00 AM - 10:00 AM Doa", time(9), 60, "Doa"),
        ("9.00 a.m. - 1.00 p.m. Doa", time(9), 240, "Doa"),
        ("9:00 - 1:00 PM Doa", time(9), 240, "Doa"),
        ("1:00-2:00 PM Doa", time(13), 60, "Doa"),
        ("11 PM to 1 AM Doa", time(23), 120, "Doa"),
        ("09.00-10.00 Pameran", time(9), 60, "Pameran"),
        ("00.00-01.00 Dini hari", time(0), 60, "Dini hari"),
    ],
)
def test_spans(line: str, begins: time, minutes: int | None, rest: str) -> None:
    found = span_before(line)
    assert found is not None
    assert (found[0], found[1].strip()) == (Span(begins, minutes), rest)


@pytest.mark.parametrize(
    "line", ["Istirahat", "09.00 Pembukaan", "selesai", "", "09.00-09.300 x", "9-10 x"]
)
def test_a_line_without_a_span(line: str) -> None:
    assert span_before(line) is None


@given(st.times(), st.integers(1, 720))
def test_a_span_of_up_to_twelve_hours_is_read_back(begins: time, minutes: int) -> None:
    begins = begins.replace(second=0, microsecond=0, tzinfo=None, fold=0)
    ends = (
        datetime.combine(date(2026, 1, 1), begins) + timedelta(minutes=minutes)
    ).time()
    found = span_before(f"{begins:%H.%M}-{ends:%H.%M} Acara")
    assert found is not None
    assert found[0] == Span(begins, minutes)
    assert time_in(f"{begins:%H.%M}") == begins


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_refused(typed: str) -> None:
    for reader in (time_in, span_before):
        with suppress(ValidationError):
            reader(typed)


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("08.00 Coffee break", time(8)), ("8:15: Doa", time(8, 15)),
        ("Jam 10 Diskusi", time(10)), ("10 WIB Diskusi", time(10)),
        ("08.00 - Coffee break", time(8)), ("08.00; Doa; MC", time(8)),
        ("08.00", time(8)), ("08.00 ambil makan", time(8)),
        ("08.00 tokoh agama", time(8)),
        ("Istirahat", None), ("10 orang peserta", None), ("10-11 Desember", None),
        ("9 AM Doa", time(9)), ("8.00 pm: Doa", time(20)), ("10 amal", None),
        ("10.11.2026 Rapat", None), ("08.000 warga", None),
        ("Jam 10-11 Diskusi", None), ("08.00-09.00 Doa", None),
        ("08.00 s.d. 09 Doa", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_without_an_end_before_a_text(line: str, clock: time | None) -> None:
    found = lone_time_before(line)
    assert (found and found[0]) == clock


@pytest.mark.parametrize("line", ["25.00 Makan", "08.00 WITA Doa"])
def test_a_lone_time_that_is_none_here_is_refused(line: str) -> None:
    with pytest.raises(ValidationError):
        lone_time_before(line)
