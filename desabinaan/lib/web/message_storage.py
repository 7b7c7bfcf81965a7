"""Where messages wait until a page shows them."""

from collections.abc import Iterator
from typing import Any

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage


class EachOnceStorage(SessionStorage):
    """Messages in the session; those that say the same are shown once.

    A form sent several times at once gets the same answer as often.
    """

    def __iter__(self) -> Iterator[Message]:
        waiting: dict[tuple[Any, ...], Message] = {}
        for one in super().__iter__():
            waiting.setdefault((one.level, str(one.message), one.extra_tags), one)
        return iter(waiting.values())
