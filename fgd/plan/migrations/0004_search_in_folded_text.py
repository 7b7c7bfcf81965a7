from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from desabinaan.lib.text.folded_columns import searchable


class Migration(migrations.Migration):
    """Generated columns cannot be altered, so `search` is built anew."""

    dependencies = [('plan', '0003_progress_without_form_number')]

    operations = [
        migrations.RemoveIndex(model_name="action", name="action_search"),
        migrations.RemoveField(model_name="action", name="search"),
        migrations.AddField(
            model_name="action",
            name="search",
            field=searchable("title", "indicator"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=GinIndex(fields=["search"], name="action_search"),
        ),
    ]
