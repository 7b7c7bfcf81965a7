"""Start the portal, or say in one sentence why it does not start."""

import contextlib
import sys
from collections.abc import Iterator
from typing import NoReturn

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

GIVE_UP = 3  # gunicorn ends at this code; at others it would try again for ever


@contextlib.contextmanager
def exit_with_one_sentence() -> Iterator[None]:
    """End the program with a sentence on a wrong setting or a missing database."""
    try:
        yield
    except ImproperlyConfigured as problem:
        _give_up(str(problem))
    except OperationalError as problem:
        cause = problem.__cause__
        if not isinstance(cause, psycopg.OperationalError) or cause.sqlstate:
            raise
        reason = str(cause).strip().splitlines()[-1].strip()
        _give_up(f"The database does not answer ({reason}); check DATABASE_URL.")


def _give_up(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(GIVE_UP)
