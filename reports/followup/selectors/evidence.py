"""Single pieces of evidence, for those in whose sight their action is."""

from desabinaan.accounts.access import Actor
from desabinaan.lib.files import EXTENSIONS
from reports.followup.models import Evidence
from reports.followup.querysets import EvidenceQuerySet


def evidence_in_sight(user: Actor) -> EvidenceQuerySet:
    """Evidence that counts; what was withdrawn is opened by nobody."""
    rows = Evidence.objects.visible_to(user).standing()
    return rows.select_related("action__office", "action__lead_agency")


def file_name_of(evidence: Evidence) -> str:
    """A name for the reader's disk that says where it belongs and nothing else."""
    extension = EXTENSIONS[evidence.content_type]
    return f"{evidence.action.reference}-bukti-{evidence.pk}.{extension}"
