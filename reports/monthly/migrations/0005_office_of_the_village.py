"""A month has the office of its village; it repeats none of its own."""

import django.db.models.deletion
from django.db import migrations, models

#: For the way back: the column is filled before it is compared and required again.
OFFICES = """
    UPDATE monthly_reportslot slot SET office_id = village.office_id
    FROM register_village village WHERE village.id = slot.village_id;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('monthly', '0004_sort_by_folded_text'),
        ('places', '0001_tables'),
        ('register', '0001_tables'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='reportslot', name='slot_office_month'),
        migrations.AlterField(
            model_name='reportslot',
            name='office',
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='+',
                to='places.office',
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, OFFICES),
        migrations.RemoveField(model_name='reportslot', name='office'),
    ]
