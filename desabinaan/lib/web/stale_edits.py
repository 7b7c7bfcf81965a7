"""What a form shows when somebody else saved the same row in the meantime."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Manager, Model, QuerySet
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.text.folding import folded
from desabinaan.lib.text.numbers import number_text
from desabinaan.lib.web.forms import ReasonForm
from desabinaan.lib.workflow.seen import UNSEEN
from desabinaan.lib.workflow.versions import StaleEdit

CHANGED_SINCE = _(
    "%(who)s changed this after you opened it. Your changes are not saved yet and are "
    "still below. Check them, then save again."
)


class VersionedForm(forms.BaseForm):
    """Carries the version on which it was opened.

    `changes` lists what differs after a stale edit, for components/stale.html.
    """

    stale: StaleEdit | None = None
    changes: Sequence[Mapping[str, StrOrPromise]] = ()


class ShownNumber(forms.IntegerField):
    """The number of what a page showed; 0 where a browser did not send it."""

    def __init__(self) -> None:
        hidden = forms.HiddenInput
        super().__init__(required=False, min_value=0, widget=hidden, label="")

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class DecisionForm(forms.Form):
    """A decision that carries, in the field `shown_in`, what its page showed."""

    shown_in: ClassVar[str]

    def show(self, number: int) -> None:
        """Send `number` along; a form drawn again keeps its own until the refusal."""
        self.initial[self.shown_in] = number
        named = self.is_bound and self.has_error(NON_FIELD_ERRORS, UNSEEN)
        if named or self.shown_in in self.errors:
            _overwrite(self, self.shown_in, number)


class ShownForm(VersionedForm, DecisionForm):
    """Carries the version of the row that its page showed (lib.workflow.versions)."""

    shown_in = "version"
    version = ShownNumber()


class SeenForm(DecisionForm):
    """Carries the latest event that its page showed (lib.workflow.seen)."""

    shown_in = "seen"
    seen = ShownNumber()


class ShownReasonForm(ReasonForm, ShownForm):
    """Why the row that its page showed is returned, declined or cancelled."""


class SeenReasonForm(ReasonForm, SeenForm):
    """Why something is returned, cancelled or corrected, of what its page showed."""


def accept_version(form: Any, version: int) -> None:
    """Let the next sending overwrite: the difference has been shown.

    Writes the current version into what was sent, for the form to send again.
    """
    _overwrite(form, "version", version)


def _overwrite(form: Any, name: str, value: int) -> None:
    if isinstance(form.data, QueryDict):
        data = form.data.copy()
        data[form.add_prefix(name)] = str(value)
        form.data = data


def compare_with_saved(
    form: Any,
    saved: Model | Mapping[str, Any],
    names: Iterable[str] | None = None,
    *,
    version: int,
    labels: Mapping[str, StrOrPromise] = MappingProxyType({}),
) -> None:
    """After a stale edit, list the fields that differ; the next sending overwrites.

    `saved` is the row as it is now, or its values by field name. Without `names` the
    fields of the row that were changed on the page are compared. `labels` are those
    of fields whose own label is only a part of it.
    """
    if names is None:
        names = [
            name
            for name in form.changed_data
            if name != "version" and hasattr(saved, name)
        ]
    form.changes = differences(form, saved, names, labels)
    accept_version(form, version)


def differences(
    form: Any,
    saved: Model | Mapping[str, Any],
    names: Iterable[str],
    labels: Mapping[str, StrOrPromise] = MappingProxyType({}),
) -> list[Mapping[str, StrOrPromise]]:
    """Return the fields that differ, for components/stale.html."""
    return [
        {
            "label": labels.get(name, form.fields[name].label),
            "theirs": theirs,
            "yours": yours,
        }
        for name in names
        if (theirs := _saved_text(saved, name)) != (yours := typed_value(form, name))
    ]


def _saved_text(saved: Model | Mapping[str, Any], name: str) -> str:
    if isinstance(saved, Model):
        display = getattr(saved, f"get_{name}_display", None)
        return str(display()) if display else as_text(getattr(saved, name))
    return as_text(saved[name])


def typed_value(form: Any, name: str) -> str:
    """Return the typed value as the page would show it, choices by their label."""
    value = form.cleaned_data.get(name)
    field = form.fields[name]
    if value is None or not isinstance(field, forms.ChoiceField):
        return as_text(value)
    many = value if isinstance(value, list | tuple | QuerySet) else [value]
    if isinstance(field, forms.ModelChoiceField):
        return as_text([field.label_from_instance(row) for row in many])
    choices: Any = flatten_choices(cast(Any, field.choices))
    labels = {str(key): str(label) for key, label in choices}
    return as_text([labels.get(str(key), str(key)) for key in many])


def as_text(value: Any) -> str:
    """Return a value of a form or of a row as people read it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, Iterable):
        texts = sorted(map(str, value), key=folded)
        # Villages have a comma in their names.
        return ("; " if any("," in text for text in texts) else ", ").join(texts)
    return str(value)
