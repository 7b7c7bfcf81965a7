"""Every transition leaves an event, and a timeline has words for it."""

from collections.abc import Collection

import pytest

from desabinaan.lib.workflow.transitions import Table
from desabinaan.uploads.workflow import UPLOAD, UPLOAD_EVENT_LABELS
from fgd.plan.workflow import ACTION, ACTION_EVENT_LABELS
from fgd.sessions.workflow import SESSION, SESSION_EVENT_LABELS
from reports.monthly.presenters import timeline as monthly_timeline
from reports.monthly.workflow import REPORT, REPORT_EVENT_LABELS
from villages.outreach.presenters import activities
from villages.outreach.workflow import OUTREACH
from villages.register.presenters import timelines as village_timelines
from villages.register.workflow import PROPOSAL, VILLAGE
from villages.vulnerability.presenters import scoring_models
from villages.vulnerability.workflow import VULNERABILITY_MODEL


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        (VILLAGE, village_timelines.EVENT_LABELS),
        (PROPOSAL, village_timelines.EVENT_LABELS),
        (VILLAGE, village_timelines.LIFECYCLE),
        (PROPOSAL, village_timelines.LIFECYCLE),
        (OUTREACH, activities.EVENT_LABELS),
        (VULNERABILITY_MODEL, scoring_models.EVENT_LABELS),
        (SESSION, SESSION_EVENT_LABELS),
        (ACTION, ACTION_EVENT_LABELS),
        (REPORT, REPORT_EVENT_LABELS),
        (REPORT, monthly_timeline.ICONS),
        (UPLOAD, UPLOAD_EVENT_LABELS),
    ],
)
def test_a_timeline_has_words_for_every_transition(
    table: Table, labels: Collection[str]
) -> None:
    assert table.keys() - set(labels) == set()
