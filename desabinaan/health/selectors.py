"""What keeps the portal running: backups, the worker and its jobs, disks, TLS."""

import shutil
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from desabinaan.backups.writing import NIGHTLY

#: seconds that the portal's own address may take to show its certificate
PATIENCE = 2
HTTPS = 443
#: a job that has been due for so long should have begun
LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Backups:
    """`folder` is BACKUP_DIR or ""; `newest` is None while it holds no backup."""

    folder: str
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Jobs:
    """`failed` is task name -> number; `late` wait although they are due."""

    worker_seen: datetime | None
    failed: dict[str, int]
    late: int


@dataclass(frozen=True, slots=True)
class Disk:
    """`free` is the part of the disk that is free, in percent."""

    folder: str
    free: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Of the address of the portal; `refusal` says why it could not be read."""

    host: str
    ends: datetime | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """`certificate` is None where the portal is served without TLS."""

    backups: Backups
    jobs: Jobs
    disks: list[Disk]
    certificate: Certificate | None


def portal_health() -> Health:
    """Look at all of it; three queries, and one handshake with the portal itself."""
    return Health(_backups(), _jobs(), list(_disks()), _certificate())


def _backups() -> Backups:
    folder = settings.BACKUP_DIR
    names = sorted(Path(folder).glob(NIGHTLY)) if folder else []
    times = [path.stat().st_mtime for path in names[-1:]]
    newest = datetime.fromtimestamp(times[0], UTC) if times else None
    return Backups(str(folder or ""), newest)


def _jobs() -> Jobs:
    seen = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    failed = ProcrastinateJob.objects.filter(status="failed").values_list("task_name")
    due = timezone.now() - LATE
    is_late = Q(scheduled_at__lt=due) | Q(
        scheduled_at=None,
        procrastinateevent__type="deferred",
        procrastinateevent__at__lt=due,
    )
    late = ProcrastinateJob.objects.filter(is_late, status="todo")
    return Jobs(
        worker_seen=seen,
        failed=dict(failed.annotate(number=Count("pk")).order_by("task_name")),
        late=late.distinct().count(),
    )


def _disks() -> Iterator[Disk]:
    """Return the disk of the uploads and that of the backups, once if it is one."""
    seen = set()
    for folder in filter(None, [settings.VAR_DIR, settings.BACKUP_DIR]):
        path = Path(folder)
        if path.exists() and path.stat().st_dev not in seen:
            seen.add(path.stat().st_dev)
            usage = shutil.disk_usage(path)
            yield Disk(str(path), 100 * usage.free // usage.total)


def _certificate() -> Certificate | None:
    address = urlsplit(settings.PORTAL_URL)
    if address.scheme != "https" or not address.hostname:
        return None
    host, port = address.hostname, address.port or HTTPS
    try:
        with (
            socket.create_connection((host, port), PATIENCE) as plain,
            ssl.create_default_context().wrap_socket(
                plain, server_hostname=host
            ) as wrapped,
        ):
            shown = wrapped.getpeercert() or {}
    except OSError as refusal:  # also what the certificate is refused for
        return Certificate(host, None, str(refusal))
    ends = ssl.cert_time_to_seconds(str(shown["notAfter"]))
    return Certificate(host, datetime.fromtimestamp(ends, UTC))
