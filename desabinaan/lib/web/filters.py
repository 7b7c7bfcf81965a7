"""Filters that a page does not offer: a value in its address is read or refused.

A field that were left out would drop the value without a word, and show everything.
"""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.forms import ANY


class ClosedField(forms.CharField):
    """A filter of others: nothing may be asked with it."""

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
