from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from desabinaan.lib.forms import PortalForm
from desabinaan.notices.kinds import Channel, Matter
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
    matter = forms.ChoiceField(
        label=gettext_lazy("Matter"),
        choices=[("", gettext_lazy("All")), *Matter.choices],
        required=False,
    )

    @property
    def state_asked(self) -> str:
        return str(self.cleaned_data.get("state", ""))

    def in_state(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """The new ones or those that were read, if one of both is asked for."""
        if not self.state_asked:
            return notices
        return notices.unread() if self.state_asked == self.NEW else notices.read()

    def narrowed(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """The notices of the chosen matter."""
        matter = self.cleaned_data.get("matter")
        return notices.of_matter(matter) if matter else notices


class UntilForm(forms.Form):
    """The newest moment that stood on the page."""

    until = forms.CharField()

    def clean_until(self) -> Any:
        try:
            moment = parse_datetime(self.cleaned_data["until"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError("no moment")
        return moment


class PreferencesForm(PortalForm, forms.Form):
    """One choice per matter, named like the matter."""

    def __init__(self, data: Any, *, wishes: dict[str, Channel]) -> None:
        super().__init__(data)
        for matter, channel in wishes.items():
            self.fields[matter] = forms.ChoiceField(
                label=Matter(matter).label, choices=Channel.choices, initial=channel
            )
