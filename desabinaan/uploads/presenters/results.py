"""The result of a saved list in words, for its page and the console."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.uploads.selectors.uploads import RowCounts


def result_in_words(counts: RowCounts) -> str:
    """Return how many rows had which outcome, without those that no row had."""
    present = counts.known + counts.unchanged
    parts = (
        (
            counts.added,
            ngettext("%(count)s row added", "%(count)s rows added", counts.added),
        ),
        (
            counts.changed,
            ngettext("%(count)s row changed", "%(count)s rows changed", counts.changed),
        ),
        (
            present,
            ngettext(
                "%(count)s row already there", "%(count)s rows already there", present
            ),
        ),
        (
            counts.skipped,
            ngettext("%(count)s row skipped", "%(count)s rows skipped", counts.skipped),
        ),
    )
    named = [text % {"count": count} for count, text in parts if count]
    return f"{', '.join(named)}." if named else _("No row was saved.")
