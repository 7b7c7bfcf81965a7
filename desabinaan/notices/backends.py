from typing import Any

from django.contrib.auth.backends import ModelBackend

from desabinaan.accounts.models import User
from desabinaan.notices.selectors import with_unread


class PortalBackend(ModelBackend):
    """Sign-in by password; the user of a request comes with unread notices.

    Every page shows their number: read together with the user, it costs no query.
    """

    def get_user(self, user_id: Any) -> User | None:
        user = with_unread(User.objects.filter(pk=user_id)).first()
        return user if user and self.user_can_authenticate(user) else None
