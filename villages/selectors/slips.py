"""Where people serve, as a slip with their first password names it."""

from collections.abc import Collection

from django.utils.translation import override

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from villages.models import Assignment


def posts_of(holders: Collection[int]) -> dict[int, str]:
    """User id -> role and place, in Indonesian; the latest of several."""
    posts = (
        Assignment.objects.in_force()
        .filter(user__in=holders)
        .select_related("office", "village")
        .order_by("pk")
    )
    with override(User.Language.INDONESIAN):
        return {post.user_id: _post_of(post) for post in posts}


def _post_of(post: Assignment) -> str:
    return f"{Role(post.role).label}, {post.village or post.office}"
