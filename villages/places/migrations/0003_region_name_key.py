import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.places.village_names import name_key


def fill_name_keys(apps, schema_editor):
    regions = apps.get_model('places', 'Region').objects
    rows = list(regions.only('code', 'name'))
    for row in rows:
        row.name_key = name_key(row.name)
    regions.bulk_update(rows, ['name_key'], batch_size=2000)


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0002_date_bounds'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='region',
            name='update_update',
        ),
        migrations.AddField(
            model_name='region',
            name='name_key',
            field=models.CharField(default='', editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='region',
            index=models.Index(fields=['name_key'], name='region_name_key'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='region',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "places_regionevent" ("code", "kind", "level", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "successor_id", "valid_from", "valid_to") VALUES (NEW."code", NEW."kind", NEW."level", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."successor_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='6f32a1a957a68c555d3ba7b1b6018579444c57a0', operation='UPDATE', pgid='pgtrigger_update_update_53edb', table='places_region', when='AFTER')),
        ),
        migrations.RunPython(fill_name_keys, migrations.RunPython.noop),
    ]
