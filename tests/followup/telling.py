"""Actions in every state, progress and evidence, for tests of the follow-up."""

from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from desabinaan.lib.files import IMAGE_OR_PDF, clean_upload
from fgd.models import Action, FgdEvent
from reports.followup.actions import Piece, Progress
from reports.followup.models import Evidence, ProgressUpdate
from tests.fgd import scene
from tests.lib import samples
from tests.world import World

#: In whose sight an action of Kanim Serang is, led by Dinsos with Polres in Lontar.
IN_SIGHT = (
    "kanwil", "serang", "pimpasa", "official", "dinsos", "polres", "auditor",
)  # fmt: skip
OUT_OF_SIGHT = (
    "tangerang", "pimpasa_kronjo", "official_kronjo", "mixed", "leader", "triage",
    "nobody", "admin",
)  # fmt: skip


def action(world: World, status: str = "in_progress", **fields: Any) -> Action:
    """Led by Dinsos, supported by Polres, in Lontar; what `status` needs is there."""
    done = status in {"reported_done", "verified_done"}
    values: dict[str, Any] = {"supporters": ("polres",), "status": status}
    if done:
        values |= {
            "evidence_count": 1,
            "villages_open": 0,
            "reported_by": world.people["dinsos"],
            "reported_at": timezone.now(),
        }
    if status == "verified_done":
        values |= {
            "verified_by": world.people["serang2"],
            "verified_at": timezone.now(),
        }
    made = scene.action(world, **(values | fields))
    if made.evidence_count:
        evidence(world, made)
    return made


def ready(world: World, **fields: Any) -> Action:
    """In progress, with evidence, and settled in every village."""
    return action(world, **({"evidence_count": 1, "villages_open": 0} | fields))


def evidence(world: World, of: Action, **fields: Any) -> Evidence:
    values: dict[str, Any] = {
        "title": "Foto pertemuan",
        "file": ContentFile(samples.jpg(), name="a.jpg"),
        "content_type": "image/jpeg",
        "size": 10,
        "sha256": uuid4().hex,
        "uploaded_by": world.people["dinsos"],
    }
    return Evidence.objects.create(action=of, **(values | fields))


def piece(name: str = "a.jpg", content: bytes | None = None) -> Piece:
    sent = samples.upload(name, content or samples.jpg())
    return Piece(clean_upload(sent, IMAGE_OR_PDF), "Foto balai desa")


def progress(party: str, client_uuid: UUID | None = None, **fields: Any) -> Progress:
    values: dict[str, Any] = {
        "percent": 40,
        "text": "Pertemuan pertama selesai.",
        "occurred_on": timezone.localdate(),
    }
    return Progress(party, client_uuid=client_uuid or uuid4(), **(values | fields))


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
        FgdEvent.objects.count(),
    )


def tell(world: World, of: Action) -> ProgressUpdate:
    """The lead agency tells progress with a piece of evidence."""
    update = ProgressUpdate.objects.create(
        action=of,
        percent=40,
        text="Pertemuan pertama selesai.",
        agency=of.lead_agency,
        occurred_on=timezone.localdate(),
        reported_by=world.people["dinsos"],
        client_uuid=uuid4(),
    )
    evidence(world, of, update=update)
    FgdEvent.objects.create(action=of, actor=world.people["dinsos"], verb="progress")
    return update
