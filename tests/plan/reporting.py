"""Actions in every state, progress and evidence, for tests of the follow-up."""

from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from desabinaan.lib.files.uploads import IMAGE_OR_PDF, clean_upload
from fgd.plan.models import Action, ActionEvent, Evidence, ProgressUpdate
from fgd.plan.services.progress import EvidenceFile, Progress
from fgd.sessions.models import SessionEvent
from tests.dataset import Dataset
from tests.lib import samples
from tests.sessions import sessions as scene

#: Who sees an action of Kanim Serang, led by Dinsos with Polres in Lontar.
VISIBLE_ACTIONS = (
    "kanwil", "serang", "pimpasa", "official", "dinsos", "polres", "auditor",
)  # fmt: skip
HIDDEN_ACTIONS = (
    "tangerang", "pimpasa_kronjo", "official_kronjo", "mixed", "leader", "triage",
    "nobody", "admin",
)  # fmt: skip


def action(dataset: Dataset, status: str = "in_progress", **fields: Any) -> Action:
    """Led by Dinsos, supported by Polres, in Lontar; what `status` needs is there."""
    done = status in {"reported_done", "verified_done"}
    values: dict[str, Any] = {"supporters": ("polres",), "status": status}
    if done:
        values |= {
            "percent": 100,
            "evidence_count": 1,
            "villages_open": 0,
            "reported_by": dataset.people["dinsos"],
            "reported_at": timezone.now(),
        }
    if status == "verified_done":
        values |= {
            "verified_by": dataset.people["serang2"],
            "verified_at": timezone.now(),
        }
    made = scene.action(dataset, **(values | fields))
    if made.evidence_count:
        evidence(dataset, made)
    return made


def ready(dataset: Dataset, **fields: Any) -> Action:
    """In progress at 100 percent, with evidence, and settled in every village."""
    values = {"percent": 100, "evidence_count": 1, "villages_open": 0}
    return action(dataset, **(values | fields))


def evidence(dataset: Dataset, of: Action, **fields: Any) -> Evidence:
    values: dict[str, Any] = {
        "title": "Foto pertemuan",
        "file": ContentFile(samples.jpg(), name="a.jpg"),
        "content_type": "image/jpeg",
        "size": 10,
        "sha256": uuid4().hex,
        "uploaded_by": dataset.people["dinsos"],
    }
    return Evidence.objects.create(action=of, **(values | fields))


def evidence_file(name: str = "a.jpg", content: bytes | None = None) -> EvidenceFile:
    sent = samples.upload(name, content or samples.jpg())
    return EvidenceFile(clean_upload(sent, IMAGE_OR_PDF), "Foto balai desa")


def progress(party: str, **fields: Any) -> Progress:
    values: dict[str, Any] = {
        "percent": 40,
        "text": "Pertemuan pertama selesai.",
        "occurred_on": timezone.localdate(),
    }
    return Progress(party, **(values | fields))


def answers(**fields: Any) -> dict[str, Any]:
    """What the progress form sends."""
    return {
        "percent": "40",
        "text": "Pertemuan pertama selesai.",
        "occurred_on": timezone.localdate().isoformat(),
        "client_uuid": str(uuid4()),
    } | fields


def rows(of: Action) -> tuple[Any, ...]:
    """Everything a refused request must leave as it was."""
    fields = [field.attname for field in Action._meta.concrete_fields]
    return (
        Action.objects.filter(pk=of.pk).values_list(*fields).get(),
        sorted(of.action_villages.values_list("village_id", "status", "reason")),
        ProgressUpdate.objects.count(),
        sorted(Evidence.objects.values_list("pk", "withdrawn_at")),
        SessionEvent.objects.count(),
        ActionEvent.objects.count(),
    )


def report_progress(dataset: Dataset, of: Action) -> ProgressUpdate:
    """Report progress for the lead agency, with an evidence file."""
    update = ProgressUpdate.objects.create(
        action=of,
        percent=40,
        text="Pertemuan pertama selesai.",
        agency=of.lead_agency,
        occurred_on=timezone.localdate(),
        reported_by=dataset.people["dinsos"],
    )
    evidence(dataset, of, update=update)
    ActionEvent.objects.create(
        action=of, actor=dataset.people["dinsos"], verb="progress"
    )
    return update


def latest(of: Action) -> int:
    """What a page opened now sends along as seen."""
    return of.events.order_by("-pk").values_list("pk", flat=True).first() or 0
