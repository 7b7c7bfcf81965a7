from typing import Any

from django import forms


class LinesInput(forms.Textarea):
    """A text of several lines, in which a line break is one character.

    A browser sends each as two, CR and LF, but counts one towards the limit. PortalForm
    puts it in the place of every Textarea.
    """

    template_name = "django/forms/widgets/textarea.html"

    @classmethod
    def instead_of(cls, widget: forms.Textarea) -> "LinesInput":
        """Return one with the same attributes, but six rows at most."""
        lines = cls()
        rows = min(int(widget.attrs.get("rows", 4)), 6)
        lines.attrs = {**widget.attrs, "rows": rows}
        lines.attrs.pop("cols", None)
        lines.is_required = widget.is_required
        return lines

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return with_single_breaks(value) if isinstance(value, str) else value


def with_single_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
