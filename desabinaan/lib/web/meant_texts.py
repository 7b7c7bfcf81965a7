"""Texts that say nothing, in every form of the portal and of the administration."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.web.sent_forms import ListedForm


class MeantForm(ListedForm):
    """Takes a text that only says "-" or "belum ada" for a blank.

    Where an answer is required it is refused like one, otherwise it is stored as one.
    """

    #: whether such a text may be an answer after all, as in a form that takes a code
    takes_any_text: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self._prepare_text(field)

    def _prepare_text(self, field: forms.Field) -> None:
        if _is_text(field) and not self.takes_any_text:
            field.to_python = _as_meant(field.to_python)  # type: ignore[assignment,method-assign]


def _is_text(field: forms.Field) -> bool:
    """Whether the answer is text of one or several lines.

    Fields of their own class, such as telephones, refuse what they cannot read.
    """
    widget = field.widget
    is_line = isinstance(widget, forms.TextInput) and widget.input_type == "text"
    return type(field) is forms.CharField and (
        is_line or isinstance(widget, forms.Textarea)
    )


def _as_meant(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def to_python(value: Any) -> Any:
        text = read(value)
        return read("") if text and says_nothing(text) else text

    return to_python
