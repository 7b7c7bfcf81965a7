from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from fgd.sessions.models import Session, TopicVillage

FINALISE: dict[str, StrOrPromise] = {
    "title": gettext_lazy("Finalise the minutes"),
    "question": gettext_lazy("Make the minutes final?"),
    "explanation": gettext_lazy(
        "Afterwards nobody can change minutes, topics, rundown, recommendations "
        "or what was agreed. The actions are then listed in the action plan."
    ),
    "submit_label": gettext_lazy("Finalise the minutes"),
}


def missing_for_finalising(session: Session) -> list[tuple[str, str]]:
    """Return sentences on what is missing, each with the route of the tab to fix it."""
    topics = session.topics.filter(minutes=None).count()
    recommendations = session.recommendations.filter(actions=None).count()
    undecided = TopicVillage.objects.filter(
        topic__session=session, outcome=TopicVillage.Outcome.OPEN
    ).count()
    missing = []
    if not session.delegates.filter(attendance__isnull=False).exists():
        text = _("Nobody is marked present.")
        missing.append((text, "participants:session_participants"))
    if topics:
        text = ngettext(
            "%(count)s topic has no minutes.",
            "%(count)s topics have no minutes.",
            topics,
        )
        missing.append((text % {"count": topics}, "minutes:session_minutes"))
    if undecided:
        text = ngettext(
            "For %(count)s village it is open whether its case was discussed.",
            "For %(count)s villages it is open whether their case was discussed.",
            undecided,
        )
        missing.append((text % {"count": undecided}, "sessions:session_topics"))
    if recommendations:
        text = ngettext(
            "%(count)s recommendation has no action.",
            "%(count)s recommendations have no action.",
            recommendations,
        )
        missing.append((text % {"count": recommendations}, "plan:session_agreements"))
    return missing
