"""The tags and filters that every template knows."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone, translation

from desabinaan.lib.web import tags

MORNING = datetime(2026, 10, 3, 2, 12, tzinfo=UTC)
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_badge_shows_its_state_by_icon_and_word():
    html = rendered("{% badge style label %}", style="late", label="Terlambat")
    assert 'class="badge badge--late"' in html
    assert 'aria-hidden="true"' in html
    assert "Terlambat" in html


def test_a_badge_escapes_its_word_and_ignores_unknown_styles():
    html = rendered("{% badge style label %}", style='"><script>', label="<b>")
    assert "badge--quiet" in html
    assert "<b>" not in html
    assert "<script>" not in html


def test_every_icon_named_in_a_template_exists():
    named = re.compile(r'(?:icon|firstof [\w.]+) "([a-z0-9-]+)"')
    for page in TEMPLATES.rglob("*.html"):
        for name in named.findall(page.read_text()):
            assert tags._svg(name).startswith("<svg"), f"{page}: {name}"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "3 Oktober 2026 pukul 09.12 WIB"),
        ("Asia/Makassar", "3 Oktober 2026 pukul 10.12 WITA"),
        ("Asia/Jayapura", "3 Oktober 2026 pukul 11.12 WIT"),
    ],
)
def test_a_moment_is_shown_in_the_zone_of_the_office(zone: str, text: str):
    with translation.override("id"), timezone.override(ZoneInfo(zone)):
        assert tags.local_time(MORNING) == text


def test_a_moment_in_english():
    with translation.override("en"):
        assert tags.local_time(MORNING) == "3 October 2026 at 09:12 WIB"


def test_days_and_months_are_written_out():
    with translation.override("id"):
        assert tags.day(date(2026, 10, 3)) == "3 Oktober 2026"
        assert tags.local_time(date(2026, 10, 3)) == "3 Oktober 2026"
        midnight = MORNING.replace(hour=17, minute=0, second=0, microsecond=0)
        assert tags.local_time(midnight) == "4 Oktober 2026"
        assert tags.month(date(2026, 10, 1)) == "Oktober 2026"


def test_a_day_late_in_the_evening_utc_is_the_next_day_here():
    with translation.override("id"):
        assert tags.day(datetime(2026, 10, 31, 17, 5, tzinfo=UTC)).startswith("1 ")


@pytest.mark.parametrize("message", [tags.day, tags.month, tags.local_time, tags.ago])
def test_nothing_stays_nothing(message):
    assert message(None) == ""


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
        assert tags.ago(timezone.localdate() + timedelta(days=days)) == text


def test_relative_moments():
    with translation.override("id"):
        assert tags.ago(timezone.now()) == "baru saja"
        assert tags.ago(timezone.now() - timedelta(hours=3)) == "3\xa0jam lalu"


@pytest.mark.parametrize(
    ("size", "text"),
    [(700, "1 KB"), (14_000, "14 KB"), (1_453_221, "1,4 MB"), (None, "0 KB")],
)
def test_file_sizes(size: int | None, text: str):
    with translation.override("id"):
        assert tags.file_size(size) == text


def test_a_verb_posts_with_a_token_and_asks_first_where_it_must():
    form = Template("{% verb url='/x/' label='Kirim' tone='primary' %}")
    html = form.render(Context({"csrf_token": "abc"}))
    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html
    asked = rendered("{% verb confirm_url='/x/' label='Batalkan' %}")
    assert "<form" not in asked
    assert 'href="/x/"' in asked
