"""Lists of villages as a kind of uploaded list."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from desabinaan.accounts import access
from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.uploads.columns import Columns
from desabinaan.uploads.kinds import ListKind, RowCheck
from desabinaan.uploads.models import UploadRow
from villages.imports.columns import ASKED_TOGETHER, COLUMNS, NAMES
from villages.imports.messages import SENTENCES, with_numbers
from villages.imports.models import VillageImport
from villages.imports.presenters.files import becomes
from villages.imports.selectors.checking import check_together
from villages.imports.selectors.imports import imports_for, names_of_villages
from villages.imports.services.commit import save_rows


class VillageLists(ListKind[VillageImport]):
    """Lists of villages: designated by a Kanwil, proposed by a Kanim."""

    model = VillageImport
    routes = "imports:import"
    task = "imports.commit_import_rows"
    columns = COLUMNS
    needed = ("village", "code", "ministry_code")
    repeating = ("regency", "district")
    always_editable = NAMES
    sentences = SENTENCES

    def visible_to(self, user: Actor) -> QuerySet[VillageImport]:
        return imports_for(user)

    def require(self, acting_user: User | None, upload: VillageImport) -> None:
        if acting_user is not None:
            access.require(acting_user, "village.import", upload.office)

    def check(
        self,
        upload: VillageImport,
        rows: Sequence[UploadRow],
        acting_user: User | None,
    ) -> Sequence[RowCheck]:
        return check_together(rows, upload)

    def write(
        self,
        upload: VillageImport,
        rows: Sequence[UploadRow],
        acting_user: User | None,
    ) -> Iterator[int]:
        return save_rows(self, upload, rows, acting_user)

    def sentence(self, key: str, details: Mapping[str, Any]) -> str:
        return super().sentence(key, with_numbers(details))

    def typed(self, cells: Mapping[str, str]) -> str:
        parts = (cells.get(name, "") for name in ("village", "district", "regency"))
        named = ", ".join(part for part in parts if part)
        return named or cells.get("code") or cells.get("ministry_code") or "–"

    def columns_of(self, upload: VillageImport) -> Columns:
        """Return the columns, and those that a row may be asked for besides."""
        wanted = {*super().columns_of(upload)}
        wanted |= {name for group in ASKED_TOGETHER if wanted & group for name in group}
        return {name: known for name, known in COLUMNS.items() if name in wanted}

    def names_of(self, values: Collection[str]) -> Mapping[str, str]:
        return {
            code: f"{name}, {district}, {regency} ({code})"
            for code, name, district, regency in names_of_villages(values)
        }

    def start_crumbs(self, upload: VillageImport | None) -> list[tuple[object, str]]:
        return [
            (_("Villages"), reverse("register:village_list")),
            (_("Import a list"), reverse("imports:import_start")),
        ]

    def facts(self, upload: VillageImport) -> list[tuple[StrOrPromise, object]]:
        return [
            (_("Office"), upload.office.short_name),
            (_("Becomes"), becomes(upload.designates)),
        ]

    def needed_text(self) -> str:
        return _("Say which column holds the village: its name, its code, or both.")

    def onward(self, upload: VillageImport) -> tuple[str, str]:
        return _("To the register"), reverse("register:village_list")

    def commit_label(self, count: int) -> str:
        text = ngettext(
            "Save %(count)s row in the register",
            "Save %(count)s rows in the register",
            count,
        )
        return text % {"count": count}

    def saved_title(self) -> str:
        return _("The list is saved in the register")


VILLAGE_LISTS = VillageLists()
