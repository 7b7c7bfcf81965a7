from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads import services
from desabinaan.uploads.presenters.console import columns_in_words, rows_in_words
from desabinaan.uploads.presenters.results import result_in_words
from desabinaan.uploads.selectors.uploads import (
    RowCounts,
    UploadedTable,
    count_rows,
    read_upload,
)
from desabinaan.uploads.sheets.headings import Table
from villages.imports.columns import COLUMNS
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport
from villages.places.models import Office


class Command(BaseCommand):
    help = (
        "Imports a list of fostered villages (XLSX or CSV) into the register, all rows "
        "or none. Prints what each column and each row was understood as; "
        "--skip-doubtful skips the rows in doubt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--office", help="short name of the office; the only Kanwil by default"
        )
        parser.add_argument(
            "--as",
            dest="username",
            help="user name of the account that imports; none: the console",
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="HEADING=NAME",
            help="what a column holds, for example 'No. HP Kades=contact_phone'",
        )
        parser.add_argument(
            "--fill-down",
            action="store_true",
            help="blank districts and regencies repeat the cell above",
        )
        parser.add_argument("--skip-doubtful", action="store_true")
        parser.add_argument(
            "--dry-run", action="store_true", help="only check the rows"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except ValidationError as bad:
            nothing = _("Nothing was imported.")
            raise CommandError("\n".join([*bad.messages, nothing])) from bad
        except IllegalTransition as bad:
            raise CommandError(str(bad)) from bad
        except PermissionDenied as bad:
            raise CommandError(_("This account may not import villages.")) from bad

    def _import(self, options: dict[str, Any]) -> None:
        user = _user(options["username"])
        uploaded = _uploaded(options["file"])
        columns = _columns(uploaded.table, options["column"])
        listed = services.store_upload(
            VILLAGE_LISTS,
            VillageImport(office=_office(options["office"])),
            uploaded,
            acting_user=user,
        )
        listed = services.preview_upload(
            VILLAGE_LISTS, listed, columns, options["fill_down"], acting_user=user
        )
        for line in columns_in_words(VILLAGE_LISTS, listed, uploaded.table):
            self.stdout.write(line)
        for line in rows_in_words(VILLAGE_LISTS, listed):
            self.stdout.write(line)
        in_doubt = count_rows(listed).doubtful and not options["skip_doubtful"]
        if options["dry_run"] or in_doubt:
            services.discard_upload(VILLAGE_LISTS, listed, acting_user=user)
            self._print_nothing_imported(
                failed=bool(in_doubt) and not options["dry_run"]
            )
            return
        services.skip_doubtful_rows(VILLAGE_LISTS, listed, acting_user=user)
        counts = count_rows(listed)
        if counts.known and not counts.ready:
            services.discard_upload(VILLAGE_LISTS, listed, acting_user=user)
        else:
            services.commit_upload(
                VILLAGE_LISTS, listed, acting_user=user, at_once=True
            )
            listed = VillageImport.objects.get(pk=listed.pk)
            counts = count_rows(listed)
        self._print_result(listed, counts)

    def _print_nothing_imported(self, *, failed: bool) -> None:
        nothing = _("Nothing was imported.")
        if failed:
            raise CommandError(nothing)
        self.stdout.write(nothing)

    def _print_result(self, listed: VillageImport, counts: RowCounts) -> None:
        if listed.problem:
            raise CommandError(listed.problem)
        self.stdout.write(result_in_words(counts))


def _uploaded(path: Path) -> UploadedTable:
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise CommandError(
            _("The file %(path)s cannot be read.") % {"path": path}
        ) from missing
    return read_upload(VILLAGE_LISTS, path.name, content)


def _columns(table: Table, named: Sequence[str]) -> dict[str, int]:
    """Return the columns of the table with those that the options name."""
    columns = dict(table.columns)
    for option in named:
        heading, _sign, name = option.rpartition("=")
        if name not in COLUMNS:
            details = {"option": option, "names": ", ".join(COLUMNS)}
            raise CommandError(
                _(
                    "--column %(option)s: write a heading of the file, =, and one of "
                    "%(names)s."
                )
                % details
            )
        if not heading or heading not in table.headings:
            headings = "”, “".join(filter(None, table.headings))
            raise CommandError(
                _("--column %(option)s: the headings of the file are “%(headings)s”.")
                % {"option": option, "headings": headings}
            )
        place = table.headings.index(heading)
        columns = {one: at for one, at in columns.items() if at != place}
        columns[name] = place
    return columns


def _user(username: str | None) -> User | None:
    if not username:
        return None
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist as unknown:
        raise CommandError(_("There is no such account.")) from unknown


def _office(name: str | None) -> Office:
    offices = Office.objects.filter(kind=Office.Kind.REGIONAL)
    if name:
        offices = Office.objects.filter(short_name__iexact=name)
    found = list(offices[:2])
    if len(found) != 1:
        raise CommandError(_("Give the short name of the office: --office."))
    return found[0]
