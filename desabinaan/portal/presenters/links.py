"""Links on the home page for roles without counted tasks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.portal.presenters.tasks import Task, filtered


def auditor_links() -> list[Task]:
    return [
        Task(
            _("Villages"),
            filtered("register:village_list"),
            "map-pin",
            _("Register, decrees, officers and history."),
        ),
        Task(
            _("Vulnerability"),
            filtered("vulnerability:vulnerability_list"),
            "scale",
            _("Scores with their reasons, and who set the weights."),
        ),
        Task(
            _("FGD sessions"),
            filtered("sessions:session_list"),
            "users",
            _("Participants, minutes, recommendations."),
        ),
        Task(
            _("Action plan"),
            filtered("plan:action_list"),
            "list-checks",
            _("Who agreed to do what, and the result."),
        ),
        Task(
            _("Agencies"),
            filtered("agencies:agency_list"),
            "landmark",
            _("Agencies and their focal points."),
        ),
    ]


def officer_links(user: Actor) -> list[Task]:
    return [
        Task(
            _("My villages and visits"),
            reverse("portal:officer_recap", kwargs={"pk": user.pk}),
            "footprints",
            _("Where a visit is due, and how fast reports were verified."),
        ),
    ]


def leader_links() -> list[Task]:
    return [
        Task(
            _("Vulnerability"),
            filtered("vulnerability:vulnerability_totals"),
            "scale",
            _("How many villages may need prevention first. No names."),
        ),
    ]


def superuser_links() -> list[Task]:
    return [
        Task(
            _("Administration"),
            filtered("admin:index"),
            "settings",
            _("Accounts, offices, agencies and regions."),
        ),
        Task(
            _("Your account"),
            filtered("accounts:account"),
            "circle-user-round",
            _("Language, password, devices."),
        ),
    ]
