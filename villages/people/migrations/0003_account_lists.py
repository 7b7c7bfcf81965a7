"""Lists of people who need accounts are uploaded lists."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_date_bounds"),
        ("uploads", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountList",
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
            ],
            options={
                "verbose_name": "account list",
                "verbose_name_plural": "account lists",
            },
            bases=("uploads.upload",),
        ),
    ]
