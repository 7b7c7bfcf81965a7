import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0019_place_in_indonesia"),
    ]

    operations = [
        migrations.AlterField(
            model_name="village",
            name="status",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("designated", "designated"),
                    ("inactive", "inactive"),
                    ("revoked", "revoked"),
                    ("dropped", "not pursued"),
                ],
                default="proposed",
                editable=False,
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("proposed_on", models.DateField(verbose_name="proposed on")),
                ("ended_on", models.DateField(null=True, verbose_name="ended on")),
                (
                    "decree",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="villages.designation",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ("-proposed_on", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("village",),
                        name="proposal_one_waits",
                        violation_error_message="This village is proposed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None),
                            ("ended_on__gte", models.F("proposed_on")),
                            _connector="OR",
                        ),
                        name="proposal_ends_after_start",
                        violation_error_message="A proposal cannot end before the day on which it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decree", None),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="proposal_ended_by_its_decree",
                        violation_error_message="A decree ends the proposal.",
                    ),
                ],
            },
        ),
    ]
