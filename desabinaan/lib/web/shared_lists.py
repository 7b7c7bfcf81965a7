"""A list that several people fill in at once: only one's own changes are written.

Each entry is sent with the value that the page showed (Django's hidden initial).
What was typed is compared with that, and not with what others have saved since.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.stale_edits import VersionedForm, differences


class SharedListForm(PortalForm, VersionedForm, forms.Form):
    """The entries of such a list, each added by `add_entry`."""

    def add_entry(self, name: str, field: forms.Field) -> None:
        field.show_hidden_initial = True
        self.add_field(name, field)

    def shown_value(self, name: str) -> Any:
        """Return the value that the page showed; None if it was not sent."""
        entry = self[name]
        sent = entry.field.hidden_widget().value_from_datadict(
            self.data, self.files, entry.html_initial_name
        )
        try:
            return entry.field.to_python(sent)
        except ValidationError:
            return None

    def own_changes(self) -> dict[str, Any]:
        """Return the entries whose sender changed them, with their new values."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if self.fields[name].show_hidden_initial
        }

    def vanished_changes(self) -> list[str]:
        """Return the entries the sender changed that the list no longer has."""
        pairs = ((name, self.add_initial_prefix(name)) for name in self.data)
        return [
            name
            for name, shown in pairs
            if name not in self.fields
            and shown in self.data
            and self.data[name] != self.data[shown]
        ]

    def compare_with_saved(
        self, saved: Mapping[str, Any], texts: Mapping[str, Any]
    ) -> None:
        """After a stale edit, list what others saved; the next sending overwrites.

        `saved` are the entries as they are now, `texts` the same as people read them.
        """
        self.changes = differences(self, texts, self.own_changes())
        data = cast(QueryDict, self.data).copy()
        for name, value in saved.items():
            data[self[name].html_initial_name] = value
        self.data = data
