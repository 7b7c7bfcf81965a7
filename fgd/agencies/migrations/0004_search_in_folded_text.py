from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from desabinaan.lib.text.folded_columns import searchable


class Migration(migrations.Migration):
    """Generated columns cannot be altered, so `search` is built anew."""

    dependencies = [('agencies', '0003_offices_are_agencies')]

    operations = [
        migrations.RemoveIndex(model_name="agency", name="agency_search"),
        migrations.RemoveField(model_name="agency", name="search"),
        migrations.AddField(
            model_name="agency",
            name="search",
            field=searchable("name", "short_name"),
        ),
        migrations.AddIndex(
            model_name="agency",
            index=GinIndex(fields=["search"], name="agency_search"),
        ),
    ]
