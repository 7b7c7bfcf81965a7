"""The fields of a form whose answers are narrowed when the form is made."""

from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet


def answers(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field, known to hold a list of answers."""
    return cast(forms.ChoiceField, form.fields[name])


def narrow(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """The field takes these rows only."""
    field = cast("forms.ModelChoiceField[Model]", form.fields[name])
    field.queryset = rows
