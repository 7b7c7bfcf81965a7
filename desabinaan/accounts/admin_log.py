"""Admin log entries without names: "account 12", never who it is."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest

from desabinaan.accounts.models import User

Message = str | list[dict[str, Any]]


class NamelessLog:
    """Put before ModelAdmin: the log names kinds, numbers and fields, not people."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Message) -> Any:
        return _log(request.user.pk, obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Message) -> Any:
        return _log(request.user.pk, obj, CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        return [_log(request.user.pk, obj, DELETION, "") for obj in queryset]


def log_added(objects: Iterable[Model], acting_user: User) -> None:
    """Log what was added outside the forms of the administration."""
    for obj in objects:
        _log(acting_user.pk, obj, ADDITION, [{"added": {}}])


def _log(user: Any, obj: Model, flag: int, message: Message) -> LogEntry:
    words = message if isinstance(message, str) else json.dumps(_nameless(message))
    return LogEntry.objects.create(
        user_id=user,
        content_type=ContentType.objects.get_for_model(obj, for_concrete_model=False),
        object_id=str(obj.pk),
        object_repr=f"{obj._meta.verbose_name} {obj.pk}",
        action_flag=flag,
        change_message=words,
    )


def _nameless(message: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name inline rows by their kind, not by their title."""
    return [
        {verb: {**details, "object": ""} if "object" in details else details}
        for part in message
        for verb, details in part.items()
    ]
