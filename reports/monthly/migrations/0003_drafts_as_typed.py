"""A draft keeps what was typed, instead of figures with zeros for blanks."""

from django.db import migrations, models
from django.db.models import F, Q

FIGURES = (
    ("outreach_held", "outreach activities"),
    ("people_reached", "people reached"),
    ("office_questions", "questions for the immigration office"),
    ("job_offers_heard", "job offers abroad heard of"),
    ("new_recruiters_seen", "new recruiters seen"),
    ("departures_known", "villagers who left to work abroad"),
    ("departures_undocumented", "of these, without complete papers"),
    ("returns_known", "villagers who came back from abroad"),
    ("returns_with_problems", "of these, with problems"),
    ("families_without_news", "families without news from abroad"),
    ("foreigners_reported", "foreigners reported"),
    ("coordination_meetings", "coordination meetings"),
)
PARTS = (
    (
        "monthly_report_undocumented_are_departures",
        Q(departures_undocumented__lte=F("departures_known")),
        "More left without papers than left in total. Check both figures.",
    ),
    (
        "monthly_report_problems_are_returns",
        Q(returns_with_problems__lte=F("returns_known")),
        "More returned with problems than returned in total. Check both figures.",
    ),
)


def figures_to_texts(apps, schema_editor):
    for report in apps.get_model("monthly", "MonthlyReport").objects.filter(
        submitted_at=None
    ):
        for name, _label in FIGURES:
            if value := getattr(report, name):
                report.draft[name] = str(value)
            setattr(report, name, None)
        report.save(update_fields=["draft", *(name for name, _label in FIGURES)])


def texts_to_figures(apps, schema_editor):
    """Keep the whole numbers of a draft that agree with each other."""
    for report in apps.get_model("monthly", "MonthlyReport").objects.filter(
        submitted_at=None
    ):
        for name, _label in FIGURES:
            text = report.draft.get(name, "")
            setattr(report, name, int(text) if text.isdecimal() else 0)
        for part, whole in (
            ("departures_undocumented", "departures_known"),
            ("returns_with_problems", "returns_known"),
        ):
            smaller = min(getattr(report, part), getattr(report, whole))
            setattr(report, part, smaller)
        report.save(update_fields=["draft", *(name for name, _label in FIGURES)])


class Migration(migrations.Migration):
    dependencies = [('monthly', '0002_date_bounds')]

    operations = [
        *(
            migrations.RemoveConstraint(model_name="monthlyreport", name=name)
            for name, _condition, _text in PARTS
        ),
        migrations.AddField(
            model_name="monthlyreport",
            name="draft",
            field=models.JSONField(
                blank=True,
                db_default={},
                default=dict,
                editable=False,
                verbose_name="figures as typed, until the report is sent",
            ),
        ),
        *(
            migrations.AlterField(
                model_name="monthlyreport",
                name=name,
                field=models.PositiveIntegerField(
                    default=0, null=True, verbose_name=label
                ),
            )
            for name, label in FIGURES
        ),
        migrations.RunPython(figures_to_texts, texts_to_figures, elidable=True),
        *(
            migrations.AddConstraint(
                model_name="monthlyreport",
                constraint=models.CheckConstraint(
                    condition=Q(submitted_at=None) | condition,
                    name=name,
                    violation_error_message=text,
                ),
            )
            for name, condition, text in PARTS
        ),
        migrations.AddConstraint(
            model_name="monthlyreport",
            constraint=models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(**{f"{name}__isnull": False for name, _label in FIGURES}),
                name="monthly_report_sent_has_all_figures",
                violation_error_message="A report that is sent has all figures.",
            ),
        ),
    ]
