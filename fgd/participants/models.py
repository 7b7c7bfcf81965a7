import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.text.folding import WithoutCase, without_case
from desabinaan.lib.web.date_fields import BoundedDateTimeField
from desabinaan.lib.web.telephone_fields import TelephoneField
from desabinaan.lib.workflow.versions import Versioned
from desabinaan.uploads.models import Upload
from fgd.agencies.models import Agency
from fgd.participants.querysets import DelegateListQuerySet
from fgd.sessions.models import Session
from villages.register.models import Village

ONE_PARTY = Q(agency__isnull=False, village=None) | Q(
    agency=None, village__isnull=False
)


class Invitation(Versioned):
    """An agency or a village invited to a session, with its seats."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="invitations"
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("agency"),
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("village"),
    )
    seats = models.PositiveSmallIntegerField(
        _("seats"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    letter_number = models.CharField(_("letter number"), max_length=100, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=ONE_PARTY,
                name="invitation_to_one_party",
                violation_error_message=_("Invite an agency or a village, not both."),
            ),
            models.UniqueConstraint(
                fields=["session", "agency"],
                condition=Q(agency__isnull=False),
                name="invitation_agency_once",
                violation_error_message=_("This agency is already invited."),
            ),
            models.UniqueConstraint(
                fields=["session", "village"],
                condition=Q(village__isnull=False),
                name="invitation_village_once",
                violation_error_message=_("This village is already invited."),
            ),
        )

    def __str__(self) -> str:
        return str(self.agency or self.village)


class Delegate(Versioned):
    """A person at a session, sent by an agency or a village."""

    class Mandate(models.TextChoices):
        DECIDE = "decide", _("may decide")
        REPRESENT = "represent", _("represents")
        OBSERVE = "observe", _("observes")

    class Part(models.TextChoices):
        PARTICIPANT = "participant", _("participant")
        RESOURCE_PERSON = "resource_person", _("resource person")
        MODERATOR = "moderator", _("moderator")
        MINUTE_TAKER = "minute_taker", _("minute taker")

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="delegates"
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegates",
        verbose_name=_("agency"),
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegates",
        verbose_name=_("village"),
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    phone = TelephoneField(_("telephone"))
    mandate = models.CharField(
        _("mandate"), max_length=10, choices=Mandate.choices, default=Mandate.REPRESENT
    )
    part = models.CharField(
        _("role"), max_length=16, choices=Part.choices, default=Part.PARTICIPANT
    )
    is_walk_in = models.BooleanField(_("came uninvited"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=ONE_PARTY,
                name="delegate_of_one_party",
                violation_error_message=_(
                    "A delegate comes from an agency or from a village."
                ),
            ),
            models.UniqueConstraint(
                "session",
                WithoutCase("name"),
                WithoutCase("position"),
                "agency",
                "village",
                name="delegate_once_per_session",
                nulls_distinct=False,
                violation_error_message=_("This person is already on the list."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def identity(self) -> tuple[str, str, int | None, int | None]:
        """Return name, position and party: a session lists them once."""
        words = without_case(self.name), without_case(self.position)
        return *words, self.agency_id, self.village_id

    @property
    def name_and_party(self) -> tuple[str, int | None, int | None]:
        """Return what makes two people of a session alike, whatever their positions."""
        return without_case(self.name), self.agency_id, self.village_id

    @property
    def name_and_position(self) -> str:
        return ", ".join(filter(None, [self.name, self.position]))

    @property
    def party(self) -> Agency | Village | None:
        return self.agency or self.village


class DelegateList(Upload):
    """A list of people for a session, to be checked before they become delegates."""

    pasted_name = _("Pasted delegates, %(when)s")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="delegate_lists"
    )

    objects: ClassVar[models.Manager["DelegateList"]] = (
        DelegateListQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("list of delegates")
        verbose_name_plural = _("lists of delegates")


class Attendance(models.Model):
    """The attendance of a delegate; at most one row per delegate."""

    class Source(models.TextChoices):
        MANUAL = "manual", _("marked at the registration desk")
        PAPER = "paper", _("from the paper list")

    delegate = models.OneToOneField(
        Delegate, on_delete=models.CASCADE, related_name="attendance"
    )
    source = models.CharField(
        _("source"), max_length=6, choices=Source.choices, default=Source.MANUAL
    )
    arrived_at = BoundedDateTimeField(_("arrived"), default=timezone.now)
    left_at = BoundedDateTimeField(_("left"), null=True, blank=True)
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = (
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="attendance_leaves_after_arriving",
                violation_error_message=_("The person left before arriving."),
            ),
        )

    def __str__(self) -> str:
        return str(self.delegate_id)
