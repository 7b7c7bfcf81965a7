from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from desabinaan.lib.text.folded_columns import searchable


class Migration(migrations.Migration):
    """Generated columns cannot be altered, so `search` is built anew."""

    dependencies = [('fgd_sessions', '0002_date_bounds')]

    operations = [
        migrations.RemoveIndex(model_name="session", name="session_search"),
        migrations.RemoveField(model_name="session", name="search"),
        migrations.AddField(
            model_name="session",
            name="search",
            field=searchable("theme", "venue"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=GinIndex(fields=["search"], name="session_search"),
        ),
    ]
