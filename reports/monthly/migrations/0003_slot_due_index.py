from django.db import migrations, models


class Migration(migrations.Migration):
    """The list of reports can be sorted by due date."""

    dependencies = [("monthly", "0002_links_and_rules")]

    operations = [
        migrations.AddIndex(
            model_name="reportslot",
            index=models.Index(fields=["due_on", "id"], name="slot_due"),
        ),
    ]
