from typing import Any, ClassVar

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts import passwords
from desabinaan.accounts.models import WAYS_IN, User
from desabinaan.lib.web.forms import PortalForm

NAME_ENTRY = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
}


class UserNameField(forms.CharField):
    """A user name, changed to lower case as it is stored."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("User name"),
            max_length=60,
            widget=forms.TextInput(attrs=NAME_ENTRY),
            **options,
        )

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()


class PasswordField(forms.CharField):
    def __init__(self, autocomplete: str, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, widget=widget, **options)


class SignInForm(PortalForm, forms.Form):
    username = UserNameField()
    password = PasswordField("current-password", label=gettext_lazy("Password"))


class ForgotForm(PortalForm, forms.Form):
    username = UserNameField(
        help_text=gettext_lazy("For example desa.lontar. It is printed on your slip.")
    )


class SlipCodeForm(PortalForm, forms.Form):
    takes_any_text = True
    username = UserNameField()
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Ten letters and digits, as on your slip."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class NewPasswordForm(PortalForm, forms.Form):
    """A new password, typed twice; the service checks how strong it is."""

    password = PasswordField("new-password", label=gettext_lazy("New password"))
    again = PasswordField("new-password", label=gettext_lazy("Repeat the new password"))

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        first = self.cleaned_data.get("password")
        if first is not None and first != again:
            raise ValidationError(
                _("The two passwords differ. Type the new password twice.")
            )
        return again

    @property
    def rules(self) -> list[str]:
        return passwords.rules()


class CurrentPasswordForm(PortalForm, forms.Form):
    """Asks for the current password: an unlocked screen is not enough."""

    current_password = PasswordField(
        "current-password", label=gettext_lazy("Current password")
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_current_password(self) -> str:
        current: str = self.cleaned_data["current_password"]
        name = self.request.user.get_username()
        # Through the sign-in backends, so that wrong tries count towards the lock-out.
        if authenticate(self.request, username=name, password=current) is None:
            raise ValidationError(
                _("This is not your current password. Please type it again.")
            )
        return current


class ChangePasswordForm(CurrentPasswordForm, NewPasswordForm):
    field_order = ("current_password", "password", "again")


class AccountForm(PortalForm, forms.ModelForm[User]):
    """One's own details. What leads into the account needs the current password."""

    marks: ClassVar = {
        "current_password": gettext_lazy("needed if the e-mail or telephone changes")
    }
    current_password = PasswordField(
        "current-password",
        label=gettext_lazy("Current password"),
        help_text=gettext_lazy("Your other devices are signed out then."),
        required=False,
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = self.cleaned_data.pop("current_password", "")
        is_changed = any(
            self.cleaned_data[name] != self.initial[name]
            for name in WAYS_IN & self.cleaned_data.keys()
        )
        if self.errors or not is_changed:
            return self.cleaned_data
        asked = CurrentPasswordForm(self.request, {"current_password": typed})
        if not asked.is_valid():
            self.add_error("current_password", asked.errors["current_password"])
        return self.cleaned_data

    class Meta:
        model = User
        fields = ("name", "email", "phone", "language")
        labels = {
            "name": gettext_lazy("Name"),
            "email": gettext_lazy("E-mail"),
            "phone": gettext_lazy("Telephone"),
            "language": gettext_lazy("Language"),
        }
        help_texts = {
            "email": gettext_lazy(
                "We send a link to this address if you forget your password."
            ),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel"}),
            "language": forms.RadioSelect,
        }
