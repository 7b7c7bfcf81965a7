"""Required is the rule: what the label of any other field says beside it."""

from collections.abc import Mapping

from django.core.validators import EMPTY_VALUES
from django.forms import BoundField, RadioSelect, Select
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise


def optional_mark(field: BoundField) -> StrOrPromise:
    """Return the words beside the label where an answer is not always needed, or ""."""
    if _is_always_answered(field):
        return ""
    marks: Mapping[str, StrOrPromise] = getattr(field.form, "marks", {})
    return marks.get(field.name) or gettext("may stay empty")


def _is_always_answered(field: BoundField) -> bool:
    """Whether the form is not saved, or cannot be sent, without an answer here.

    A cell of a list (`is_cell`) may be required by others of its row. A radio button
    that is chosen cannot be cleared, and a list offers its first choice.
    """
    if field.field.required or getattr(field.field, "is_cell", False):
        return True
    widget = field.field.widget
    if not isinstance(widget, Select | RadioSelect) or widget.allow_multiple_selected:
        return False
    if any(value in EMPTY_VALUES for value, _label in widget.choices):
        return False
    return isinstance(widget, Select) or bool(field.value() or field.initial)
