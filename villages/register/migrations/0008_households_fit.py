"""New numbers of a village fit together; rows saved before stay as they are."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0007_sources_of_stated_decrees'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='village',
            trigger=pgtrigger.compiler.Trigger(name='households_fit', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.households > NEW.population AND (\n        TG_OP = 'INSERT'\n        OR NEW.households IS DISTINCT FROM OLD.households\n        OR NEW.population IS DISTINCT FROM OLD.population\n    ) THEN\n        RAISE EXCEPTION 'A village has no more households than inhabitants.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'village_households_fit';\n    END IF;\n    RETURN NEW;\n", hash='9093e699414cc09cea994a0b4b27388010d9a36b', operation='INSERT OR UPDATE OF "population", "households"', pgid='pgtrigger_households_fit_e53ac', table='register_village', when='BEFORE')),
        ),
    ]
