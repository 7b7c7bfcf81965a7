from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

FINALISE: dict[str, StrOrPromise] = {
    "title": gettext_lazy("Finalise the minutes"),
    "question": gettext_lazy("Make the minutes final?"),
    "explanation": gettext_lazy(
        "Afterwards nobody can change minutes, topics, rundown, recommendations "
        "or what was agreed. The actions are then listed in the action plan."
    ),
    "submit_label": gettext_lazy("Finalise the minutes"),
}
