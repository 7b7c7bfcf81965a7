"""Remembered pieces of pages: equal values, equal markup, and nothing stale."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.html import format_html

from desabinaan.lib.web import cached_fragments
from desabinaan.lib.web.cached_fragments import render_cached
from villages.places.models import Region
from villages.register.forms.register import RegisterFilter
from villages.register.selectors.register import Choices

FACTS = "components/facts.html"
FILTER = "components/_filter_fields.html"


@pytest.fixture(autouse=True)
def forgetful() -> None:
    cached_fragments._render_once.cache_clear()


def facts(value: object) -> str:
    return render_cached(FACTS, {"facts": [("Kode", value)]})


def fields(**asked: str) -> str:
    offered = Choices(regencies=[("36.03", "Tangerang"), ("36.04", "Serang")])
    form = RegisterFilter(asked, offered=offered)
    form.is_valid()
    return render_cached(FILTER, {"form": form})


def test_equal_values_are_rendered_once() -> None:
    assert facts("36.04") == facts("36.04")
    assert cached_fragments._render_once.cache_info()[:2] == (1, 1)


def test_other_values_are_rendered_again() -> None:
    assert "36.03" in facts("36.03")
    assert "36.04" in facts("36.04")
    assert facts(1) != facts(True)


def test_a_text_is_escaped_even_after_markup_of_the_same_letters() -> None:
    assert "<b>" in facts(format_html("<b>{}</b>", "x"))
    assert "&lt;b&gt;x" in facts("<b>x</b>")


def test_the_language_and_the_day_are_part_of_it(monkeypatch) -> None:
    first = render_cached("components/empty.html", {"title": "x"})
    with translation.override("en"):
        render_cached("components/empty.html", {"title": "x"})
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert render_cached("components/empty.html", {"title": "x"}) == first
    assert cached_fragments._render_once.cache_info().misses == 3


def test_rows_of_the_database_are_refused() -> None:
    with pytest.raises(TypeError):
        facts(Region(code="36"))


def test_a_filter_form_shows_what_was_chosen_and_what_is_wrong() -> None:
    assert 'value="36.04" selected' in fields(kabupaten="36.04")
    assert 'value="36.03" selected' in fields(kabupaten="36.03")
    assert "selected" in fields(status="designated")
    assert 'value="lontar"' in fields(q="lontar")
    assert "field--error" in fields(kabupaten="99.99")
    assert "field--error" not in fields()


def test_an_icon_of_a_fixed_name_is_rendered_at_compile_time() -> None:
    fixed = Template('{% icon "map" %}')
    assert [type(node).__name__ for node in fixed.nodelist] == ["TextNode"]
    chosen = Template("{% icon name %}").render(Context({"name": "map"}))
    assert chosen == fixed.render(Context())


def test_with_debug_every_part_is_rendered_again(settings) -> None:
    settings.DEBUG = True
    assert facts("36.04") == facts("36.04")
    assert cached_fragments._render_once.cache_info().currsize == 0
