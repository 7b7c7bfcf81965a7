"""Fields in which a village is typed by name or code instead of chosen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.urls import reverse_lazy
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.line_breaks import LinesInput
from villages.places.named_places import named_place_in
from villages.register.models import Village
from villages.register.selectors.search import (
    CANDIDATES,
    NamedVillages,
    villages_named,
)

MOST_VILLAGES = 50
LONGEST_LINE = 200


class _Suggesting(forms.Widget):
    """A text input with suggestions by register/village-search.js."""

    class Media:
        js = [Script("register/village-search.js", defer=True)]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {
            "class": "wide-full",
            "autocomplete": "off",
            "autocapitalize": "words",
            "data-village-search": reverse_lazy("register:village_search"),
            "data-search-label": gettext_lazy("Search for a village"),
            "data-add-label": gettext_lazy("Add"),
        }
        super().__init__(attrs=own | (attrs or {}))


class VillageInput(_Suggesting, forms.TextInput):
    """A single village."""


class VillagesInput(_Suggesting, LinesInput):
    """Several villages, one per line."""


class VillageField(forms.Field):
    """One of the villages open to `user` for `capability`, by name or code.

    Cleans to a Village (None when empty and not required).
    """

    widget = VillageInput
    default_error_messages = {
        "required": gettext_lazy("Type the name or the code of a village.")
    }

    def __init__(self, user: Actor, capability: str, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Village"))
        options.setdefault("help_text", gettext_lazy("Name or code of the village."))
        super().__init__(**options)
        self.user = user
        self.capability = capability

    def prepare_value(self, value: Any) -> Any:
        return value.name_and_code if isinstance(value, Village) else value

    def to_python(self, value: Any) -> Village | None:
        typed = _plain(value).strip()
        if not typed:
            return None
        return _resolved([typed], self.user, self.capability)[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


class VillagesField(forms.Field):
    """Several villages, one per line; cleans to a list of them, each once."""

    widget = VillagesInput
    default_error_messages = {
        "required": gettext_lazy("Type at least one village, each on its own line.")
    }

    def __init__(self, user: Actor, capability: str, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Villages"))
        options.setdefault(
            "help_text", gettext_lazy("Name or code, one village per line.")
        )
        super().__init__(**options)
        self.user = user
        self.capability = capability

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(village.name_and_code for village in value)

    def to_python(self, value: Any) -> list[Village]:
        lines = [line.strip() for line in _plain(value).splitlines()]
        typed = [line for line in lines if line]
        if len(typed) > MOST_VILLAGES:
            raise ValidationError(
                _("Type at most %(most)s villages at a time."),
                "too_many",
                {"most": MOST_VILLAGES},
            )
        found = _resolved(typed, self.user, self.capability)
        return list({village.pk: village for village in found}.values())


def _plain(value: object) -> str:
    """Return the text without NUL, which PostgreSQL cannot store."""
    return str(value or "").replace("\0", " ")


def _resolved(typed: Sequence[str], user: Actor, capability: str) -> list[Village]:
    """Return the village of each line; ValidationError names every unclear line."""
    places = [named_place_in(line[:LONGEST_LINE]) for line in typed]
    found = villages_named(places, user, capability)
    problems = [
        _doubt(line, named)
        for line, named in zip(typed, found, strict=True)
        if len(named.villages) != 1
    ]
    if problems:
        raise ValidationError(problems)
    return [named.villages[0] for named in found]


def _doubt(line: str, named: NamedVillages) -> ValidationError:
    shown = Truncator(line).chars(60)
    candidates = named.villages or named.similar
    if not candidates:
        return ValidationError(
            _("We found no village “%(typed)s”. Check the name, or type its code."),
            "unknown",
            {"typed": shown},
        )
    if len(candidates) == 1:
        return ValidationError(
            _("We found no village “%(typed)s”. Is it %(name)s? Then type its code."),
            "similar",
            {"typed": shown, "name": candidates[0].name_and_code},
        )
    names = "; ".join(village.name_and_code for village in candidates[:CANDIDATES])
    more = len(candidates) > CANDIDATES
    return ValidationError(
        _("Several villages match “%(typed)s”: %(names)s. Type the code of one."),
        "ambiguous",
        {"typed": shown, "names": f"{names}; …" if more else names},
    )
