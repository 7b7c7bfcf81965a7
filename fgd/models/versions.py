from django.conf import settings
from django.db import models


class Versioned(models.Model):
    """Knows how often and by whom it was changed, so that a stale edit is noticed."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
