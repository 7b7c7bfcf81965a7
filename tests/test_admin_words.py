"""The administration speaks Indonesian: every column and field has its label."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten, flatten_fieldsets, label_for_field
from django.db.models import Model
from django.utils import translation

#: labels that are the same word in both languages
SAME = {"NIP", "status", "level"}


def test_every_label_of_the_administration_is_indonesian() -> None:
    left = {
        f"{model._meta.label}.{name}"
        for model, site in admin.site._registry.items()
        for name in _shown(site)
        if _is_english(name, model, site)
    }
    assert left == set()


def _shown(site: admin.ModelAdmin[Any]) -> Iterator[str]:
    """Names of the columns of the list, and of the fields of the form."""
    grouped = flatten_fieldsets(site.fieldsets) if site.fieldsets else ()
    for name in flatten([*site.list_display, *grouped, *(site.fields or ())]):
        if isinstance(name, str) and name != "__str__":
            yield name


def _is_english(name: str, model: type[Model], site: admin.ModelAdmin[Any]) -> bool:
    labels = set()
    for language in ("id", "en"):
        with translation.override(language):
            labels.add(str(label_for_field(name, model, site)))
    return len(labels) == 1 and not labels <= SAME
