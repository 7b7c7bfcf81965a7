from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.querysets import (
    KeptFileQuerySet,
    PasswordTicketQuerySet,
    RemovalQuerySet,
)
from desabinaan.lib.web.date_fields import BoundedDateTimeField
from desabinaan.lib.web.telephone_fields import TelephoneField
from desabinaan.lib.workflow.events import Event

#: fields of an account by which somebody could get into it
WAYS_IN = frozenset({"username", "email", "phone"})


def is_demonstration_portal() -> bool:
    return bool(settings.DEMO)


class UserManager(BaseUserManager["User"]):
    """Create accounts; people set their own password by a one-time ticket."""

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
                    "Use lower-case letters, digits, dots and hyphens only, for "
                    "example desa.lontar."
                ),
            )
        ],
        error_messages={"unique": _("This user name is taken. Choose another one.")},
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = TelephoneField(_("telephone"))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        default=Language.INDONESIAN,
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick to close the account. This takes effect at once."),
    )
    is_staff = models.BooleanField(_("may use the admin site"), default=False)
    #: holds or held a role of access.SENSITIVE_ROLES
    is_sensitive = models.BooleanField(default=False, editable=False)
    #: made in a demonstration, by its command or by somebody who tried it
    is_demonstration = models.BooleanField(
        default=is_demonstration_portal, editable=False
    )
    sessions_ended_at = BoundedDateTimeField(null=True, editable=False)
    date_joined = BoundedDateTimeField(_("since"), default=timezone.now, editable=False)

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
                violation_error_message=_("Write the user name in lower case."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] or self.username

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # Django compares this at every request: sessions that began before
        # `sessions_ended_at` no longer match, as after a change of password.
        ended = self.sessions_ended_at
        begun = "" if ended is None else str(ended.timestamp())
        return salted_hmac(
            "accounts.session", f"{self.password}:{begun}", secret, algorithm="sha256"
        ).hexdigest()


class PasswordTicket(models.Model):
    """A one-time link, or a code from an office, to set one's own password.

    Only a keyed hash of the secret is stored. A ticket ends when it is used, replaced
    or expired, and after five wrong codes.
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
    expires_at = BoundedDateTimeField()
    ended_at = BoundedDateTimeField(null=True)
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
    """A list that was downloaded: who, which list, which filters.

    Of the text of a search only "…" is kept: it may be somebody's name.
    """

    listed = models.CharField(max_length=40)
    kind = models.CharField(max_length=4)
    filters = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()

    class Meta(Event.Meta):
        abstract = False


class Removal(models.Model):
    """Who removed a row that others may have open in a form. It holds no content.

    `model` and `within` are labels, such as "fgd_sessions.topic" and
    "fgd_sessions.session:12".
    """

    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    within = models.CharField(max_length=80)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Removal"]] = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        constraints = (
            models.UniqueConstraint(
                fields=["model", "object_id"],
                name="removal_once",
                violation_error_message=_("This was removed already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.model}:{self.object_id}"


class KeptFile(models.Model):
    """A cleaned file of a form with a mistake, for its sender and for a day.

    `name` is that on the sender's device, shown to nobody else.
    """

    owner = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    file = models.FileField(upload_to="kept/%Y")
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects: ClassVar[models.Manager["KeptFile"]] = KeptFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "sha256"],
                name="kept_file_once",
                violation_error_message=_("This file is kept already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.pk}"


class RateLimitHit(models.Model):
    """How many requests came from one address in one window.

    `key` is a keyed hash of the address that is different in every window.
    """

    key = models.CharField(max_length=64, primary_key=True)
    window_start = BoundedDateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("count of requests")
        verbose_name_plural = _("counts of requests")

    def __str__(self) -> str:
        return f"{self.window_start:%H:%M} {self.count}"


class FormReceipt(models.Model):
    """A form that was saved, by the number it carried: it is not saved again.

    `path` is the address it was sent to and `answer` the one it led to. Of what was
    typed and of the files only keyed hashes are stored, to tell the same form from a
    changed one.
    """

    client_uuid = models.UUIDField(primary_key=True)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    path = models.TextField()
    typed_hash = models.CharField(max_length=64, blank=True)
    files_hash = models.CharField(max_length=64, blank=True)
    answer = models.TextField(blank=True)
    sent_at = BoundedDateTimeField(db_index=True, default=timezone.now)

    class Meta:
        verbose_name = _("receipt of a form")
        verbose_name_plural = _("receipts of forms")
        indexes = (models.Index(fields=["user", "sent_at"], name="receipt_user_sent"),)

    def __str__(self) -> str:
        return f"{self.path} {self.sent_at:%Y-%m-%d %H:%M}"
