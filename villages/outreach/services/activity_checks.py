"""What is refused when an activity is planned or recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from villages.outreach.models import OutreachActivity
from villages.outreach.selectors.awareness import most_answers_of


def refuse_future(starts_at: datetime) -> None:
    if starts_at > timezone.now():
        raise ValidationError(
            {
                "day": _(
                    "The activity is in the future, so it cannot have been held yet. "
                    "Change its date, or record it afterwards."
                )
            }
        )


def refuse_sums(facts: Mapping[str, Any]) -> None:
    people, men, women = facts["participants"], facts["men"], facts["women"]
    if men + women != people:
        raise ValidationError(
            {
                "participants": _(
                    "%(men)s men and %(women)s women are %(sum)s people, "
                    "not %(people)s. Check the three numbers."
                )
                % {"men": men, "women": women, "sum": men + women, "people": people}
            }
        )
    among = {
        "youth": _("There are more young people than participants."),
        "prospective_migrants": _(
            "There are more prospective migrant workers than participants."
        ),
    }
    wrong = {
        name: message
        for name, message in among.items()
        if (facts.get(name) or 0) > people
    }
    if wrong:
        raise ValidationError(wrong)


def refuse_fewer_than_answers(activity: OutreachActivity, people: int) -> None:
    answers = most_answers_of(activity)
    if answers > people + people // 5:
        raise ValidationError(
            {
                "participants": _(
                    "One test has %(answers)s answers. That is more than 120%% of "
                    "%(people)s participants. Check the number."
                )
                % {"answers": answers, "people": people}
            }
        )
