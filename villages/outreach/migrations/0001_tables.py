import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('places', '0001_tables'),
        ('register', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AwarenessTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'awareness test',
                'verbose_name_plural': 'awareness tests',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.CharField(max_length=250, verbose_name='question')),
                ('text_en', models.CharField(blank=True, max_length=250, verbose_name='question in English')),
                ('choices', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), size=4, verbose_name='answers')),
                ('choices_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=4, verbose_name='answers in English')),
                ('right', models.PositiveSmallIntegerField(help_text='Its place in the list, counted from 1.', verbose_name='right answer')),
                ('reason', models.CharField(max_length=400, verbose_name='why')),
                ('reason_en', models.CharField(blank=True, max_length=400, verbose_name='why, in English')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='QuestionBankEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pillar', models.CharField(choices=[('service', 'Service (Layanan)'), ('knowledge', 'Knowledge (Pengetahuan)'), ('security', 'Security (Keamanan)')], max_length=10, verbose_name='pillar')),
                ('version', models.PositiveSmallIntegerField(editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('is_active', models.BooleanField(default=False, help_text='New tests take the newest version that is in use.', verbose_name='in use')),
                ('used_at', models.DateTimeField(editable=False, null=True, verbose_name='first used')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuestionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.CharField(max_length=250, verbose_name='question')),
                ('text_en', models.CharField(blank=True, max_length=250, verbose_name='question in English')),
                ('choices', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), size=4, verbose_name='answers')),
                ('choices_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=4, verbose_name='answers in English')),
                ('right', models.PositiveSmallIntegerField(help_text='Its place in the list, counted from 1.', verbose_name='right answer')),
                ('reason', models.CharField(max_length=400, verbose_name='why')),
                ('reason_en', models.CharField(blank=True, max_length=400, verbose_name='why, in English')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AwarenessPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('before', 'before'), ('after', 'after')], max_length=6, verbose_name='when')),
                ('code', models.CharField(max_length=6, unique=True, verbose_name='code')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closes_at', models.DateTimeField()),
                ('answer_count', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('test', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='outreach.awarenesstest')),
            ],
            options={
                'verbose_name': 'phase of a test',
                'verbose_name_plural': 'phases of a test',
                'ordering': ('opened_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='AwarenessReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField()),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='outreach.awarenessphase')),
            ],
            options={
                'verbose_name': 'receipt of an answer',
                'verbose_name_plural': 'receipts of answers',
            },
        ),
        migrations.CreateModel(
            name='OutreachActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pillar', models.CharField(choices=[('service', 'Service (Layanan)'), ('knowledge', 'Knowledge (Pengetahuan)'), ('security', 'Security (Keamanan)')], max_length=10, verbose_name='pillar')),
                ('starts_at', models.DateTimeField(verbose_name='when')),
                ('venue', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('expected', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='expected participants')),
                ('participants', models.PositiveSmallIntegerField(null=True, verbose_name='participants')),
                ('men', models.PositiveSmallIntegerField(null=True, verbose_name='men')),
                ('women', models.PositiveSmallIntegerField(null=True, verbose_name='women')),
                ('youth', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='young people')),
                ('prospective_migrants', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='prospective migrant workers')),
                ('resource_persons', models.TextField(blank=True, verbose_name='resource persons')),
                ('material', models.TextField(blank=True, verbose_name='material')),
                ('material_file', models.FileField(blank=True, upload_to='outreach/%Y', verbose_name='material as a file')),
                ('material_size', models.PositiveIntegerField(editable=False, null=True)),
                ('material_type', models.CharField(blank=True, editable=False, max_length=20)),
                ('summary', models.TextField(blank=True, verbose_name='what happened')),
                ('status', models.CharField(choices=[('planned', 'planned'), ('done', 'held'), ('cancelled', 'cancelled')], default='planned', editable=False, max_length=10, verbose_name='state')),
                ('cancel_reason', models.TextField(blank=True, editable=False, verbose_name='reason')),
                ('client_uuid', models.UUIDField(editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='places.activitykind', verbose_name='kind')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='places.office')),
                ('officers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officers')),
            ],
            options={
                'verbose_name': 'activity',
                'verbose_name_plural': 'activities',
                'ordering': ('-starts_at', '-id'),
            },
        ),
        migrations.AddField(
            model_name='awarenesstest',
            name='activity',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='test', to='outreach.outreachactivity'),
        ),
        migrations.CreateModel(
            name='OutreachEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='operation')),
                ('from_status', models.CharField(blank=True, max_length=30)),
                ('to_status', models.CharField(blank=True, max_length=30)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='happened at')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='outreach.outreachactivity')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
            ],
            options={
                'ordering': ('-occurred_at', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OutreachPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False)),
                ('caption', models.CharField(blank=True, max_length=150, verbose_name='what it shows')),
                ('file', models.FileField(upload_to='outreach/%Y', verbose_name='photo')),
                ('content_type', models.CharField(max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='outreach.outreachactivity')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='OutreachVillage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(editable=False, null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='outreach.outreachactivity')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outreach', to='register.village')),
            ],
            options={
                'verbose_name': 'village of an activity',
                'verbose_name_plural': 'villages of an activity',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='outreachactivity',
            name='villages',
            field=models.ManyToManyField(related_name='activities', through='outreach.OutreachVillage', to='register.village'),
        ),
        migrations.CreateModel(
            name='AwarenessCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('phone', 'by phone'), ('paper', 'on paper')], max_length=5)),
                ('answered', models.PositiveIntegerField(default=0)),
                ('right', models.PositiveIntegerField(default=0)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='outreach.awarenessphase')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='outreach.question')),
            ],
            options={
                'verbose_name': 'count of answers',
                'verbose_name_plural': 'counts of answers',
            },
        ),
        migrations.CreateModel(
            name='QuestionBank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pillar', models.CharField(choices=[('service', 'Service (Layanan)'), ('knowledge', 'Knowledge (Pengetahuan)'), ('security', 'Security (Keamanan)')], max_length=10, verbose_name='pillar')),
                ('version', models.PositiveSmallIntegerField(editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('is_active', models.BooleanField(default=False, help_text='New tests take the newest version that is in use.', verbose_name='in use')),
                ('used_at', models.DateTimeField(editable=False, null=True, verbose_name='first used')),
            ],
            options={
                'verbose_name': 'question bank',
                'verbose_name_plural': 'question banks',
                'ordering': ('pillar', '-version'),
                'constraints': [models.UniqueConstraint(fields=('pillar', 'version'), name='question_bank_version_once')],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='bank',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='outreach.questionbank'),
        ),
        migrations.AddField(
            model_name='awarenesstest',
            name='bank',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tests', to='outreach.questionbank'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='questionbank',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outreach_questionbankevent" ("id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar", "title", "title_en", "used_at", "version") VALUES (NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar", NEW."title", NEW."title_en", NEW."used_at", NEW."version"); RETURN NULL;', hash='2967b936ac1307641ce6c3395bb92f30d15ffc60', operation='INSERT', pgid='pgtrigger_insert_insert_2fa5a', table='outreach_questionbank', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='questionbank',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outreach_questionbankevent" ("id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar", "title", "title_en", "used_at", "version") VALUES (NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar", NEW."title", NEW."title_en", NEW."used_at", NEW."version"); RETURN NULL;', hash='dcb5551044b1e7d1d6aa10318583bc1f25408db1', operation='UPDATE', pgid='pgtrigger_update_update_3b25f', table='outreach_questionbank', when='AFTER')),
        ),
        migrations.AddField(
            model_name='questionbankevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='questionbankevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outreach.questionbank'),
        ),
        migrations.AddField(
            model_name='questionevent',
            name='bank',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outreach.questionbank'),
        ),
        migrations.AddField(
            model_name='questionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='questionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outreach.question'),
        ),
        migrations.AddConstraint(
            model_name='awarenessreceipt',
            constraint=models.UniqueConstraint(fields=('phase', 'token'), name='awareness_receipt_once'),
        ),
        migrations.AddConstraint(
            model_name='awarenessphase',
            constraint=models.UniqueConstraint(fields=('test', 'kind'), name='awareness_phase_once'),
        ),
        migrations.AddIndex(
            model_name='outreachevent',
            index=models.Index(fields=['activity', '-occurred_at', '-id'], name='outreach_event_timeline'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outreachevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d28e00ba12d1fc718616240cc21d8402fff67995', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56198', table='outreach_outreachevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='outreachphoto',
            constraint=models.UniqueConstraint(fields=('activity', 'number'), name='outreach_photo_number_once'),
        ),
        migrations.AddConstraint(
            model_name='outreachphoto',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 10)), name='outreach_photos_at_most_ten', violation_error_message='An activity has at most ten photos.'),
        ),
        migrations.AddConstraint(
            model_name='outreachphoto',
            constraint=models.UniqueConstraint(fields=('activity', 'sha256'), name='outreach_photo_once', violation_error_message='This photo is already here.'),
        ),
        migrations.AddIndex(
            model_name='outreachvillage',
            index=models.Index(fields=['village', '-held_on'], name='outreach_last_visit'),
        ),
        migrations.AddConstraint(
            model_name='outreachvillage',
            constraint=models.UniqueConstraint(fields=('activity', 'village'), name='outreach_village_once'),
        ),
        migrations.AddIndex(
            model_name='outreachactivity',
            index=models.Index(fields=['-starts_at', '-id'], name='outreach_newest'),
        ),
        migrations.AddIndex(
            model_name='outreachactivity',
            index=models.Index(fields=['office', '-starts_at', '-id'], name='outreach_office_newest'),
        ),
        migrations.AddIndex(
            model_name='outreachactivity',
            index=models.Index(fields=['kind', '-starts_at', '-id'], name='outreach_kind_newest'),
        ),
        migrations.AddConstraint(
            model_name='outreachactivity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('men__isnull', False), ('participants', django.db.models.expressions.CombinedExpression(models.F('men'), '+', models.F('women'))), ('participants__isnull', False), ('women__isnull', False)), _connector='OR'), name='outreach_participants_add_up', violation_error_message='Men and women do not add up to the participants.'),
        ),
        migrations.AddConstraint(
            model_name='outreachactivity',
            constraint=models.CheckConstraint(condition=models.Q(('youth', None), ('youth__lte', models.F('participants')), _connector='OR'), name='outreach_youth_among_participants', violation_error_message='There are more young people than participants.'),
        ),
        migrations.AddConstraint(
            model_name='outreachactivity',
            constraint=models.CheckConstraint(condition=models.Q(('prospective_migrants', None), ('prospective_migrants__lte', models.F('participants')), _connector='OR'), name='outreach_migrants_among_participants', violation_error_message='There are more prospective migrant workers than participants.'),
        ),
        migrations.AddConstraint(
            model_name='outreachactivity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='outreach_cancelled_with_reason', violation_error_message='Say why the activity is cancelled.'),
        ),
        migrations.AddConstraint(
            model_name='awarenesscount',
            constraint=models.UniqueConstraint(fields=('phase', 'question', 'source'), name='awareness_count_once'),
        ),
        migrations.AddConstraint(
            model_name='awarenesscount',
            constraint=models.CheckConstraint(condition=models.Q(('right__lte', models.F('answered'))), name='awareness_right_among_answered', violation_error_message='There are more right answers than answers.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('bank', 'number'), name='question_number_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('choices__len__gte', 3), ('choices__len__lte', 4)), name='question_has_three_or_four_answers', violation_error_message='Give three or four answers.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('right__gte', 1), ('right__lte', models.F('choices__len'))), name='question_has_one_right_answer', violation_error_message='The right answer is one of the listed ones, counted from 1.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='used_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT FROM outreach_questionbank\n        WHERE id IN (OLD.bank_id, NEW.bank_id) AND used_at IS NOT NULL\n    ) THEN\n        RAISE EXCEPTION 'questions of a used bank stay as they were';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='f3d96f63ff89bba7c3f56971fb1ebc2add584d3b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_used_stays_80d38', table='outreach_question', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outreach_questionevent" ("bank_id", "choices", "choices_en", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_en", "right", "text", "text_en") VALUES (NEW."bank_id", NEW."choices", NEW."choices_en", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."reason_en", NEW."right", NEW."text", NEW."text_en"); RETURN NULL;', hash='531e18592332c8e18dfc77429e883b2cb2a249bc', operation='INSERT', pgid='pgtrigger_insert_insert_04d0c', table='outreach_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outreach_questionevent" ("bank_id", "choices", "choices_en", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_en", "right", "text", "text_en") VALUES (NEW."bank_id", NEW."choices", NEW."choices_en", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reason_en", NEW."right", NEW."text", NEW."text_en"); RETURN NULL;', hash='da4e5b0f766711eca4efe47be46326ac8b9753bd', operation='UPDATE', pgid='pgtrigger_update_update_4d08c', table='outreach_question', when='AFTER')),
        ),
    ]
