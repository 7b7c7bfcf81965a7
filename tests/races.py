"""Several deeds begun at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from desabinaan.lib.transitions import IllegalTransition

Deed = Callable[[], Any]


def at_once(*deeds: Deed) -> list[Any]:
    """What each deed answers, or the refusal it was told."""
    start = Barrier(len(deeds))

    def run(deed: Deed) -> Any:
        try:
            start.wait()
            return deed()
        except (IllegalTransition, ValidationError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))
