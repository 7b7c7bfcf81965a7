"""The buttons of a list's page, pressed as the page shows them."""

from typing import Any

from django.test import Client

from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import Upload, UploadRow


def opened(client: Client, kind: AnyKind, listed: Upload) -> dict[str, Any]:
    """Open the page of the list; return what its buttons send."""
    answer = client.get(kind.url("detail", listed.pk), follow=True)
    return {"seen": answer.context.get("seen", "")}


def sent_columns(client: Client, kind: AnyKind, listed: Upload) -> dict[str, Any]:
    """Open the page of the columns; return what it sends beside their answers."""
    form = client.get(kind.url("columns", listed.pk)).context["form"]
    return {"seen": form["seen"].value()}


def answered(row: UploadRow, answer: str) -> dict[str, str]:
    """What the list sends for a row whose select was left at this answer."""
    return {f"baris-{row.pk}": answer, f"versi-{row.pk}": str(row.version)}


def press(client: Client, kind: AnyKind, listed: Upload, button: str) -> Any:
    """Open the page of the list and press a button; return the page that answers."""
    sent = opened(client, kind, listed)
    return client.post(kind.url(button, listed.pk), sent, follow=True)
