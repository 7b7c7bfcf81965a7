"""A template that reads a missing name fails the test, instead of showing nothing.

So does a form without the token against foreign forms.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_stack

import pytest
from django.template import Context, engines
from django.template.base import VariableNode
from django.template.defaulttags import CsrfTokenNode

TOKEN = CsrfTokenNode.render


class MissingName:
    """What a template gets for a name that its context does not have.

    False, like nothing, so that `{% if %}` and `default` ask about optional names and
    relations; the class of pytest-django is true, which opens the wrong branch.
    """

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        shown = [
            call.f_locals["self"]
            for call, _line in walk_stack(None)
            if isinstance(call.f_locals.get("self"), VariableNode)
        ]
        name = shown[0].filter_expression.token if shown else "a name"
        pytest.fail(f"a template shows “{name}”, which does not exist")


@contextmanager
def missing_names_refused() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        engine = engines["django"].engine  # type: ignore[attr-defined]
        patch.setattr(engine, "string_if_invalid", MissingName())
        patch.setattr(CsrfTokenNode, "render", _token)
        yield


def _token(node: CsrfTokenNode, context: Context) -> str:
    """Django leaves the field out where an include keeps the token from it."""
    if not context.get("csrf_token"):
        pytest.fail("a form has no CSRF token: pass csrf_token=csrf_token")
    return TOKEN(node, context)
