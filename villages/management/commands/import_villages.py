from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.transitions import IllegalTransition
from villages.actions import importing
from villages.models import Office, VillageImport, VillageImportRow
from villages.selectors.importing.uploads import UploadedList, read_list
from villages.selectors.importing.words import in_words

SHOWN = 40


class Command(BaseCommand):
    help = (
        "Takes a list of fostered villages (XLSX or CSV) into the register, whole or "
        "not at all. Rows in doubt are named by line; --skip-doubtful leaves them out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--office", help="short name of the office; the only Kanwil by default"
        )
        parser.add_argument(
            "--as", dest="username", help="in whose name; none: console"
        )
        parser.add_argument("--skip-doubtful", action="store_true")
        parser.add_argument(
            "--dry-run", action="store_true", help="only judge the rows"
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
        listed = importing.upload_list(
            _office(options["office"]), _uploaded(options["file"]), acting_user=user
        )
        listed = importing.preview_import(listed, listed.columns, acting_user=user)
        doubtful = listed.rows.filter(verdict=VillageImportRow.Verdict.DOUBTFUL)
        self._tell_doubts(doubtful)
        in_doubt = doubtful.exists() and not options["skip_doubtful"]
        if options["dry_run"] or in_doubt:
            importing.discard_import(listed, acting_user=user)
            self._tell_nothing(failed=in_doubt and not options["dry_run"])
            return
        importing.leave_out_rest(listed, acting_user=user)
        importing.apply_import(listed, acting_user=user, here=True)
        self._tell_result(VillageImport.objects.get(pk=listed.pk))

    def _tell_nothing(self, *, failed: bool) -> None:
        nothing = _("Nothing was imported.")
        if failed:
            raise CommandError(nothing)
        self.stdout.write(nothing)

    def _tell_doubts(self, doubtful: Any) -> None:
        for row in doubtful[:SHOWN]:
            words = " ".join(in_words(row.problems))
            told = {"line": row.line, "problem": words}
            self.stderr.write(_("Line %(line)s: %(problem)s") % told)
        if (count := doubtful.count()) > SHOWN:
            self.stderr.write(_("… and %(count)s more.") % {"count": count - SHOWN})

    def _tell_result(self, listed: VillageImport) -> None:
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
        raise CommandError(_("Name the office by its short name: --office."))
    return found[0]
