import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desabinaan.lib.web import date_fields


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_date_bounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormReceipt',
            fields=[
                ('client_uuid', models.UUIDField(primary_key=True, serialize=False)),
                ('path', models.TextField()),
                ('typed_hash', models.CharField(blank=True, max_length=64)),
                ('files_hash', models.CharField(blank=True, max_length=64)),
                ('answer', models.TextField(blank=True)),
                ('sent_at', date_fields.BoundedDateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'receipt of a form',
                'verbose_name_plural': 'receipts of forms',
                'indexes': [models.Index(fields=['user', 'sent_at'], name='receipt_user_sent')],
            },
        ),
    ]
