from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.imports import services
from villages.imports.messages import in_words
from villages.imports.models import VillageImport, VillageImportRow
from villages.imports.selectors.uploads import UploadedList, read_list
from villages.places.models import Office

SHOWN = 40


class Command(BaseCommand):
    help = (
        "Imports a list of fostered villages (XLSX or CSV) into the register, all rows "
        "or none. Rows in doubt are listed by line; --skip-doubtful skips them."
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
        listed = services.upload_list(
            _office(options["office"]), _uploaded(options["file"]), acting_user=user
        )
        listed = services.preview_import(listed, listed.columns, acting_user=user)
        doubtful = listed.rows.filter(
            check_result=VillageImportRow.CheckResult.DOUBTFUL
        )
        self._print_doubts(doubtful)
        in_doubt = doubtful.exists() and not options["skip_doubtful"]
        if options["dry_run"] or in_doubt:
            services.discard_import(listed, acting_user=user)
            self._print_nothing_imported(failed=in_doubt and not options["dry_run"])
            return
        services.skip_doubtful_rows(listed, acting_user=user)
        services.commit_import(listed, acting_user=user, at_once=True)
        self._print_result(VillageImport.objects.get(pk=listed.pk))

    def _print_nothing_imported(self, *, failed: bool) -> None:
        nothing = _("Nothing was imported.")
        if failed:
            raise CommandError(nothing)
        self.stdout.write(nothing)

    def _print_doubts(self, doubtful: Any) -> None:
        for row in doubtful[:SHOWN]:
            words = " ".join(in_words(row.problems))
            values = {"line": row.line, "problem": words}
            self.stderr.write(_("Line %(line)s: %(problem)s") % values)
        if (count := doubtful.count()) > SHOWN:
            self.stderr.write(_("… and %(count)s more.") % {"count": count - SHOWN})

    def _print_result(self, listed: VillageImport) -> None:
        if listed.problem:
            raise CommandError(listed.problem)
        rows = listed.rows.exclude(outcome="").values_list("outcome", flat=True)
        counts = dict.fromkeys(VillageImportRow.Outcome.values, 0)
        for outcome in rows:
            counts[outcome] += 1
        self.stdout.write(
            _(
                "Villages: %(added)s added, %(changed)s changed, "
                "%(unchanged)s unchanged."
            )
            % counts
        )


def _uploaded(path: Path) -> UploadedList:
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise CommandError(
            _("The file %(path)s cannot be read.") % {"path": path}
        ) from missing
    return read_list(path.name, content)


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
