"""Send the e-mails that are due; for cron, where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desabinaan.notices.services import MailServerAway, send_due_emails


class Command(BaseCommand):
    help = "Sends the e-mails about notices that are due: single ones and digests."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"{send_due_emails()} e-mails sent.")
        except MailServerAway as problem:
            raise CommandError(
                f"The mail server does not accept e-mails ({problem}); "
                "they are sent by the next run."
            ) from None
