"""Every test fails on a template that reads a missing name."""

import pytest
from django.template import engines

FAILED = pytest.fail.Exception


def rendered(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


def test_a_missing_name_fails() -> None:
    with pytest.raises(FAILED, match="title"):
        rendered("<h1>{{ title }}</h1>")
    with pytest.raises(FAILED, match=r"village\.nme"):
        rendered("{{ village.nme }}", village="Lontar")


def test_an_optional_name_may_be_asked_about() -> None:
    assert rendered("{% if intro %}x{% endif %}{% firstof intro 'y' %}") == "y"


def test_a_form_without_a_token_fails() -> None:
    form = "<form method='post'>{% csrf_token %}</form>"
    with pytest.raises(FAILED, match="token"):
        rendered(form)
    assert "csrfmiddlewaretoken" in rendered(form, csrf_token="x")
