"""A list whose rows are checked is called by what it is: not saved yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("uploads", "0005_numbers_of_pasted_lists")]

    operations = [
        migrations.AlterField(
            "upload",
            "status",
            models.CharField(
                choices=[
                    ("uploaded", "columns to be checked"),
                    ("previewed", "not saved yet"),
                    ("committing", "being saved"),
                    ("committed", "saved"),
                    ("failed", "not saved"),
                    ("discarded", "discarded"),
                ],
                default="uploaded",
                editable=False,
                max_length=10,
                verbose_name="state",
            ),
        ),
    ]
