"""Telephones in the administration: found as people write them, shown as elsewhere."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from desabinaan.lib.text.telephones import telephone_text, telephones_as_stored
from desabinaan.lib.web.telephone_fields import TelephoneField

Text = Callable[[Any], str]


class ReadsTelephones(admin.ModelAdmin[Any]):
    """Pages of rows with a TelephoneField.

    Where the number is not edited, a function that returns it as text replaces
    the field: of a field, Django shows the stored value.
    """

    @cached_property
    def telephone_texts(self) -> dict[str, Text]:
        """Return the functions by the names of their fields."""
        fields = [one for one in self.opts.fields if isinstance(one, TelephoneField)]
        return {field.name: self._text_of(field) for field in fields}

    def _text_of(self, field: TelephoneField) -> Text:
        def text(row: Model) -> str:
            shown = telephone_text(getattr(row, field.name))
            return shown or str(self.get_empty_value_display())

        text.__name__ = field.name  # the page and the list name its place by it
        display = admin.display(description=field.verbose_name, ordering=field.name)
        return display(text)

    # --- Search --------------------------------------------------------------

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search for a telephone both as it is typed and as it is stored."""
        find = super().get_search_results
        found, may_repeat = find(request, queryset, search_term)
        stored = telephones_as_stored(search_term)
        paths = self.get_search_fields(request)
        if stored == search_term or not any(map(self._is_telephone, paths)):
            return found, may_repeat
        return found | find(request, queryset, stored)[0], may_repeat

    def _is_telephone(self, path: str) -> bool:
        try:
            fields = get_fields_from_path(self.model, path)
        except (FieldDoesNotExist, NotRelationField):
            return False  # a lookup, as in "name__folded_contains"
        return isinstance(fields[-1], TelephoneField)

    # --- Pages ---------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> Any:
        return self._in_text(super().get_list_display(request), self.telephone_texts)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Name the fields besides their texts, so that the form has none for them."""
        names = super().get_readonly_fields(request, obj)
        texts = self.telephone_texts
        return (*names, *(texts[one] for one in names if one in texts))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        names: Collection[Any] = self.get_readonly_fields(request, obj)
        if obj is not None and not self.has_change_permission(request, obj):
            names = self.telephone_texts
        return [
            (title, options | {"fields": self._in_text(options["fields"], names)})
            for title, options in fieldsets
        ]

    def _in_text(
        self, fields: Iterable[Any], names: Collection[Any]
    ) -> tuple[Any, ...]:
        """Return the fields, each once; a telephone among `names` is the text."""
        texts = {
            one: text for one, text in self.telephone_texts.items() if one in names
        }
        shown = (
            self._in_text(one, names)
            if isinstance(one, list | tuple)
            else texts.get(one, one)
            for one in fields
        )
        return tuple(dict.fromkeys(shown))
