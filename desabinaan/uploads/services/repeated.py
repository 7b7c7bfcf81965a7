"""The same button pressed once more: that it is done already is no mistake."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.models import User
from desabinaan.lib.web.tags import local_time
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads.models import Upload

Status = Upload.Status
#: state -> the verb that leads to it, and what is said to whoever did that, and to
#: others
ALREADY: Mapping[str, tuple[str, StrOrPromise, StrOrPromise]] = {
    Status.COMMITTING: (
        "commit",
        _("The rows are being saved already. Nothing is saved twice."),
        _("%(who)s began to save these rows on %(when)s. Nothing is saved twice."),
    ),
    Status.COMMITTED: (
        "finish",
        _("This list is saved already. Nothing was saved twice."),
        _("%(who)s saved this list on %(when)s. Nothing was saved twice."),
    ),
    Status.DISCARDED: (
        "discard",
        _("This list is discarded already."),
        _("%(who)s discarded this list on %(when)s."),
    ),
}


class AlreadyDone(IllegalTransition):
    """What is asked for was done before, by the same person or somebody else."""


def refuse_repeated(
    upload: Upload, acting_user: User | None, *states: Upload.Status
) -> None:
    """AlreadyDone, with who did it, if the list is in one of these states already."""
    if upload.status not in states:
        return
    verb, to_oneself, to_others = ALREADY[upload.status]
    event = upload.events.filter(verb=verb).select_related("actor").first()
    if event is None or event.actor == acting_user:
        raise AlreadyDone(str(to_oneself))
    details = {"who": event.actor or "–", "when": local_time(event.recorded_at)}
    raise AlreadyDone(str(to_others) % details)
