"""A page of the administration does not overwrite what changed since it was opened.

The form carries a digest of the values that it showed, so that every kind of row has
this without a column of its own. The row is locked while it is compared and saved.
"""

from contextlib import suppress
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desabinaan.lib.web.stale_edits import CHANGED_SINCE, differences

SHOWN = "shown_values"


class ShownValuesForm(forms.BaseModelForm[Any]):
    """The form of a row, with the digest of the values that its page showed.

    Without a digest nothing was shown, and nothing is compared.
    """

    #: of the values as they were saved when this form was made
    saved_values: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.saved_values = _digest(self)

    @property
    def shown_values(self) -> str:
        """Return the digest to send along: once the difference is shown, a new one."""
        sent = self.data.get(SHOWN, "")
        is_shown = self.is_bound and self.has_error("__all__", SHOWN)
        return self.saved_values if is_shown or not sent else sent

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        sent = self.data.get(SHOWN, "")
        if self.instance.pk and sent and sent != self.saved_values:
            self._refuse()
        return cleaned

    def _refuse(self) -> None:
        """Say who changed the row, and what differs from what was typed."""
        who = _last_editor(self.instance) or _("Somebody")
        names = [name for name in self.changed_data if name in self.cleaned_data]
        saved, typed = _("Saved now"), _("Typed by you")
        lines = [
            f"{one['label']}: {saved} “{one['theirs']}”, {typed} “{one['yours']}”"
            for one in differences(self, self.instance, names)
        ]
        sentences = [CHANGED_SINCE % {"who": who}, *lines]
        self.add_error(None, [ValidationError(one, SHOWN) for one in sentences])


class LocksItsRow(ModelAdmin[Any]):
    """Holds the row from before it is compared until it is saved."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with transaction.atomic():
            if request.method == "POST" and object_id:
                self._lock(object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _lock(self, object_id: str) -> None:
        """Lock the row; an address that is no number finds none, as the page says."""
        with suppress(ValueError, ValidationError):
            rows = self.model._default_manager.filter(pk=unquote(object_id))
            rows.order_by().select_for_update(of=("self",)).first()


def _digest(form: Any) -> str:
    values = [f"{name}={_text(form.initial.get(name))}" for name in sorted(form.fields)]
    return sha256("\0".join(values).encode()).hexdigest()


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(sorted(str(getattr(one, "pk", one)) for one in value))
    return str(value)


def _last_editor(row: Model) -> str:
    """Return who changed the row last: here, or on a page of the portal."""
    changed_by = getattr(row, "changed_by", None)
    if changed_by:
        return str(changed_by)
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    entry = entries.select_related("user").order_by("-pk").first()
    return str(entry.user) if entry else ""
