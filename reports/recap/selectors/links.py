"""Where to go for those for whom nothing waits by number."""

from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from reports.recap.selectors.tasks import Task, filtered


def auditor_links() -> list[Task]:
    return [
        Task(
            _("Villages"),
            filtered("villages:village_list"),
            "map-pin",
            _("Register, decrees, officers and history."),
        ),
        Task(
            _("Vulnerability"),
            filtered("villages:vulnerability_list"),
            "scale",
            _("Scores with their reasons, and who weighed the model."),
        ),
        Task(
            _("FGD sessions"),
            filtered("fgd:session_list"),
            "users",
            _("Participants, minutes, recommendations."),
        ),
        Task(
            _("Action plan"),
            filtered("followup:action_list"),
            "list-checks",
            _("Who promised what, and what became of it."),
        ),
        Task(
            _("Agencies"),
            filtered("fgd:agency_list"),
            "landmark",
            _("Who sits at the table."),
        ),
    ]


def officer_links(user: Actor) -> list[Task]:
    return [
        Task(
            _("My villages and visits"),
            reverse("recap:officer_recap", kwargs={"pk": user.pk}),
            "footprints",
            _("Where a visit is due, and how fast reports were verified."),
        ),
    ]


def leader_links() -> list[Task]:
    return [
        Task(
            _("Vulnerability"),
            filtered("villages:vulnerability_totals"),
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
