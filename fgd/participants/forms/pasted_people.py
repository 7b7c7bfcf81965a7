"""The people of a pasted list: who sent them, and each row to check."""

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import answers
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.telephone_fields import TelephoneFormField
from desabinaan.uploads.sheets.pasted import Row
from desabinaan.uploads.sheets.remarks import remark_message
from fgd.participants.forms.pasting import PastedColumnsForm
from fgd.participants.models import Delegate
from fgd.participants.selectors.participants import (
    UNLISTED,
    identities_of,
    invitations_of,
    value_of,
)
from fgd.participants.selectors.senders import (
    Sender,
    Sending,
    sender_key,
    senders_named,
)
from fgd.sessions.models import Session
from villages.register.models import Village

OTHER = "lain"
SENDER, ROW = "pengirim", "baris"


class PastedPersonForm(PortalForm, forms.Form):
    """One row; its fields are shown when it is opened or has errors."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    position = forms.CharField(
        label=gettext_lazy("Position"), required=False, max_length=120
    )
    party = forms.CharField(
        label=gettext_lazy("Sent by"), required=False, max_length=150
    )
    phone = TelephoneFormField(
        label=gettext_lazy("Telephone"), required=False, help_text=""
    )

    line = number = 0
    is_skipped = False
    is_open = False
    #: why the row adds nobody, although it has no errors
    already = ""

    @property
    def sent_by(self) -> str:
        """Return the sender as typed, in the text or into the field."""
        return " ".join(str(self["party"].value()).split())


class SenderForm(PortalForm, forms.Form):
    """The party that one name in the list stands for."""

    count = 0

    choice = forms.ChoiceField(
        label=gettext_lazy("Which one is meant?"), widget=forms.RadioSelect
    )
    other = forms.CharField(
        label=gettext_lazy("Another agency or village"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"list": "instansi", "autocomplete": "off"}),
    )

    def __init__(
        self, data: Any, typed: str, known: Mapping[str, Sender], invited: set[str]
    ) -> None:
        prefix = sender_prefix(typed)
        sender = known.get(sender_key(typed), Sender())
        other = data.get(f"{prefix}-other", "")
        self.typed = typed
        self.other_sender = known.get(sender_key(other), Sender())
        self.is_certain = sender.certain is not None
        certain = [sender.certain] if sender.certain else []
        parties = [*certain, *sender.likely, *self.other_sender.likely]
        self.parties = {value_of(one): one for one in parties}
        # Who types another name need not choose it as well.
        only_other = OTHER if other or not typed else ""
        answer = data.get(f"{prefix}-choice") or value_of(sender.certain) or only_other
        super().__init__(
            {f"{prefix}-choice": answer, f"{prefix}-other": other}, prefix=prefix
        )
        offered = [
            (value, _party_label(one, is_invited=value in invited))
            for value, one in self.parties.items()
        ]
        if typed:
            label = _("a new agency: “%(name)s”") % {"name": typed}
            offered.append((UNLISTED, label))
        offered.append((OTHER, _("another one, typed below")))
        answers(self, "choice").choices = offered

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("choice") == OTHER and self.other_sender.certain is None:
            self.add_error("other", self._why_no_other(sent.get("other", "")))
        return sent

    def party(self) -> dict[str, Any]:
        """Return agency, village and new agency as services.Person takes them."""
        choice = self.cleaned_data["choice"]
        certain = self.other_sender.certain
        chosen = certain if choice == OTHER else self.parties.get(choice)
        is_village = isinstance(chosen, Village)
        return {
            "agency_id": chosen.pk if chosen and not is_village else None,
            "village_id": chosen.pk if chosen and is_village else None,
            "new_agency": "" if chosen else self.typed,
        }

    def _why_no_other(self, typed: str) -> str:
        if not typed:
            return _("Type the name of the agency or village.")
        if self.other_sender.likely:
            return _("Is it one of those now listed above? If so, choose it.")
        return _("No agency or village has this name. Check how it is written.")


class PastedPeople:
    """A pasted list with its answers; `summary` holds errors about the whole list."""

    def __init__(
        self, rows: list[Row], data: Any, *, user: Actor, session: Session
    ) -> None:
        self.columns = PastedColumnsForm(rows, data)
        self.summary = forms.Form({})
        self.people: list[PastedPersonForm] = []
        self.senders: dict[str, SenderForm] = {}
        self._was_shown = data.get("dilihat", "") == self.columns.signature
        if self.columns.is_valid():
            is_same = self.columns.is_read_as(data.get("dilihat", ""))
            self.people = _people(self.columns.people(), data, keeps_edits=is_same)
            self.senders = self._senders(data, user, session)
            self._mark_repeated(session)

    @property
    def remarks(self) -> list[str]:
        """Return what was skipped, in sentences."""
        return [remark_message(word, values) for word, values in self.columns.remarks]

    @property
    def wanted(self) -> list[PastedPersonForm]:
        """Return the rows that add somebody, or would without their errors."""
        return [row for row in self.people if not (row.is_skipped or row.already)]

    @property
    def faulty(self) -> list[PastedPersonForm]:
        return [row for row in self.wanted if row.errors]

    @property
    def asked(self) -> list[SenderForm]:
        """Return the senders to decide on: not certain, or changed."""
        return [
            one for one in self.senders.values() if not one.is_certain or one.errors
        ]

    @property
    def open_questions(self) -> list[SenderForm]:
        return [one for one in self.senders.values() if one.errors]

    @property
    def certain(self) -> list[SenderForm]:
        return [
            one for one in self.senders.values() if one.is_certain and not one.errors
        ]

    @property
    def is_ready(self) -> bool:
        """Return whether all is answered and nothing is wrong."""
        return bool(self.wanted) and not (self.faulty or self.open_questions)

    def may_be_saved(self) -> bool:
        """Return whether the list is ready and was shown as it is now."""
        if self.is_ready and not self._was_shown:
            text = _("The columns changed. Check the rows, then add the people.")
            self.summary.add_error(None, text)
        return self.is_ready and self._was_shown

    def persons(self) -> list[dict[str, Any]]:
        """Return the fields of services.Person of each row that adds somebody."""
        return [
            {name: row.cleaned_data[name] for name in ("name", "position", "phone")}
            | self.senders[sender_key(row.sent_by)].party()
            for row in self.wanted
        ]

    def _senders(
        self, data: Any, user: Actor, session: Session
    ) -> dict[str, SenderForm]:
        """Return the question about each different name, also about a missing one."""
        counts = Counter(
            sender_key(row.sent_by) for row in self.people if not row.is_skipped
        )
        typed = {sender_key(row.sent_by): row.sent_by for row in self.people}
        others = [data.get(f"{sender_prefix(one)}-other", "") for one in typed.values()]
        known = senders_named([*typed.values(), *others], user, session)
        invited = {
            value_of(one.agency or one.village) for one in invitations_of(session)
        }
        senders = {}
        for key, count in counts.items():
            senders[key] = SenderForm(data, typed[key], known, invited)
            senders[key].count = count
        return senders

    def _mark_repeated(self, session: Session) -> None:
        """Mark the rows that are on the list, or earlier in the text."""
        there = identities_of(session)
        seen: dict[Any, int] = {}
        for row in self.people:
            sender = self.senders.get(sender_key(row.sent_by))
            if row.is_skipped or row.errors or sender is None or sender.errors:
                continue
            party = sender.party()
            found = Delegate(
                name=row.cleaned_data["name"],
                position=row.cleaned_data["position"],
                agency_id=party["agency_id"],
                village_id=party["village_id"],
            ).identity
            whole = (*found, sender_key(party["new_agency"]))
            if found in there and not party["new_agency"]:
                row.already = _("already on the list")
            elif whole in seen:
                text = _("the same as row %(number)s")
                row.already = text % {"number": seen[whole]}
            else:
                seen[whole] = row.number


def sender_prefix(typed: str) -> str:
    """Return the beginning of the names of the fields about one sender."""
    key = blake2s(sender_key(typed).encode(), digest_size=6).hexdigest()
    return f"{SENDER}-{key}"


def _people(
    cells: Mapping[int, Mapping[str, str]], data: Any, *, keeps_edits: bool
) -> list[PastedPersonForm]:
    """Return the rows of the text, corrected by the fields that were sent.

    Edits made below other columns are dropped: their cells would be mixed up.
    """
    skipped = set(data.getlist("lewati"))
    opened = data.get("ubah", "")
    people = []
    for number, (line, typed) in enumerate(cells.items(), start=1):
        prefix = f"{ROW}-{line}"
        is_sent = keeps_edits and f"{prefix}-name" in data
        values = {f"{prefix}-{name}": cell for name, cell in typed.items()}
        if is_sent:
            values = {name: data.get(name, "") for name in values}
            if "turun" in data:
                values[f"{prefix}-party"] = values[f"{prefix}-party"] or typed["party"]
        row = PastedPersonForm(values, prefix=prefix)
        row.line, row.number = line, number
        row.is_skipped = str(line) in skipped
        row.is_open = is_sent or opened == str(line) or bool(row.errors)
        people.append(row)
    return people


def _party_label(party: Sending, *, is_invited: bool) -> str:
    name = party.name_and_code if isinstance(party, Village) else party.name
    return _("%(name)s – invited") % {"name": name} if is_invited else name
