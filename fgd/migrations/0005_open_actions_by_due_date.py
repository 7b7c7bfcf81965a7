from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fgd", "0004_search_and_sort_of_sessions")]

    operations = [
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ("not_started", "in_progress", "reported_done"))
                ),
                fields=["due_on", "id"],
                name="action_open_due",
            ),
        ),
    ]
