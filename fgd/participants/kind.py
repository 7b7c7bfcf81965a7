"""Lists of delegates as a kind of uploaded list."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from desabinaan.accounts import access
from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.lib.text.blanks import meant
from desabinaan.uploads.kinds import ListKind, RowCheck
from desabinaan.uploads.models import UploadRow
from fgd.participants.columns import COLUMNS, UNHEADED
from fgd.participants.messages import SENTENCES
from fgd.participants.models import DelegateList
from fgd.participants.selectors.checking import SAME_NAME_LISTED, check_delegates
from fgd.participants.selectors.participants import UNLISTED, names_of_parties
from fgd.participants.services.lists import add_listed_delegates


class DelegateLists(ListKind[DelegateList]):
    """People pasted or uploaded for one session; the host adds them to its list."""

    model = DelegateList
    routes = "participants:delegate_list"
    task = "participants.commit_delegate_list"
    columns = COLUMNS
    needed = ("name",)
    unheaded = UNHEADED
    repeating = ("party",)
    asked_about = ("party",)
    always_editable = tuple(COLUMNS)
    seen_before_saving = (SAME_NAME_LISTED,)
    refuses_known = True
    sentences = SENTENCES
    pasted_for = "session"
    related = ("session__office",)
    most_rows = 500
    days_stored = 7

    def visible_to(self, user: Actor) -> QuerySet[DelegateList]:
        return DelegateList.objects.visible_to(user)

    def require(self, acting_user: User | None, upload: DelegateList) -> None:
        if acting_user is None:
            raise PermissionDenied
        access.require(acting_user, "participant.change", upload.session)

    def check(
        self,
        upload: DelegateList,
        rows: Sequence[UploadRow],
        acting_user: User | None,
    ) -> Sequence[RowCheck]:
        return check_delegates(upload, rows, acting_user)

    def write(
        self,
        upload: DelegateList,
        rows: Sequence[UploadRow],
        acting_user: User | None,
    ) -> Iterator[int]:
        if acting_user is None:
            raise PermissionDenied
        return add_listed_delegates(self, upload, rows, acting_user)

    def typed(self, cells: Mapping[str, str]) -> str:
        said = [meant(cells.get(name, "")) for name in ("name", "position", "party")]
        return ", ".join(filter(None, said)) or "–"

    def names_of(self, values: Collection[str]) -> Mapping[str, str]:
        new = {UNLISTED: _("a new agency, as it is written")}
        return names_of_parties(values) | new

    def start_crumbs(self, upload: DelegateList | None) -> list[tuple[object, str]]:
        crumbs: list[tuple[object, str]] = [
            (_("FGD sessions"), reverse("sessions:session_list"))
        ]
        if upload is not None:
            pages = ("session_participants", "delegates_paste")
            tab, paste = (
                reverse(f"participants:{page}", args=[upload.session_id])
                for page in pages
            )
            crumbs += [(upload.session.theme, tab), (_("Paste delegates"), paste)]
        return crumbs

    def facts(self, upload: DelegateList) -> list[tuple[StrOrPromise, object]]:
        return [(_("Session"), upload.session), (_("Host"), upload.session.office)]

    def needed_text(self) -> str:
        return _("Say which column holds the names.")

    def onward(self, upload: DelegateList) -> tuple[str, str]:
        url = reverse("participants:session_participants", args=[upload.session_id])
        return _("To the participants"), url

    def commit_label(self, count: int) -> str:
        text = ngettext("Add %(count)s person", "Add %(count)s people", count)
        return text % {"count": count}

    def saved_title(self) -> str:
        return _("The people are on the list of the session")


DELEGATE_LISTS = DelegateLists()
