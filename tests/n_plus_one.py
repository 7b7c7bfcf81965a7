"""Detection of N+1 queries in every test, by django-zeal.

Each request counts its queries, as in `make dev`. So does each call of a selector, a
service or a task by a test; what the test reads itself is not counted.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.conf import settings
from zeal import zeal_context
from zeal.listeners import _nplusone_context

from desabinaan.devtools.paths import REPOSITORY

TESTS = str(REPOSITORY / "tests")
INSTALLED_PACKAGES = "site-packages"


def install() -> None:
    """Add zeal to the settings, before Django reads them."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "zeal"]
    settings.MIDDLEWARE = ["zeal.middleware.zeal_middleware", *settings.MIDDLEWARE]


@contextmanager
def n_plus_one_refused() -> Iterator[None]:
    with zeal_context():
        _nplusone_context.get().calls = QueriesOfOneCall(list)
        yield


class QueriesOfOneCall(defaultdict[tuple[Any, ...], list[None]]):
    """Queries by model, field and line; counted from zero for each call by a test."""

    call: FrameType | None = None

    def __getitem__(self, key: tuple[Any, ...]) -> list[None]:
        call = _called_by_test()
        if call is None:
            return []
        if call is not self.call:
            self.clear()
            self.call = call
        return super().__getitem__(key)


def _called_by_test() -> FrameType | None:
    """The running function of the portal that a test called; none in its own lines."""
    called = None
    caller: FrameType | None = sys._getframe(2)  # that of zeal's listener
    while caller and not caller.f_code.co_filename.startswith(TESTS):
        if INSTALLED_PACKAGES not in caller.f_code.co_filename:
            called = caller
        caller = caller.f_back
    return called
