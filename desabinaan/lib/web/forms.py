"""Behaviour of every form: field widths, keyboards, plain error messages."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.widgets import DateTimeBaseInput
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from desabinaan.lib.text.numbers import whole_number_in
from desabinaan.lib.web.line_breaks import LinesInput
from desabinaan.lib.web.meant_texts import MeantForm

MOMENTS = (
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.TimeInput, "time", "%H:%M"),
)
#: what an input of the browser can show
ISO = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"\d{2}:\d{2}(:\d{2})?"),
}
DASHES = BLANK_CHOICE_DASH[0][1]
TEXT_WIDTHS = ((4, "wide-4"), (10, "wide-10"), (20, "wide-20"), (40, "wide-30"))

#: the first choice of a filter
ANY = ("", gettext_lazy("All"))


class PortalForm(MeantForm):
    """Put before forms.Form or forms.ModelForm: `class X(PortalForm, forms.Form)`.

    Each field gets a width that fits its answer, the right keyboard on a phone and
    error messages that name the field. What a form sets itself is not changed.

    `marks` are the words beside the label of fields that are sometimes needed, such as
    one of two; any other field that is not required "may stay empty".
    """

    marks: ClassVar[Mapping[str, StrOrPromise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._prepare(name, field)
        if self.is_bound:
            self._keep_odd_moments()

    def add_field(self, name: str, field: forms.Field) -> None:
        """Add a field with the same widths and messages as those of the class."""
        self._prepare_text(field)
        self._prepare(name, field)
        self.fields[name] = field

    def add_hint(self, name: str, hint: str) -> None:
        """Add a sentence to the hint of a field, also after the form was checked."""
        field = self.fields[name]
        field.help_text = f"{field.help_text} {hint}".strip()
        # Checking a form makes its bound fields, which keep the hint they had.
        self[name].help_text = field.help_text

    def _prepare(self, name: str, field: forms.Field) -> None:
        _shape(field)
        _reword(field, str(field.label or name.replace("_", " ")))

    def _keep_odd_moments(self) -> None:
        # A date or time input drops what it cannot read; a text input shows it again.
        for name, field in self.fields.items():
            kind = getattr(field.widget, "input_type", "")
            typed = self[name].value() if kind in ISO else None
            if isinstance(typed, str) and typed and not ISO[kind].fullmatch(typed):
                field.widget.input_type = "text"


def ask_last(form: forms.BaseForm, name: str) -> None:
    """Show a tick that was hidden so far, as the last question of the form."""
    field = form.fields.pop(name)
    field.widget = forms.CheckboxInput()
    form.fields[name] = field


class ReasonForm(PortalForm, forms.Form):
    """Why something is returned, declined, cancelled or withdrawn.

    `hint` says who reads the reason.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        hint: StrOrPromise = "",
        max_length: int = 1000,
    ) -> None:
        super().__init__(data)
        reason = forms.CharField(
            label=gettext_lazy("Reason"),
            max_length=max_length,
            widget=forms.Textarea,
            help_text=hint,
        )
        self.add_field("reason", reason)


class WholeNumberField(forms.IntegerField):
    """A count, also typed as "1.250", "1,250" or "1 250"."""

    def to_python(self, value: Any) -> int | None:
        try:
            return whole_number_in("" if value is None else str(value))
        except ValidationError as refusal:
            raise ValidationError(self.error_messages["invalid"], "invalid") from (
                refusal
            )


def grouped(*groups: Any) -> FormHelper:
    """Return a crispy helper without form tag and token, for our own <form>."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    if groups:
        helper.layout = Layout(*groups)
    return helper


# --- Shape -------------------------------------------------------------------


def _shape(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(field, forms.ChoiceField):
        _name_the_blank(field)
    elif isinstance(widget, DateTimeBaseInput):
        _shape_moment(widget)
    elif type(widget) is forms.NumberInput:
        _shape_number(field, widget)
    elif type(widget) is forms.TextInput:
        widget.attrs.setdefault("class", _text_width(field))
    elif isinstance(widget, forms.FileInput):
        # With JavaScript, large photos are made smaller before they are sent.
        widget.attrs.setdefault("data-shrink-image", True)
    elif type(widget) is forms.Textarea:
        field.widget = LinesInput.instead_of(widget)


def _shape_moment(widget: DateTimeBaseInput) -> None:
    for kind, input_type, pattern in MOMENTS:
        if type(widget) is kind:
            widget.input_type = input_type
            widget.format = pattern


def _name_the_blank(field: forms.ChoiceField) -> None:
    """Give the blank choice a name instead of Django's dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = _("– choose –")
        return
    offered: Any = field.choices
    choices = list(offered)
    if choices and choices[0] == ("", DASHES):
        field.choices = [("", _("– choose –")), *choices[1:]]


def _shape_number(field: forms.Field, widget: forms.NumberInput) -> None:
    # A text input with a number pad: no spinner, no change by the mouse wheel.
    widget.input_type = "text"
    whole = not isinstance(field, forms.DecimalField | forms.FloatField)
    widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
    widget.attrs.setdefault("class", "wide-10")
    for name in ("min", "max", "step"):
        widget.attrs.pop(name, None)


def _text_width(field: forms.Field) -> str:
    longest = getattr(field, "max_length", None) or 1000
    return next((name for limit, name in TEXT_WIDTHS if longest <= limit), "wide-full")


# --- Words -------------------------------------------------------------------


def _reword(field: forms.Field, label: str) -> None:
    standard = _standard_messages(field)
    for code, text in _messages(field).items():
        if field.error_messages.get(code) is standard.get(code):
            field.error_messages[code] = text % {
                "label": label,
                "limit_value": "%(limit_value)s",
                "show_value": "%(show_value)s",
            }


def _standard_messages(field: forms.Field) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found.update(getattr(kind, "default_error_messages", {}))
    return found


def _messages(field: forms.Field) -> dict[str, str]:
    texts = {
        "required": _("Fill in “%(label)s”."),
        "max_length": _(
            "“%(label)s” allows %(limit_value)s characters. You typed %(show_value)s. "
            "Please shorten it."
        ),
        "null_characters_not_allowed": _(
            "“%(label)s” contains a character that cannot be stored. Please type it "
            "again."
        ),
    }
    for kind, more in _MORE_MESSAGES:
        if isinstance(field, kind):
            texts.update(more())
    return texts


def _choice_messages() -> dict[str, str]:
    listed = _("Choose one of the answers listed for “%(label)s”.")
    return {
        "required": _("Choose an answer for “%(label)s”."),
        "invalid_choice": listed,
        "invalid_list": listed,
        "invalid_pk_value": listed,
    }


def _number_messages() -> dict[str, str]:
    return {
        "invalid": _("“%(label)s” must be a whole number, for example 25."),
        "min_value": _("“%(label)s” must be %(limit_value)s or more."),
        "max_value": _("“%(label)s” must be %(limit_value)s or less."),
    }


def _fraction_messages() -> dict[str, str]:
    return {"invalid": _("“%(label)s” must be a number, for example 25.")}


def _moment_messages() -> dict[str, str]:
    text = _("Write “%(label)s” as day and time, for example 3/10/2026 09:30.")
    return {"invalid": text}


def _file_messages() -> dict[str, str]:
    return {
        "required": _("Choose a file for “%(label)s”."),
        "missing": _("Choose a file for “%(label)s”."),
        "invalid": _(
            "The file for “%(label)s” did not arrive. Please choose it again."
        ),
        "empty": _("The file for “%(label)s” is empty. Please choose another one."),
    }


_MORE_MESSAGES: tuple[tuple[type[forms.Field], Callable[[], dict[str, str]]], ...] = (
    (forms.ChoiceField, _choice_messages),
    (forms.IntegerField, _number_messages),
    # Django derives them from IntegerField, so their message is set afterwards.
    (forms.DecimalField, _fraction_messages),
    (forms.FloatField, _fraction_messages),
    (
        forms.DateField,
        lambda: {"invalid": _("Write “%(label)s” as a day, for example 3/10/2026.")},
    ),
    (forms.DateTimeField, _moment_messages),
    (
        forms.TimeField,
        lambda: {"invalid": _("Write “%(label)s” as a time, for example 09:30.")},
    ),
    (
        forms.EmailField,
        lambda: {"invalid": _("Write “%(label)s” like this: nama@contoh.id.")},
    ),
    (forms.FileField, _file_messages),
    (forms.BooleanField, lambda: {"required": _("Tick “%(label)s” to go on.")}),
)
