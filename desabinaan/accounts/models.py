from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.querysets import PasswordTicketQuerySet
from desabinaan.lib.events import Event


class UserManager(BaseUserManager["User"]):
    """Makes accounts without a password: people set their own by a one-time ticket."""

    def create_user(
        self, username: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str, **fields: Any) -> "User":
        return self.create_user(
            username, password, **fields, is_staff=True, is_superuser=True
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Roles are held by assignments, not here."""

    class Language(models.TextChoices):
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]*$",
                _(
                    "Use small letters, digits, dots and dashes only, "
                    "for example desa.lontar."
                ),
            )
        ],
        error_messages={"unique": _("This user name is taken. Choose another one.")},
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=25, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        default=Language.INDONESIAN,
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Switch off to close the account from the next request on."),
    )
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    #: holds or held a guarded role (access.GUARDED_ROLES)
    is_guarded = models.BooleanField(default=False, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)
    sessions_ended_at = models.DateTimeField(null=True, editable=False)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(
                condition=Q(username=models.functions.Lower("username")),
                name="user_name_is_lower_case",
                violation_error_message=_("Write the user name in small letters."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] or self.username

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # Django asks this at every request: sessions begun before
        # `sessions_ended_at` no longer match, as after a change of password.
        ended = self.sessions_ended_at
        begun = "" if ended is None else str(ended.timestamp())
        return salted_hmac(
            "accounts.session", f"{self.password}:{begun}", secret, algorithm="sha256"
        ).hexdigest()


class PasswordTicket(models.Model):
    """A one-time way to set one's own password: a link or an office-issued code.

    Only a keyed hash of the secret is stored. It dies when used, replaced,
    expired, or after five wrong codes.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("link")
        CODE = "code", _("code")

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="password_tickets"
    )
    kind = models.CharField(max_length=4, choices=Kind.choices)
    secret_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    issued_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["PasswordTicket"]] = (
        PasswordTicketQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("password ticket")
        indexes = (models.Index(fields=["user", "kind"], name="ticket_user_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.issued_at:%Y-%m-%d %H:%M}"


class ExportEvent(Event):
    """A list left the portal as a file: whose deed, which list, which filters.

    Of what was typed into a search only "…" is kept: it may be somebody's name.
    """

    listed = models.CharField(max_length=40)
    kind = models.CharField(max_length=4)
    filters = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()

    class Meta(Event.Meta):
        abstract = False
