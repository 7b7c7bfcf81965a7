"""The awareness test: versioned questions, two phases, and counts of answers."""

from datetime import datetime

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.text.bilingual import in_language
from desabinaan.lib.web.date_fields import BoundedDateTimeField
from villages.outreach.models.activities import OutreachActivity, Pillar

FEWEST_CHOICES, MOST_CHOICES = 3, 4
#: easy to distinguish on a screen and by telephone: no I, L, O, 0, 1, B, 8, S, 5
CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXYZ"
CODE_LENGTH = 6

_USED_STAYS = """
    IF EXISTS (
        SELECT FROM outreach_questionbank
        WHERE id IN (OLD.bank_id, NEW.bank_id) AND used_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'questions of a used bank stay as they were';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@pghistory.track()
class QuestionBank(models.Model):
    """The questions of one pillar in one version; a used version never changes."""

    pillar = models.CharField(_("pillar"), max_length=10, choices=Pillar.choices)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    is_active = models.BooleanField(
        _("in use"),
        default=False,
        help_text=_("New tests take the newest version that is in use."),
    )
    used_at = BoundedDateTimeField(_("first used"), null=True, editable=False)

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ("pillar", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=["pillar", "version"], name="question_bank_version_once"
            ),
        )

    def __str__(self) -> str:
        return gettext("%(title)s, version %(version)s") % {
            "title": in_language(self.title, self.title_en),
            "version": self.version,
        }


@pghistory.track()
class Question(models.Model):
    """A question with three or four answers, one of them right, and the reason why."""

    bank = models.ForeignKey(
        QuestionBank, on_delete=models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("question"), max_length=250)
    text_en = models.CharField(_("question in English"), max_length=250, blank=True)
    choices = ArrayField(
        models.CharField(max_length=150), size=MOST_CHOICES, verbose_name=_("answers")
    )
    choices_en = ArrayField(
        models.CharField(max_length=150),
        size=MOST_CHOICES,
        default=list,
        blank=True,
        verbose_name=_("answers in English"),
    )
    right = models.PositiveSmallIntegerField(
        _("right answer"), help_text=_("Its place in the list, counted from 1.")
    )
    reason = models.CharField(_("why"), max_length=400)
    reason_en = models.CharField(_("why, in English"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["bank", "number"], name="question_number_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    choices__len__gte=FEWEST_CHOICES, choices__len__lte=MOST_CHOICES
                ),
                name="question_has_three_or_four_answers",
                violation_error_message=_("Give three or four answers."),
            ),
            models.CheckConstraint(
                condition=Q(right__gte=1, right__lte=F("choices__len")),
                name="question_has_one_right_answer",
                violation_error_message=_(
                    "The right answer is one of the listed ones, counted from 1."
                ),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="used_stays",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_USED_STAYS,
            ),
        )

    def __str__(self) -> str:
        return in_language(self.text, self.text_en)

    def clean(self) -> None:
        if self.choices_en and len(self.choices_en) != len(self.choices or ()):
            raise ValidationError(
                {"choices_en": gettext("Give as many answers in English, or none.")}
            )

    @property
    def shown_choices(self) -> list[str]:
        """Return the answers in the language of the page."""
        english = self.choices_en if get_language() == "en" else []
        return list(english or self.choices)

    @property
    def right_choice(self) -> str:
        return self.shown_choices[self.right - 1]

    @property
    def shown_reason(self) -> str:
        return in_language(self.reason, self.reason_en)


class AwarenessTest(models.Model):
    """The test of an activity, with the same questions for both phases."""

    activity = models.OneToOneField(
        OutreachActivity, on_delete=models.PROTECT, related_name="test"
    )
    bank = models.ForeignKey(
        QuestionBank, on_delete=models.PROTECT, related_name="tests"
    )

    class Meta:
        verbose_name = _("awareness test")
        verbose_name_plural = _("awareness tests")

    def __str__(self) -> str:
        return str(self.bank)


class AwarenessPhase(models.Model):
    """The test before or after the activity: open by its code until `closes_at`.

    A closed phase never opens again: results read before and after one more answer
    would reveal that answer. `answer_count` counts answers by phone; their number is
    limited under this row's lock.
    """

    class Kind(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    test = models.ForeignKey(
        AwarenessTest, on_delete=models.PROTECT, related_name="phases"
    )
    kind = models.CharField(_("when"), max_length=6, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = BoundedDateTimeField(default=timezone.now)
    closes_at = BoundedDateTimeField()
    answer_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("phase of a test")
        verbose_name_plural = _("phases of a test")
        ordering = ("opened_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["test", "kind"], name="awareness_phase_once"
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_open(self, now: datetime | None = None) -> bool:
        return bool((now or timezone.now()) < self.closes_at)


class AwarenessCount(models.Model):
    """Answers to a question and right ones among them; phone and paper apart."""

    class Source(models.TextChoices):
        PHONE = "phone", _("by phone")
        PAPER = "paper", _("on paper")

    phase = models.ForeignKey(
        AwarenessPhase, on_delete=models.PROTECT, related_name="counts"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="counts"
    )
    source = models.CharField(max_length=5, choices=Source.choices)
    answered = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of answers")
        verbose_name_plural = _("counts of answers")
        constraints = (
            models.UniqueConstraint(
                fields=["phase", "question", "source"], name="awareness_count_once"
            ),
            models.CheckConstraint(
                condition=Q(right__lte=F("answered")),
                name="awareness_right_among_answered",
                violation_error_message=_("There are more right answers than answers."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.right}/{self.answered}"


class AwarenessReceipt(models.Model):
    """The random token of a sent form, so that sending it twice counts once."""

    phase = models.ForeignKey(
        AwarenessPhase, on_delete=models.PROTECT, related_name="receipts"
    )
    token = models.UUIDField()

    class Meta:
        verbose_name = _("receipt of an answer")
        verbose_name_plural = _("receipts of answers")
        constraints = (
            models.UniqueConstraint(
                fields=["phase", "token"], name="awareness_receipt_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.token)
