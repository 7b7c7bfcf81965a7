from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    """The number of a form is in its receipt; going back, each row gets a new one."""

    dependencies = [
        ('plan', '0002_date_bounds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='progressupdate',
            name='client_uuid',
            field=models.UUIDField(
                db_default=RandomUUID(), editable=False, unique=True
            ),
        ),
        migrations.RemoveField(model_name='progressupdate', name='client_uuid'),
    ]
