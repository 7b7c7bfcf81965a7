"""Fields of a form whose choices are narrowed when the form is created."""

from collections.abc import Iterable, Mapping, Sequence
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


class TickInput(forms.CheckboxInput):
    """Gives what was sent as it is: the field refuses what is no tick."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> Any:
        return data.get(name)

    def format_value(self, value: object) -> None:
        """Give the box no value of its own: ticked, it sends "on"."""


class TickField(forms.BooleanField):
    """A filter that is ticked or not: any other value in an address is refused."""

    widget = TickInput

    def __init__(self, *, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False)

    def to_python(self, value: Any) -> bool:
        if value in self.empty_values:
            return False
        if value in ("on", "1", True):
            return True
        raise ValidationError(
            _("Tick “%(label)s” or leave it.") % {"label": self.label}
        )


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
