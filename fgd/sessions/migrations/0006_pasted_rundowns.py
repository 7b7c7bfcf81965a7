"""Pasted rundowns are uploaded lists, checked before their lines are added."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fgd_sessions", "0005_sort_by_folded_text"),
        ("uploads", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="RundownList",
            fields=[
                (
                    "upload_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="uploads.upload",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rundown_lists",
                        to="fgd_sessions.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "pasted rundown",
                "verbose_name_plural": "pasted rundowns",
            },
            bases=("uploads.upload",),
        ),
    ]
