"""Fields of a form whose choices are narrowed when the form is created."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.forms import ANY

if TYPE_CHECKING:
    from django.db.models import Model


def answers(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return the field, typed as one with a list of choices."""
    return cast(forms.ChoiceField, form.fields[name])


def narrow(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Limit the field to these rows."""
    field = cast("forms.ModelChoiceField[Model]", form.fields[name])
    field.queryset = rows


def choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class ClosedField(forms.CharField):
    """A filter of others: asking with it is refused, not dropped without a word."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> str:
        if value in self.empty_values:
            return ""
        raise ValidationError(_("You cannot use this filter. Remove it."))


def hide_filter(
    form: forms.BaseForm, name: str, pairs: Iterable[tuple[str, StrOrPromise]] = ()
) -> None:
    """Take a choice off the page; an address may still name one of `pairs`."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [ANY, *pairs]
    field.widget = forms.HiddenInput()


def close_filter(form: forms.BaseForm, name: str) -> None:
    """Take a filter off the page; an address that names it is refused."""
    label = form.fields[name].label
    form.fields[name] = ClosedField(label=label, required=False)
