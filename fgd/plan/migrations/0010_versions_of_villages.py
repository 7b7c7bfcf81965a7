import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import desabinaan.lib.web.date_fields


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('plan', '0009_evidence_of_reports_by_villages'),
    ]

    operations = [
        migrations.AddField(
            model_name='actionvillage',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='actionvillage',
            name='changed_by',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionvillage',
            name='changed_at',
            field=desabinaan.lib.web.date_fields.BoundedDateTimeField(editable=False, null=True),
        ),
    ]
