import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
        ('agencies', '0001_tables'),
        ('fgd_sessions', '0001_tables'),
        ('places', '0001_tables'),
        ('register', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('title', models.CharField(max_length=250, verbose_name='action')),
                ('due_on', models.DateField(verbose_name='due date')),
                ('indicator', models.CharField(help_text='How everybody can see that it is done.', max_length=250, verbose_name='indicator')),
                ('pillar', models.CharField(choices=[('service', 'Service (Layanan)'), ('knowledge', 'Knowledge (Pengetahuan)'), ('security', 'Security (Keamanan)')], max_length=10, verbose_name='pillar')),
                ('funding', models.CharField(blank=True, max_length=120, verbose_name='source of funds')),
                ('status', models.CharField(choices=[('not_started', 'not started'), ('in_progress', 'in progress'), ('reported_done', 'reported done'), ('verified_done', 'verified'), ('cancelled', 'cancelled')], default='not_started', editable=False, max_length=15, verbose_name='state')),
                ('percent', models.PositiveSmallIntegerField(default=0, editable=False, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='progress')),
                ('agreed_at', models.DateTimeField(editable=False, null=True)),
                ('reported_at', models.DateTimeField(editable=False, null=True)),
                ('verified_at', models.DateTimeField(editable=False, null=True)),
                ('evidence_count', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('villages_open', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('title', 'indicator', config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_actions', to='agencies.agency', verbose_name='lead agency')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.office')),
                ('reported_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='fgd_sessions.session')),
                ('verified_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'action',
                'verbose_name_plural': 'action plan',
                'ordering': ('due_on', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ActionSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='plan.action')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='agencies.agency')),
            ],
        ),
        migrations.AddField(
            model_name='action',
            name='supporters',
            field=models.ManyToManyField(blank=True, related_name='supported_actions', through='plan.ActionSupport', to='agencies.agency'),
        ),
        migrations.CreateModel(
            name='ActionVillage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('pending', 'waiting'), ('done', 'done'), ('waived', 'waived')], default='pending', editable=False, max_length=8)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='action_villages', to='plan.action')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_villages', to='register.village')),
            ],
        ),
        migrations.AddField(
            model_name='action',
            name='villages',
            field=models.ManyToManyField(blank=True, related_name='actions', through='plan.ActionVillage', to='register.village'),
        ),
        migrations.CreateModel(
            name='ProgressUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)], verbose_name='progress in percent')),
                ('text', models.TextField(verbose_name='what happened')),
                ('is_on_behalf', models.BooleanField(default=False, verbose_name='entered on its behalf')),
                ('occurred_on', models.DateField(verbose_name='happened on')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('client_uuid', models.UUIDField(editable=False, unique=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress_updates', to='plan.action')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='progress_updates', to='agencies.agency', verbose_name='for the agency')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='progress_updates', to='register.village', verbose_name='for the village')),
            ],
            options={
                'verbose_name': 'progress update',
                'verbose_name_plural': 'progress updates',
                'ordering': ('-occurred_on', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='what it shows')),
                ('file', models.FileField(upload_to='evidence/%Y/%m', verbose_name='file')),
                ('content_type', models.CharField(editable=False, max_length=40)),
                ('size', models.PositiveIntegerField(editable=False)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_reason', models.TextField(blank=True, verbose_name='reason')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plan.action')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('update', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plan.progressupdate')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('number', models.PositiveSmallIntegerField(editable=False, verbose_name='number')),
                ('text', models.TextField(max_length=2000, verbose_name='recommendation')),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='fgd_sessions.session')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='fgd_sessions.topic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'recommendation',
                'verbose_name_plural': 'recommendations',
                'ordering': ('number',),
            },
        ),
        migrations.AddField(
            model_name='action',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plan.recommendation'),
        ),
        migrations.CreateModel(
            name='ActionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='operation')),
                ('from_status', models.CharField(blank=True, max_length=30)),
                ('to_status', models.CharField(blank=True, max_length=30)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='happened at')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='plan.action')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
            ],
            options={
                'ordering': ('-occurred_at', '-id'),
                'abstract': False,
                'indexes': [models.Index(fields=['action', '-occurred_at', '-id'], name='action_event_action')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='13e0dacae36a0cb54ab2f6a845ca49461854118b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_349ba', table='plan_actionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='actionsupport',
            constraint=models.UniqueConstraint(fields=('action', 'agency'), name='action_support_once'),
        ),
        migrations.AddConstraint(
            model_name='actionvillage',
            constraint=models.UniqueConstraint(fields=('action', 'village'), name='action_village_once'),
        ),
        migrations.AddConstraint(
            model_name='actionvillage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'waived'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='action_village_waived_with_reason', violation_error_message='Say why it is not done in this village.'),
        ),
        migrations.AddIndex(
            model_name='progressupdate',
            index=models.Index(fields=['action', '-occurred_on', '-id'], name='progress_action'),
        ),
        migrations.AddConstraint(
            model_name='progressupdate',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='progress_percent_at_most_100', violation_error_message='Progress is at most 100 percent.'),
        ),
        migrations.AddConstraint(
            model_name='progressupdate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('village', None)), models.Q(('agency', None), ('village__isnull', False)), _connector='OR'), name='progress_of_one_party', violation_error_message='Progress comes from an agency or from a village.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='evidence_withdrawn_with_reason', violation_error_message='Say why the evidence is withdrawn.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('action', 'sha256'), name='evidence_file_once_per_action', violation_error_message='This file is already attached.'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(fields=('session', 'number'), name='recommendation_number_once_per_session'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='action_search'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['due_on', 'id'], name='action_due'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['office', 'due_on', 'id'], name='action_office_due'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['lead_agency', 'due_on', 'id'], name='action_lead_due'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['status', 'due_on', 'id'], name='action_status_due'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['session', 'id'], name='action_session'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(condition=models.Q(('status__in', ('not_started', 'in_progress', 'reported_done'))), fields=['due_on', 'id'], name='action_open_due'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('reported_done', 'verified_done')), _negated=True), ('evidence_count__gt', 0), _connector='OR'), name='action_done_has_evidence', violation_error_message='Add evidence before you report it done.'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('reported_done', 'verified_done')), _negated=True), ('villages_open', 0), _connector='OR'), name='action_done_in_every_village', violation_error_message='Some villages are still open. Mark each as done, or waive it with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('reported_done', 'verified_done')), _negated=True), models.Q(('reported_at__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='action_done_was_reported', violation_error_message='The action must be reported done first.'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'verified_done'), _negated=True), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='action_verified_by_someone', violation_error_message='A verified action must name its verifier.'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by', None), models.Q(('verified_by', models.F('reported_by')), _negated=True), _connector='OR'), name='action_verified_by_another', violation_error_message='You reported this action done, so you cannot verify it. Ask a colleague.'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='action_percent_at_most_100', violation_error_message='Progress is at most 100 percent.'),
        ),
    ]
