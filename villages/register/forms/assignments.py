"""Forms for letters of assignment and for the end of an assignment."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.kept_files import KeepsFiles, UploadField, UploadInput
from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import PDF
from desabinaan.lib.web.choices import choose
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm
from villages.register.forms.decrees import PDF_ENTRY


class PimpasaAssignmentForm(KeepsFiles, PortalForm, forms.Form):
    """Assigns an officer as PIMPASA by a letter; `person` cleans to the account."""

    person = forms.ChoiceField(
        label=gettext_lazy("Officer"),
        help_text=gettext_lazy(
            "If somebody is missing, request an account for that person first."
        ),
        error_messages={
            "invalid_choice": gettext_lazy(
                "Your office has no active account with this name. Check it, or "
                "request an account for the person."
            )
        },
    )
    number = forms.CharField(
        label=gettext_lazy("Letter of assignment"),
        max_length=100,
        help_text=gettext_lazy("Its number, for example W.12-0451/2026."),
    )
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(label=gettext_lazy("To"), required=False)
    file = UploadField(
        PDF,
        label=gettext_lazy("Letter as PDF"),
        help_text=gettext_lazy("At most 10 MB."),
        required=False,
        widget=UploadInput(attrs=PDF_ENTRY),
    )

    def __init__(self, *args: Any, officers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {officer.username: officer for officer in officers}
        names = [(key, _officer_label(who)) for key, who in self.officers.items()]
        choose(self, "person", [("", _("– choose –")), *names])

    def clean_person(self) -> User:
        return self.officers[self.cleaned_data["person"]]


def _officer_label(person: User) -> str:
    """Return name and user name; two people may share a name."""
    named = f"{person} ({person.username})"
    without_role = getattr(person, "is_new", False)
    return (
        _("%(person)s, without a role") % {"person": named} if without_role else named
    )


class EndAssignmentForm(PortalForm, forms.Form):
    """Ends an assignment; `others` are the other villages of the same letter."""

    ends_on = DayField(
        label=gettext_lazy("End date"),
        help_text=gettext_lazy(
            "The assignment is in force until the end of this date."
        ),
    )
    whole_letter = forms.BooleanField(required=False)

    def __init__(self, *args: Any, others: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["whole_letter"]
            return
        self.fields["whole_letter"].label = _("End the whole letter of assignment")
        self.fields["whole_letter"].help_text = _("Also in: %(villages)s.") % {
            "villages": "; ".join(others)
        }
