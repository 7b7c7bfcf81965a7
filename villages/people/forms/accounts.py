from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor, Role
from desabinaan.accounts.models import User
from desabinaan.lib.web.choices import TickField, close_filter
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import ANY, PortalForm
from desabinaan.lib.web.telephone_fields import TelephoneFormField
from villages.people.models import AccountRequest, ApprovalRequest
from villages.places.models import Office
from villages.register.forms.fields import VillageField
from villages.register.selectors import assigns_new_accounts

USER_NAME = User._meta.get_field("username")


class AccountRequestForm(PortalForm, forms.Form):
    """Request an account: the person, the role and its place."""

    marks: ClassVar = {
        "village": gettext_lazy("needed for PIMPASA and village officials"),
        "office": gettext_lazy("needed for office staff"),
    }

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=AccountRequest._meta.get_field("role").choices or [],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("Name as used at work; one word is enough."),
    )
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=60,
        help_text=gettext_lazy(
            "Small letters, digits, dots and dashes, for example desa.lontar."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy(
            "The link to set a password is sent there. Without an address, we print a "
            "slip with a code."
        ),
    )
    phone = TelephoneFormField(label=gettext_lazy("Telephone"), required=False)
    letter_number = forms.CharField(
        label=gettext_lazy("Letter of assignment"), max_length=100
    )
    starts_on = DayField(label=gettext_lazy("From"))

    field_order = ("role", "village", "office")

    def __init__(
        self, *args: Any, user: User, offices: Sequence[Office], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(office.pk): office for office in offices}
        self.fields["village"] = VillageField(
            user,
            "account.request",
            required=False,
            help_text=gettext_lazy("Leave empty for office staff."),
        )
        if len(offices) > 1:
            self.fields["office"] = forms.ChoiceField(
                label=gettext_lazy("Office"),
                required=False,
                choices=[
                    ("", "–"),
                    *((key, str(o)) for key, o in self.offices.items()),
                ],
            )
        self.order_fields(self.field_order)

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"].lower()
        USER_NAME.run_validators(typed)
        return typed

    def clean(self) -> dict[str, Any]:
        """Set `place` to the village or the office of the role."""
        cleaned = super().clean() or self.cleaned_data
        village = cleaned.get("village")
        if cleaned.get("role") == Role.OFFICE_STAFF:
            if village is not None:
                self.add_error(
                    "village", _("Office staff do not serve a single village.")
                )
            cleaned["place"] = self._office(cleaned.get("office", ""))
        elif cleaned.get("role") and not village and "village" not in self.errors:
            self.add_error("village", _("Enter the village where the person serves."))
        else:
            cleaned["place"] = village
        return cleaned

    def _office(self, chosen: str) -> Office | None:
        if len(self.offices) == 1:
            return next(iter(self.offices.values()))
        if not chosen and "office" not in self.errors:
            self.add_error("office", _("Choose the office."))
        return self.offices.get(chosen)


class PersonFilter(PortalForm, forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Name or user name."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    without_role = TickField(
        label=gettext_lazy("Without a role"),
        help_text=gettext_lazy("Accounts that have not been given any role yet."),
    )

    def __init__(self, *args: Any, user: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not assigns_new_accounts(user):
            close_filter(self, "without_role")


class RequestFilter(PortalForm, forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[ANY, *AccountRequest.Status.choices],
    )


class ApprovalRequestFilter(PortalForm, forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[ANY, *ApprovalRequest.Status.choices],
    )
