from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.workflow.versions import Versioned
from fgd.sessions.models import Topic


class MinutesEntry(Versioned):
    """What one speaker said about a topic; ordered as it was written."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="minutes")
    speaker = models.ForeignKey(
        "participants.Delegate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="minutes",
        verbose_name=_("speaker"),
    )
    text = models.TextField(_("what was said"), max_length=8000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("minutes entry")
        verbose_name_plural = _("minutes")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.pk}"
