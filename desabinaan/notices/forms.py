from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.shared_lists import SharedListForm
from desabinaan.notices.kinds import Category, Channel
from desabinaan.notices.querysets import NoticeQuerySet


class NoticeFilter(PortalForm, forms.Form):
    """Filters of the notices; they live in the address."""

    NEW, READ = "baru", "dibaca"

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All")),
            (NEW, gettext_lazy("New")),
            (READ, gettext_lazy("Read")),
        ],
        required=False,
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        choices=[("", gettext_lazy("All")), *Category.choices],
        required=False,
    )

    @property
    def state_asked(self) -> str:
        return str(self.cleaned_data.get("state", ""))

    def in_state(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """Return the unread or the read notices, if one of both is chosen."""
        if not self.state_asked:
            return notices
        return notices.unread() if self.state_asked == self.NEW else notices.read()

    def narrow(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """Return the notices of the chosen category."""
        category = self.cleaned_data.get("category")
        return notices.of_category(category) if category else notices


class UntilForm(forms.Form):
    """The time of the newest notice that the page listed."""

    until = forms.CharField()

    def clean_until(self) -> Any:
        try:
            moment = parse_datetime(self.cleaned_data["until"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError("no moment")
        return moment


class PreferencesForm(SharedListForm):
    """One choice per category, named like the category."""

    def __init__(self, data: Any, *, channels: dict[str, Channel]) -> None:
        super().__init__(data)
        for category, channel in channels.items():
            entry = forms.ChoiceField(
                label=Category(category).label, choices=Channel.choices, initial=channel
            )
            self.add_entry(category, entry)
