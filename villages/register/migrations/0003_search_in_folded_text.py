from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from desabinaan.lib.text.folded_columns import searchable


class Migration(migrations.Migration):
    """Generated columns cannot be altered, so `search` is built anew."""

    dependencies = [('register', '0002_date_bounds')]

    operations = [
        migrations.RemoveIndex(model_name="village", name="village_search"),
        migrations.RemoveField(model_name="village", name="search"),
        migrations.AddField(
            model_name="village",
            name="search",
            field=searchable("name", "district_name", "regency_name", "region_id"),
        ),
        migrations.AddIndex(
            model_name="village",
            index=GinIndex(fields=["search"], name="village_search"),
        ),
    ]
