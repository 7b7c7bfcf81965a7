"""The health of the portal in sentences, for its operator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.health.selectors import Backups, Certificate, Disk, Health, Jobs
from desabinaan.lib.web.tags import local_time

#: a backup is made each night
OLDEST_BACKUP = timedelta(hours=26)
#: the worker is seen every ten seconds
LONGEST_SILENCE = timedelta(minutes=5)
LEAST_FREE = 10
LEAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and whether somebody has to act."""

    text: str
    is_problem: bool = False


def findings(health: Health) -> list[Finding]:
    return [
        _backup(health.backups),
        _worker(health.jobs),
        *_late_jobs(health.jobs),
        *_failed_jobs(health.jobs),
        *map(_disk, health.disks),
        *([_certificate(health.certificate)] if health.certificate else []),
    ]


def _backup(backups: Backups) -> Finding:
    if not backups.folder:
        text = _(
            "Backups are not watched: BACKUP_DIR names no folder for those of the "
            "night."
        )
        return Finding(text, is_problem=True)
    if backups.newest is None:
        text = _("There is no backup in %(folder)s.") % {"folder": backups.folder}
        return Finding(text, is_problem=True)
    text = _("The last backup is of %(moment)s.") % {
        "moment": local_time(backups.newest)
    }
    return Finding(text, timezone.now() - backups.newest > OLDEST_BACKUP)


def _worker(jobs: Jobs) -> Finding:
    if jobs.worker_seen is None:
        text = _("No worker is running: mails, reminders and large lists wait for it.")
        return Finding(text, is_problem=True)
    text = _("The worker was last seen on %(moment)s.") % {
        "moment": local_time(jobs.worker_seen)
    }
    return Finding(text, timezone.now() - jobs.worker_seen > LONGEST_SILENCE)


def _late_jobs(jobs: Jobs) -> Iterator[Finding]:
    if jobs.late:
        text = ngettext(
            "%(number)s job has been due for more than 15 minutes.",
            "%(number)s jobs have been due for more than 15 minutes.",
            jobs.late,
        )
        yield Finding(text % {"number": jobs.late}, is_problem=True)


def _failed_jobs(jobs: Jobs) -> Iterator[Finding]:
    if not jobs.failed:
        yield Finding(_("No job has failed in the last 30 days."))
    for task, number in jobs.failed.items():
        text = ngettext(
            "%(number)s job of %(task)s has failed in the last 30 days.",
            "%(number)s jobs of %(task)s have failed in the last 30 days.",
            number,
        )
        yield Finding(text % {"number": number, "task": task}, is_problem=True)


def _disk(disk: Disk) -> Finding:
    text = _("%(free)s%% of the disk of %(folder)s is free.")
    words = {"free": disk.free, "folder": disk.folder}
    return Finding(text % words, disk.free < LEAST_FREE)


def _certificate(certificate: Certificate) -> Finding:
    words = {"host": certificate.host, "why": certificate.refusal}
    if certificate.ends is None:
        text = _("The certificate of %(host)s cannot be checked: %(why)s.") % words
        return Finding(text, is_problem=True)
    words["moment"] = local_time(certificate.ends)
    text = _("The certificate of %(host)s ends on %(moment)s.") % words
    left = certificate.ends - timezone.now()
    return Finding(text, left < timedelta(days=LEAST_DAYS))
