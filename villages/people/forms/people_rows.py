"""A row of a list of people as a form; subclasses add what else the row says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from desabinaan.lib.text.bilingual import in_each_language
from desabinaan.lib.text.blanks import meant
from desabinaan.lib.text.folding import folded
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.telephone_fields import TelephoneFormField
from desabinaan.uploads.refusals import TEXT
from desabinaan.uploads.sheets.rows import Remark
from villages.people.columns import ACCOUNT, BEGIN, NAME
from villages.people.forms.accounts import USER_NAME
from villages.people.selectors.duplicates import names_taken

#: limit of user names made for people of one name
MAX_SAME_NAME = 40
Cells = Mapping[str, str]
#: words before a name that are no part of it, folded
TITLES = {
    "h", "hj", "haji", "hajah", "hajjah", "kh", "kyai", "kiai", "ust", "ustad", "ustaz",
    "ustadz", "ustadzah", "dr", "drs", "dra", "drg", "drh", "ir", "prof", "apt", "ns",
    "bapak", "bpk", "ibu", "sdr", "sdri", "mr", "mrs", "ms",
}  # fmt: skip


class PersonRowForm(PortalForm, forms.Form):
    """One person of a list: who it is, and from which day on."""

    name = forms.CharField(label=NAME["name"].label, max_length=120)
    username = forms.CharField(
        label=ACCOUNT["username"].label,
        max_length=60,
        validators=USER_NAME.validators,
    )
    email = forms.EmailField(
        label=ACCOUNT["email"].label, max_length=254, required=False
    )
    phone = TelephoneFormField(
        label=ACCOUNT["phone"].label, required=False, help_text=""
    )
    starts_on = DayField(label=BEGIN["starts_on"].label)

    def clean(self) -> dict[str, Any]:
        """Omit a telephone or address that is refused, to go on checking."""
        return {"email": "", "phone": "", **(super().clean() or {})}

    @property
    def lacks_contacts_only(self) -> bool:
        """Whether nothing is refused but the ways to reach the person."""
        return self.errors.keys() <= {"email", "phone"}

    def wanted(self, subject: Any) -> Any:
        """Return what a valid row asks for, at the place or agency that was found."""
        raise NotImplementedError

    def problems(self) -> list[Remark]:
        """Return what the fields refuse, each with the name of its column."""
        if self.is_valid():
            return []
        # A form words its refusals in the language in which it is made.
        refused = in_each_language(lambda: list(type(self)(self.data)._refusals()))
        sentences = zip(*refused.values(), strict=True)
        return [
            (TEXT, {"text": dict(zip(refused, one, strict=True))}) for one in sentences
        ]

    def _refusals(self) -> Iterator[str]:
        for name, refusals in self.errors.items():
            label = str(self.fields[name].label)
            for refusal in refusals:
                text = str(refusal)
                yield text if label in text else f"{label}: {text}"


def with_user_names(rows: Sequence[Cells]) -> list[dict[str, str]]:
    """Return the cells with a user name in each row: the typed one, or one made of
    the name that nobody has yet. A cell that says nothing ("belum ada") is blank.
    """
    said = [{name: meant(cell) for name, cell in cells.items()} for cells in rows]
    typed = [cells.get("username", "").lower() for cells in said]
    offers = [_offers(cells.get("name", "")) for cells in said]
    taken = names_taken(name for offer in offers for name in offer) | set(typed)
    for cells, name, offer in zip(said, typed, offers, strict=True):
        cells["username"] = name or next((one for one in offer if one not in taken), "")
        taken.add(cells["username"])
    return said


def _offers(name: str) -> list[str]:
    """Return possible user names: "siti.aminah", "siti.aminah2", and so on.

    Titles before the name and degrees after a comma are no part of it.
    """
    words = re.findall(r"[a-z0-9]+", folded(name.partition(",")[0]))
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    stem = ".".join(words[:2])[:50] or "akun"
    return [stem, *(f"{stem}{number}" for number in range(2, MAX_SAME_NAME + 1))]
