"""Filters of the log."""

import logging
import re
from http import HTTPStatus

#: A one-time token in a path; a number or a UUID is shorter.
TOKEN = re.compile(r"(?<=/)[\w-]{40,}(?=/|$)", re.ASCII)


class BriefRefusals(logging.Filter):
    """Log a refusal in one line, without a traceback: it is no error."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN:
            record.exc_info = None
        return True


class WithoutTokens(logging.Filter):
    """Log paths without the one-time tokens in them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                TOKEN.sub("…", each) if isinstance(each, str) else each
                for each in record.args
            )
        return True
