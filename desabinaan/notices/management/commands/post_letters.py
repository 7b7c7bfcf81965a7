"""The letters that are due go out; for cron, where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desabinaan.notices.actions import MailServerAway, post_letters


class Command(BaseCommand):
    help = "Sends the e-mail about notices that is due: single letters and digests."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"{post_letters()} letters sent.")
        except MailServerAway as problem:
            raise CommandError(
                f"The mail server does not take letters ({problem}); "
                "they wait for the next round."
            ) from None
