import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('places', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(error_messages={'unique': 'This agency is already in the list.'}, max_length=150, unique=True, verbose_name='name')),
                ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                ('kind', models.CharField(choices=[('social', 'social affairs'), ('agriculture', 'agriculture and food security'), ('manpower', 'manpower and transmigration'), ('police', 'police'), ('migrant_workers', 'migrant worker protection'), ('immigration', 'immigration'), ('women_children', 'women and child protection'), ('village_affairs', 'village affairs'), ('local_government', 'local government'), ('education', 'education'), ('health', 'health'), ('justice', 'prosecution and courts'), ('civil_society', 'civil society'), ('other', 'other')], max_length=20, verbose_name='field of work')),
                ('level', models.CharField(choices=[('national', 'national'), ('province', 'province'), ('regency', 'regency or city'), ('district', 'district')], max_length=10, verbose_name='level')),
                ('head_name', models.CharField(blank=True, max_length=120, verbose_name='head')),
                ('head_contact', models.CharField(blank=True, max_length=120, verbose_name="head's contact")),
                ('hotline', models.CharField(blank=True, max_length=60, verbose_name='hotline')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed')], default='proposed', editable=False, max_length=10, verbose_name='state')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('name', 'short_name', config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.OneToOneField(blank=True, help_text='Only when this agency is an immigration office itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agency', to='places.office', verbose_name='immigration office')),
                ('proposed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('regions', models.ManyToManyField(blank=True, related_name='agencies', to='places.region', verbose_name='service area')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='agencies.agency', verbose_name='merged into')),
            ],
            options={
                'verbose_name': 'agency',
                'verbose_name_plural': 'agencies',
                'ordering': ('short_name',),
            },
        ),
        migrations.CreateModel(
            name='AgencyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(error_messages={'unique': 'This agency is already in the list.'}, max_length=150, verbose_name='name')),
                ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                ('kind', models.CharField(choices=[('social', 'social affairs'), ('agriculture', 'agriculture and food security'), ('manpower', 'manpower and transmigration'), ('police', 'police'), ('migrant_workers', 'migrant worker protection'), ('immigration', 'immigration'), ('women_children', 'women and child protection'), ('village_affairs', 'village affairs'), ('local_government', 'local government'), ('education', 'education'), ('health', 'health'), ('justice', 'prosecution and courts'), ('civil_society', 'civil society'), ('other', 'other')], max_length=20, verbose_name='field of work')),
                ('level', models.CharField(choices=[('national', 'national'), ('province', 'province'), ('regency', 'regency or city'), ('district', 'district')], max_length=10, verbose_name='level')),
                ('head_name', models.CharField(blank=True, max_length=120, verbose_name='head')),
                ('head_contact', models.CharField(blank=True, max_length=120, verbose_name="head's contact")),
                ('hotline', models.CharField(blank=True, max_length=60, verbose_name='hotline')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed')], default='proposed', editable=False, max_length=10, verbose_name='state')),
                ('changed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(blank=True, db_constraint=False, help_text='Only when this agency is an immigration office itself.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='places.office', verbose_name='immigration office')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agencies.agency')),
                ('proposed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.agency', verbose_name='merged into')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FocalPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='position')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focal_points', to='agencies.agency', verbose_name='agency')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focal_points', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'focal point',
                'verbose_name_plural': 'focal points',
                'ordering': ('agency__short_name', '-starts_on'),
            },
        ),
        migrations.CreateModel(
            name='FocalPointEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='position')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.agency', verbose_name='agency')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agencies.focalpoint')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='agency',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='agency_search'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('successor', None), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='agency_is_not_its_own_successor', violation_error_message='An agency cannot be merged into itself.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_agencyevent" ("changed_at", "changed_by_id", "head_contact", "head_name", "hotline", "id", "kind", "level", "name", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "short_name", "status", "successor_id", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."head_contact", NEW."head_name", NEW."hotline", NEW."id", NEW."kind", NEW."level", NEW."name", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."short_name", NEW."status", NEW."successor_id", NEW."version"); RETURN NULL;', hash='5d2997e5934b8d6cb66b4e2198c275edae5fbe5f', operation='INSERT', pgid='pgtrigger_insert_insert_064bb', table='agencies_agency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."head_contact" IS DISTINCT FROM (NEW."head_contact") OR OLD."head_name" IS DISTINCT FROM (NEW."head_name") OR OLD."hotline" IS DISTINCT FROM (NEW."hotline") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "agencies_agencyevent" ("changed_at", "changed_by_id", "head_contact", "head_name", "hotline", "id", "kind", "level", "name", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "short_name", "status", "successor_id", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."head_contact", NEW."head_name", NEW."hotline", NEW."id", NEW."kind", NEW."level", NEW."name", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."short_name", NEW."status", NEW."successor_id", NEW."version"); RETURN NULL;', hash='e0ebce43d2a64a65895a9e804674edaac1dffb5f', operation='UPDATE', pgid='pgtrigger_update_update_187e7', table='agencies_agency', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='focalpoint',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='focal_point_ends_after_start', violation_error_message='The last day is before the first day.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focalpoint',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_focalpointevent" ("agency_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "starts_on", "user_id") VALUES (NEW."agency_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."starts_on", NEW."user_id"); RETURN NULL;', hash='171ce42c22a4dc1f239fc046d8b946beaf70a6be', operation='INSERT', pgid='pgtrigger_insert_insert_1d401', table='agencies_focalpoint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focalpoint',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "agencies_focalpointevent" ("agency_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "starts_on", "user_id") VALUES (NEW."agency_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."starts_on", NEW."user_id"); RETURN NULL;', hash='89c0a950ebca355f897cfa7717ee636f37e9646a', operation='UPDATE', pgid='pgtrigger_update_update_b59d6', table='agencies_focalpoint', when='AFTER')),
        ),
    ]
