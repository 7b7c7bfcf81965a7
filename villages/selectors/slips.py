"""One-time links as a paper of slips, in Indonesian, whoever prints it."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import PasswordTicket, User
from desabinaan.lib.typesetting import typeset
from villages.models import Assignment


@dataclass(frozen=True, slots=True)
class Slip:
    """A ticket of somebody, and the address that it opens."""

    ticket: PasswordTicket
    link: str


def slips_paper(slips: Sequence[Slip]) -> bytes:
    """The slips as PDF, eight on a page."""
    holders = {slip.ticket.user_id for slip in slips}
    posts = (
        Assignment.objects.in_force()
        .filter(user__in=holders)
        .select_related("user", "office", "village")
        .order_by("pk")
    )
    with override(User.Language.INDONESIAN):
        by_user = {post.user_id: _post_of(post) for post in posts}
        return typeset(
            "villages/slips.typ",
            {
                "title": _("Slips for a first password"),
                "portal": "Portal Desa Binaan",
                "note": _("Cut apart, hand over in person, destroy what is left."),
                "scan": _(
                    "Point your phone's camera at the code, or type the address. "
                    "Then choose your own password. It works once; show it to nobody."
                ),
                "until_label": _("Valid until"),
                "name_label": _("User name"),
                "slips": [_dressed(slip, by_user) for slip in slips],
            },
        )


def _dressed(slip: Slip, posts: dict[int, str]) -> dict[str, str]:
    user = slip.ticket.user
    until = timezone.localtime(slip.ticket.expires_at)
    return {
        "name": user.name,
        "username": user.username,
        "post": posts.get(user.pk, ""),
        "link": slip.link,
        "until": date_format(until, "j F Y H.i"),
        "qr": segno.make(slip.link, error="m").svg_inline(border=1),
        "alt": _("QR code of the address below"),
    }


def _post_of(post: Assignment) -> str:
    return f"{Role(post.role).label}, {post.village or post.office}"
