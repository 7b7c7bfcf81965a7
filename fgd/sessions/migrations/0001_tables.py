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
        ('places', '0001_tables'),
        ('register', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fgd_sessions_series', to='places.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('theme', models.CharField(max_length=250, verbose_name='theme')),
                ('purpose', models.TextField(blank=True, max_length=4000, verbose_name='purpose')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('venue', models.CharField(max_length=250, verbose_name='venue')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('invited', 'invited'), ('in_progress', 'in progress'), ('finalised', 'final'), ('cancelled', 'cancelled')], default='draft', editable=False, max_length=15, verbose_name='state')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finalised_at', models.DateTimeField(editable=False, null=True)),
                ('closing_note', models.TextField(blank=True, editable=False)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('theme', 'venue', config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fgd_sessions', to='places.office', verbose_name='host')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='fgd_sessions.series', verbose_name='series')),
            ],
            options={
                'verbose_name': 'FGD session',
                'verbose_name_plural': 'FGD sessions',
                'ordering': ('-starts_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('starts_at', models.TimeField(verbose_name='time')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(720)], verbose_name='minutes')),
                ('title', models.CharField(max_length=200, verbose_name='activity')),
                ('presenter', models.CharField(blank=True, max_length=150, verbose_name='in charge')),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='fgd_sessions.session')),
            ],
            options={
                'verbose_name': 'rundown item',
                'verbose_name_plural': 'rundown',
                'ordering': ('starts_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='SessionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='operation')),
                ('from_status', models.CharField(blank=True, max_length=30)),
                ('to_status', models.CharField(blank=True, max_length=30)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='happened at')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='fgd_sessions.session')),
            ],
            options={
                'ordering': ('-occurred_at', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('number', models.PositiveSmallIntegerField(editable=False, verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='topic')),
                ('background', models.TextField(blank=True, max_length=4000, verbose_name='background')),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='fgd_sessions.session')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='TopicVillage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('open', 'not yet'), ('discussed', 'discussed'), ('deferred', 'deferred')], default='open', max_length=10)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_villages', to='fgd_sessions.topic')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topic_villages', to='register.village')),
            ],
        ),
        migrations.AddField(
            model_name='topic',
            name='villages',
            field=models.ManyToManyField(blank=True, related_name='topics', through='fgd_sessions.TopicVillage', to='register.village'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('office', 'name'), name='series_name_once_per_office', violation_error_message='Your office already has this series.'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['-starts_at', '-id'], name='session_start'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['office', '-starts_at', '-id'], name='session_office_start'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['status', '-starts_at', '-id'], name='session_status_start'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['theme', 'id'], name='session_theme'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='session_search'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start', violation_error_message='The session must end after it begins.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finalised_at__isnull', False), ('status', 'finalised')), models.Q(models.Q(('status', 'finalised'), _negated=True), ('finalised_at', None)), _connector='OR'), name='session_final_has_its_time', violation_error_message='A final session must have a closing time.'),
        ),
        migrations.AddIndex(
            model_name='sessionevent',
            index=models.Index(fields=['session', '-occurred_at', '-id'], name='session_event_session'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='14f0dd488f48d81e01aa7516d5618ae10f06f04d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_199c8', table='fgd_sessions_sessionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='topicvillage',
            constraint=models.UniqueConstraint(fields=('topic', 'village'), name='topic_village_once'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(fields=('session', 'number'), name='topic_number_once_per_session'),
        ),
    ]
