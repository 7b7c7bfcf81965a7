import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VillageImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('file', models.FileField(blank=True, upload_to='imports/%Y')),
                ('filename', models.CharField(max_length=150)),
                ('status', models.CharField(choices=[('uploaded', 'columns to be checked'), ('previewed', 'rows to be checked'), ('committing', 'being saved'), ('committed', 'saved in the register'), ('failed', 'not saved'), ('discarded', 'discarded')], default='uploaded', editable=False, max_length=10, verbose_name='state')),
                ('headings', models.JSONField(default=list)),
                ('columns', models.JSONField(default=dict)),
                ('remarks', models.JSONField(default=list)),
                ('problem', models.TextField(blank=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='village_imports', to='places.office', verbose_name='office')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'village import',
                'verbose_name_plural': 'village imports',
                'ordering': ('-uploaded_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='VillageImportProgress',
            fields=[
                ('parent', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='progress', serialize=False, to='imports.villageimport')),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='VillageImportEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='operation')),
                ('from_status', models.CharField(blank=True, max_length=30)),
                ('to_status', models.CharField(blank=True, max_length=30)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='happened at')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='imports.villageimport')),
            ],
            options={
                'ordering': ('-occurred_at', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VillageImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('cells', models.JSONField(default=dict)),
                ('confidence', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(100)])),
                ('candidates', models.JSONField(default=list)),
                ('problems', models.JSONField(default=list)),
                ('notes', models.JSONField(default=list)),
                ('check_result', models.CharField(choices=[('ready', 'ready'), ('doubtful', 'to be corrected'), ('skipped', 'skipped')], default='doubtful', max_length=8)),
                ('outcome', models.CharField(blank=True, choices=[('added', 'added'), ('changed', 'changed'), ('unchanged', 'unchanged')], max_length=9)),
                ('chosen', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.villageimport')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
            ],
            options={
                'ordering': ('line',),
            },
        ),
        migrations.AddIndex(
            model_name='villageimport',
            index=models.Index(fields=['office', '-uploaded_at', '-id'], name='village_import_newest'),
        ),
        migrations.AddConstraint(
            model_name='villageimport',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'failed'), ('problem', ''), _connector='OR'), name='village_import_problem_when_failed', violation_error_message='Only a failed import has a problem.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villageimportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b0233ff0ef349ba3e6356893a5a0954893f57175', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c717c', table='imports_villageimportevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='villageimportrow',
            index=models.Index(fields=['parent', 'check_result', 'line'], name='village_import_row_result'),
        ),
        migrations.AddIndex(
            model_name='villageimportrow',
            index=models.Index(fields=['parent', 'region'], name='village_import_row_region'),
        ),
        migrations.AddConstraint(
            model_name='villageimportrow',
            constraint=models.UniqueConstraint(fields=('parent', 'line'), name='village_import_row_once', violation_error_message='The import already has this line.'),
        ),
        migrations.AddConstraint(
            model_name='villageimportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('check_result', 'ready'), _negated=True), ('region__isnull', False), _connector='OR'), name='village_import_row_ready_names_village', violation_error_message='A ready row must name its village.'),
        ),
        migrations.AddConstraint(
            model_name='villageimportrow',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__lte', 100)), name='village_import_row_confidence_in_percent', violation_error_message='Confidence is a percentage.'),
        ),
    ]
