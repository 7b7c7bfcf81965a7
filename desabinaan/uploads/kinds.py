"""What one kind of list adds to the pages and services that all kinds share."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.lib.text.bilingual import in_active_language
from desabinaan.lib.text.telephones import telephone_text
from desabinaan.uploads.columns import Columns
from desabinaan.uploads.models import Upload, UploadRow
from desabinaan.uploads.refusals import TEXT
from desabinaan.uploads.sheets.headings import (
    HEADING_WITHIN,
    Table,
    Words,
    headed_table,
    workbook_with,
)
from desabinaan.uploads.sheets.reading import Workbook, pasted_workbook
from desabinaan.uploads.sheets.rows import LONGEST_CELL, MOST_ROWS, Remark
from desabinaan.uploads.sheets.unheaded import UnheadedColumns, perhaps_headed_table

U = TypeVar("U", bound=Upload)
#: keys of notes that say what saving the row writes begin like this
WRITES = "writes_"
#: key of the problem of a cell that no kind of list takes
LONG_CELL = "long_cell"


@dataclass(slots=True)
class RowCheck:
    """What checking a row found; the fields are those of UploadRow.

    A row with problems, or whose subject is not sure, is in doubt. `is_known` says
    that there is nothing to write.
    """

    subject: str = ""
    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    confidence: int | None = None
    question: str = ""
    is_sure: bool = True
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """How a user corrects a row: its cells, and the candidate that is meant, if any.

    `version` is that of the row when the form was opened. With `for_alike` the other
    rows with the same question get the same answer.
    """

    cells: Mapping[str, str]
    chosen: str = ""
    version: int = 0
    for_alike: bool = False


class ListKind(Generic[U]):
    """A kind of list: its columns, how its rows are checked, and what they write.

    An app makes one object of a subclass and passes it down to `upload_urls`, to the
    services and to its task. The methods that raise NotImplementedError are its own.
    """

    model: type[U]
    #: beginning of the names of its routes, such as "imports:import"
    routes: ClassVar[str]
    #: name of the worker's task that calls `run_commit`
    task: ClassVar[str]
    columns: ClassVar[Columns]
    #: at least one of these columns has to be chosen
    needed: ClassVar[Collection[str]]
    #: columns in which a blank cell may repeat the one above, from the outer one
    repeating: ClassVar[Sequence[str]] = ()
    #: how a list without headings is read; None: each list has headings
    unheaded: ClassVar[UnheadedColumns | None] = None
    #: columns that can be filled in on the page of a row though the list lacks them
    always_editable: ClassVar[Collection[str]] = ()
    #: whether the user is asked what each column means; if not, `table_of` knows it,
    #: and storing a list checks its rows at once
    asks_columns: ClassVar[bool] = True
    #: columns that the question of a row is about; other rows that say the same can
    #: get the correction of one
    asked_about: ClassVar[Collection[str]] = ()
    #: whether each row is checked against all others, not only those of its subject
    checks_all_rows: ClassVar[bool] = False
    #: keys of further notes that a row must have shown before it is saved
    seen_before_saving: ClassVar[Collection[str]] = ()
    #: whether a row that somebody else saved meanwhile stops the list; if not, it is
    #: passed over
    refuses_known: ClassVar[bool] = False
    #: sentences of problems and notes by their keys
    sentences: ClassVar[Mapping[str, StrOrPromise]] = {}
    #: field with what rows are pasted for; no two lists pasted for it have one name
    pasted_for: ClassVar[str] = ""
    #: what is read together with a list: its place
    related: ClassVar[Sequence[str]] = ()
    most_rows: ClassVar[int] = MOST_ROWS
    #: larger lists are saved by the worker, smaller ones within the request
    at_once: ClassVar[int] = 500
    days_stored: ClassVar[int] = 30

    # --- Who may --------------------------------------------------------------

    def visible_to(self, user: Actor) -> QuerySet[U]:
        """Return the lists of this kind that the user may check and save."""
        raise NotImplementedError

    def require(self, acting_user: User | None, upload: U) -> None:
        """PermissionDenied unless the user may save this list; None: the console."""
        raise NotImplementedError

    # --- Rows -----------------------------------------------------------------

    def workbook_in(self, content: bytes, *, is_pasted: bool = False) -> Workbook:
        """Return the rows of the file; ValidationError if it is unreadable."""
        most = self.most_rows + HEADING_WITHIN
        if is_pasted:
            return pasted_workbook(content.decode(), most)
        return workbook_with(self._headings(), content, most)

    def table_of(self, workbook: Workbook, is_headed: bool | None = None) -> Table:
        """Return the table in these rows; ValidationError if it is unusable.

        `is_headed` is the answer whether the first row are headings, if it was given.
        """
        words = self._headings()
        if self.unheaded is None:
            table = headed_table(workbook, words)
        else:
            table = perhaps_headed_table(workbook, words, self.unheaded, is_headed)
        hints = {name: known.perhaps for name, known in self.columns.items()}
        table = table.with_suggestions(hints)
        if (count := len(table.body)) > self.most_rows:
            raise ValidationError(
                _("The list has %(count)s rows. Send at most %(most)s at a time."),
                "too_many_rows",
                {
                    "count": number_format(count, force_grouping=True),
                    "most": number_format(self.most_rows, force_grouping=True),
                },
            )
        return table

    def check(
        self, upload: U, rows: Sequence[UploadRow], acting_user: User | None
    ) -> Sequence[RowCheck]:
        """Check the rows together, also against each other; save nothing.

        What is made for a row, such as a user name, may be put into its cells and is
        named in a note. The number of queries does not depend on the number of rows.
        Skipped rows are among `rows` and stay skipped.
        """
        raise NotImplementedError

    def write(
        self, upload: U, rows: Sequence[UploadRow], acting_user: User | None
    ) -> Iterator[int]:
        """Check the rows again, write them, set outcomes; yield how many are done.

        Runs in one transaction. `refuse_other_writes` stops all of it.
        """
        raise NotImplementedError

    # --- Words ----------------------------------------------------------------

    def sentence(self, key: str, details: Mapping[str, Any]) -> str:
        """Return the sentence of a problem or note, in the active language.

        Days and telephones among the details are shown as people write them.
        """
        shown = {
            name: in_active_language(value) if isinstance(value, Mapping) else value
            for name, value in details.items()
        }
        for name in shown.keys() & {"day", "old_day"}:
            day = date.fromisoformat(shown[name])
            shown[name] = date_format(day, "DATE_FORMAT")
        if "phone" in shown:
            shown["phone"] = telephone_text(shown["phone"])
        if key == TEXT:
            return str(shown["text"])
        if key == LONG_CELL:
            most = number_format(LONGEST_CELL, force_grouping=True)
            details = {"column": self.columns[shown["column"]].label, "most": most}
            text = _("“%(column)s” has more than %(most)s characters. Shorten it.")
            return text % details
        return str(self.sentences[key]) % shown

    def in_words(self, remarks: Iterable[Sequence[Any]]) -> list[str]:
        """Return the sentences of remarks [key, details], in the active language."""
        return [self.sentence(key, details) for key, details in remarks]

    def typed(self, cells: Mapping[str, str]) -> str:
        """Return how the list itself names what the row is about."""
        raise NotImplementedError

    def names_of(self, values: Collection[str]) -> Mapping[str, str]:
        """Return subject or candidate -> its name; one query for all."""
        raise NotImplementedError

    def start_crumbs(self, upload: U | None) -> list[tuple[object, str]]:
        """Return the breadcrumbs down to the page where such a list is uploaded."""
        raise NotImplementedError

    def facts(self, upload: U) -> list[tuple[StrOrPromise, object]]:
        """Return what the head of the list's page shows."""
        raise NotImplementedError

    def needed_text(self) -> str:
        """Return what to do when none of the needed columns was chosen."""
        raise NotImplementedError

    def missing_text(self, columns: Collection[str]) -> str:
        """Return what to do when these columns are too few; "" when they are not."""
        return "" if {*self.needed} & {*columns} else self.needed_text()

    def onward(self, upload: U) -> tuple[str, str]:
        """Return label and address of where to go once the list is saved."""
        raise NotImplementedError

    def commit_label(self, count: int) -> str:
        text = ngettext("Save %(count)s row", "Save %(count)s rows", count)
        return text % {"count": count}

    def saved_title(self) -> str:
        return _("The list is saved")

    def columns_of(self, upload: U) -> Columns:
        """Return the columns of this list, and those that may always be filled in."""
        wanted = {*upload.columns, *self.always_editable}
        return {name: known for name, known in self.columns.items() if name in wanted}

    def choices(self, candidates: Sequence[str]) -> list[tuple[str, str]]:
        """Return candidate and name, in the order of the candidates."""
        names = self.names_of(set(candidates)) if candidates else {}
        return [(one, names[one]) for one in candidates if one in names]

    def url(self, page: str, *args: Any) -> str:
        """Return the address of one of its pages: "detail", "row" and so on."""
        return reverse(f"{self.routes}_{page}", args=args)

    # --- Inside ---------------------------------------------------------------

    def _headings(self) -> Words:
        return {name: known.headings() for name, known in self.columns.items()}


#: a kind of list where it does not matter which
AnyKind: TypeAlias = ListKind[Any]
