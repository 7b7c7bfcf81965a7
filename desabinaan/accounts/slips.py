"""One-time links printed as slips, in Indonesian, whoever prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.accounts.typesetting import typeset
from desabinaan.lib.web.tags import local_time


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: ticket, link, and the holder's position in Indonesian."""

    ticket: PasswordTicket
    link: str
    position: str


def slips_paper(slips: Sequence[Slip]) -> bytes:
    """Return the slips as a PDF, eight on a page."""
    with override(User.Language.INDONESIAN):
        return typeset(
            "accounts/slips.typ",
            {
                "title": _("Slips for a first password"),
                "portal": "Portal Desa Binaan",
                "note": _("Cut apart, hand over in person, and destroy the rest."),
                "scan": _(
                    "Point your phone's camera at the code, or type the address. "
                    "Then choose your own password. It works once; show it to nobody."
                ),
                "until_label": _("Valid until"),
                "name_label": _("User name"),
                "slips": [_slip_data(slip) for slip in slips],
            },
        )


def _slip_data(slip: Slip) -> dict[str, str]:
    user = slip.ticket.user
    return {
        "name": user.name,
        "username": user.username,
        "position": slip.position,
        "link": slip.link,
        "until": local_time(slip.ticket.expires_at),
        "qr": segno.make(slip.link, error="m").svg_inline(border=1),
        "alt": _("QR code of the address below"),
    }
