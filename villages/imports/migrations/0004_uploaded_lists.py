"""Lists of villages become uploaded lists, with the rows of the app uploads.

Uploaded lists are kept for 30 days only; those of the earlier tables are dropped.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0003_rows_below_filled_cells"),
        ("places", "0001_tables"),
        ("uploads", "0001_tables"),
    ]

    operations = [
        migrations.DeleteModel(name="VillageImportEvent"),
        migrations.DeleteModel(name="VillageImportProgress"),
        migrations.DeleteModel(name="VillageImportRow"),
        migrations.DeleteModel(name="VillageImport"),
        migrations.CreateModel(
            name="VillageImport",
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
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="village_imports",
                        to="places.office",
                        verbose_name="office",
                    ),
                ),
            ],
            options={
                "verbose_name": "village import",
                "verbose_name_plural": "village imports",
            },
            bases=("uploads.upload",),
        ),
    ]
