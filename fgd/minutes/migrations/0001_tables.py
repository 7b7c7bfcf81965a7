import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('fgd_sessions', '0001_tables'),
        ('participants', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MinutesEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('text', models.TextField(max_length=8000, verbose_name='what was said')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='participants.delegate', verbose_name='speaker')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='fgd_sessions.topic')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'minutes entry',
                'verbose_name_plural': 'minutes',
                'ordering': ('id',),
            },
        ),
    ]
