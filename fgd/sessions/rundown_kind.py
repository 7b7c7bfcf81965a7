"""Pasted rundowns as a kind of uploaded list."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from desabinaan.accounts import access
from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.uploads.kinds import ListKind, RowCheck
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.sheets.headings import Table
from desabinaan.uploads.sheets.reading import Workbook
from fgd.sessions.models import RundownList
from fgd.sessions.rundown_lines import (
    COLUMNS,
    MOST_LINES,
    rundown_in,
    rundown_table,
    span_in,
)
from fgd.sessions.selectors.rundown_lists import check_rundown, rundown_lists_for
from fgd.sessions.services.rundown_lists import save_rundown


class RundownLists(ListKind[RundownList]):
    """Lines of a rundown, pasted from the letter or from a table."""

    model = RundownList
    routes = "sessions:rundown_list"
    task = "sessions.commit_rundown"
    columns = COLUMNS
    needed = ("title",)
    asks_columns = False
    checks_all_rows = True
    pasted_for = "session"
    most_rows = MOST_LINES
    days_stored = 7
    sentences = {
        "no_time": gettext_lazy(
            "The line does not begin with its times, such as 09:00-09:30. Enter the "
            "time, or skip the line."
        ),
        "no_end": gettext_lazy(
            "The line says when it begins, but not when it ends. Enter the end, for "
            "example %(example)s, or “selesai” if it lasts until the end. Nothing is "
            "written until then."
        ),
        "bad_length": gettext_lazy(
            "“%(cell)s” is no end of this line, which lasts at most 12 hours. Enter "
            "the time at which it ends, its minutes from 1 to 720, or “selesai”."
        ),
        "no_title": gettext_lazy("The activity is missing."),
        "long_title": gettext_lazy(
            "The activity has more than %(limit)s characters. Shorten it."
        ),
        "long_presenter": gettext_lazy(
            "“In charge” has more than %(limit)s characters. Shorten it."
        ),
        "duplicate": gettext_lazy(
            "Line %(line)s has the same time and activity. Skip one of them."
        ),
        "stays": gettext_lazy("Stays as it is in the rundown: %(line)s"),
        "outside_hours": gettext_lazy(
            "This is outside the hours of the session (%(hours)s)."
        ),
        "writes_line": gettext_lazy("New in the rundown: %(line)s"),
    }

    def visible_to(self, user: Actor) -> QuerySet[RundownList]:
        return rundown_lists_for(user)

    def require(self, acting_user: User | None, upload: RundownList) -> None:
        access.require(_person(acting_user), "session.change", upload.session)

    def workbook_in(self, content: bytes, *, is_pasted: bool = True) -> Workbook:
        return rundown_in(content.decode())

    def table_of(self, workbook: Workbook, is_headed: bool | None = None) -> Table:
        return rundown_table(workbook)

    def check(
        self,
        upload: RundownList,
        rows: Sequence[UploadRow],
        acting_user: User | None,
    ) -> Sequence[RowCheck]:
        return [found for found, _line in check_rundown(upload.session, rows)]

    def write(
        self,
        upload: RundownList,
        rows: Sequence[UploadRow],
        acting_user: User | None,
    ) -> Iterator[int]:
        yield save_rundown(self, upload, rows, _person(acting_user))

    def typed(self, cells: Mapping[str, str]) -> str:
        text = " ".join(filter(None, [span_in(cells), cells.get("title")]))
        return "; ".join(part for part in (text, cells.get("presenter")) if part) or "–"

    def names_of(self, values: Collection[str]) -> Mapping[str, str]:
        until_the_end = _("%(begins)s until the end")
        return {
            span: span if "–" in span else until_the_end % {"begins": span}
            for span in values
        }

    def start_crumbs(self, upload: RundownList | None) -> list[tuple[object, str]]:
        crumbs: list[tuple[object, str]] = [
            (_("FGD sessions"), reverse("sessions:session_list"))
        ]
        if upload is not None:
            crumbs.append((upload.session.theme, self.onward(upload)[1]))
        return crumbs

    def facts(self, upload: RundownList) -> list[tuple[StrOrPromise, object]]:
        return [(_("FGD session"), upload.session.theme)]

    def needed_text(self) -> str:
        return self.sentence("no_title", {})

    def onward(self, upload: RundownList) -> tuple[str, str]:
        url = reverse("sessions:session_agenda", args=[upload.session_id])
        return _("To the rundown"), url

    def commit_label(self, count: int) -> str:
        text = ngettext(
            "Add %(count)s line to the rundown",
            "Add %(count)s lines to the rundown",
            count,
        )
        return text % {"count": count}

    def saved_title(self) -> str:
        return _("The rundown is saved")


RUNDOWN_LISTS = RundownLists()


def _person(acting_user: User | None) -> User:
    """Return the user; PermissionDenied for the console, which pastes nothing."""
    if acting_user is None:
        raise PermissionDenied("session.change")
    return acting_user
