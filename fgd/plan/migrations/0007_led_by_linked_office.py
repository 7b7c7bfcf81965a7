import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0006_done_in_full'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='led_by_linked_office', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE unlinked BOOLEAN;', func="\n    SELECT kind = 'immigration' AND office_id IS NULL INTO unlinked\n        FROM agencies_agency WHERE id = NEW.lead_agency_id;\n    IF unlinked THEN\n        RAISE EXCEPTION 'An immigration agency leads only when linked to its office.'\n            USING ERRCODE = 'check_violation',\n                CONSTRAINT = 'action_led_by_linked_office';\n    END IF;\n    RETURN NEW;\n", hash='d2c8b6fa7d2223992541dc964fd271ebfd628e27', operation='INSERT OR UPDATE OF "lead_agency_id"', pgid='pgtrigger_led_by_linked_office_fe2a2', table='plan_action', when='BEFORE')),
        ),
    ]
