"""Fields of a form whose choices are narrowed when the form is created."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet

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
