"""What a page that saves nothing shows of a form."""

import pytest
from django import forms
from django.http import QueryDict

from desabinaan.lib.web.forms import PortalForm, WholeNumberField
from desabinaan.lib.web.stale_edits import as_text
from desabinaan.lib.web.typed_text import lines_of_form


class CountForm(PortalForm, forms.Form):
    visits = WholeNumberField(label="Visits")
    note = forms.CharField(label="Note")

    def clean_visits(self) -> int:
        return self.cleaned_data["visits"] or 0


@pytest.mark.parametrize(
    ("sent", "lines"),
    [
        ("visits=&note=ada", [("Note", "ada")]),
        ("visits=0&note=", [("Visits", "0")]),
        ("visits=1.250&note=x", [("Visits", "1250"), ("Note", "x")]),
        ("note=ada", [("Note", "ada")]),
    ],
)
def test_what_was_left_blank_is_not_shown_as_what_it_counts(
    sent: str, lines: list[tuple[str, str]]
) -> None:
    form = CountForm(QueryDict(sent))
    form.fields["visits"].required = form.fields["note"].required = False
    assert lines_of_form(form) == lines


def test_villages_chosen_together_are_separated() -> None:
    """Their names hold a comma."""
    names = ["Lontar, Tirtayasa", "Kronjo, Kronjo"]
    assert as_text(names) == "Kronjo, Kronjo; Lontar, Tirtayasa"
    assert as_text(["Polres", "Dinsos"]) == "Dinsos, Polres"
