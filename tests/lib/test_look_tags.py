"""The tags and filters that every template knows."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone, translation

from desabinaan.lib.templatetags import portal

MORNING = datetime(2026, 10, 3, 2, 12, tzinfo=UTC)
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_badge_tells_its_state_by_icon_and_word():
    html = drawn("{% badge tone label %}", tone="late", label="Terlambat")
    assert 'class="badge badge--late"' in html
    assert 'aria-hidden="true"' in html
    assert "Terlambat" in html


def test_a_badge_escapes_its_word_and_knows_no_foreign_tone():
    html = drawn("{% badge tone label %}", tone='"><script>', label="<b>")
    assert "badge--quiet" in html
    assert "<b>" not in html
    assert "<script>" not in html


def test_every_icon_named_in_a_template_exists():
    named = re.compile(r'(?:icon|firstof [\w.]+) "([a-z0-9-]+)"')
    for page in TEMPLATES.rglob("*.html"):
        for name in named.findall(page.read_text()):
            assert portal._svg(name).startswith("<svg"), f"{page}: {name}"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "3 Oktober 2026 pukul 09.12 WIB"),
        ("Asia/Makassar", "3 Oktober 2026 pukul 10.12 WITA"),
        ("Asia/Jayapura", "3 Oktober 2026 pukul 11.12 WIT"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_office(zone: str, text: str):
    with translation.override("id"), timezone.override(ZoneInfo(zone)):
        assert portal.wib(MORNING) == text


def test_a_moment_in_english():
    with translation.override("en"):
        assert portal.wib(MORNING) == "3 October 2026 at 09:12 WIB"


def test_days_and_months_are_written_out():
    with translation.override("id"):
        assert portal.day(date(2026, 10, 3)) == "3 Oktober 2026"
        assert portal.wib(date(2026, 10, 3)) == "3 Oktober 2026"
        midnight = MORNING.replace(hour=17, minute=0, second=0, microsecond=0)
        assert portal.wib(midnight) == "4 Oktober 2026"
        assert portal.month(date(2026, 10, 1)) == "Oktober 2026"


def test_a_day_late_in_the_evening_utc_is_the_next_day_here():
    with translation.override("id"):
        assert portal.day(datetime(2026, 10, 31, 17, 5, tzinfo=UTC)).startswith("1 ")


@pytest.mark.parametrize("told", [portal.day, portal.month, portal.wib, portal.ago])
def test_nothing_stays_nothing(told):
    assert told(None) == ""


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "hari ini"),
        (-1, "kemarin"),
        (1, "besok"),
        (-3, "3\xa0hari lalu"),
        (3, "3\xa0hari lagi"),
    ],
)
def test_relative_days(days: int, text: str):
    with translation.override("id"):
        assert portal.ago(timezone.localdate() + timedelta(days=days)) == text


def test_relative_moments():
    with translation.override("id"):
        assert portal.ago(timezone.now()) == "baru saja"
        assert portal.ago(timezone.now() - timedelta(hours=3)) == "3\xa0jam lalu"


@pytest.mark.parametrize(
    ("size", "text"),
    [(700, "700 bita"), (14_000, "14 kB"), (1_453_221, "1,4 MB"), (None, "0 bita")],
)
def test_file_sizes(size: int | None, text: str):
    with translation.override("id"):
        assert portal.file_size(size) == text


def test_a_verb_posts_with_a_token_and_asks_first_where_it_must():
    posted = Template("{% verb url='/x/' label='Kirim' tone='primary' %}")
    html = posted.render(Context({"csrf_token": "abc"}))
    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html
    asked = drawn("{% verb confirm_url='/x/' label='Batalkan' %}")
    assert "<form" not in asked
    assert 'href="/x/"' in asked
