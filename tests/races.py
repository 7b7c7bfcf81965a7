"""Several operations started at the same time, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from desabinaan.lib.workflow.transitions import IllegalTransition

Operation = Callable[[], Any]


def at_once(*operations: Operation) -> list[Any]:
    """Run the operations at the same time; return their results or refusals."""
    start = Barrier(len(operations))

    def run(operation: Operation) -> Any:
        try:
            start.wait()
            return operation()
        except (IllegalTransition, ValidationError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(operations)) as threads:
        return list(threads.map(run, operations))
