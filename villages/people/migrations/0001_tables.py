import django.db.models.deletion
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
            name='AccountRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('village_official', 'Village official'), ('pimpasa', 'Village immigration officer (PIMPASA)'), ('office_staff', 'Immigration office staff')], max_length=20, verbose_name='role')),
                ('username', models.CharField(max_length=60, verbose_name='user name')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=25, verbose_name='telephone')),
                ('letter_number', models.CharField(max_length=100, verbose_name='letter of assignment')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('status', models.CharField(choices=[('requested', 'waiting for approval'), ('approved', 'approved'), ('declined', 'declined')], default='requested', editable=False, max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', models.TextField(blank=True, verbose_name='reason')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requesting_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_requests', to='places.office')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.village', verbose_name='village')),
            ],
            options={
                'verbose_name': 'account request',
                'verbose_name_plural': 'account requests',
                'ordering': ('-requested_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='AccountRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('village_official', 'Village official'), ('pimpasa', 'Village immigration officer (PIMPASA)'), ('office_staff', 'Immigration office staff')], max_length=20, verbose_name='role')),
                ('username', models.CharField(max_length=60, verbose_name='user name')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=25, verbose_name='telephone')),
                ('letter_number', models.CharField(max_length=100, verbose_name='letter of assignment')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('status', models.CharField(choices=[('requested', 'waiting for approval'), ('approved', 'approved'), ('declined', 'declined')], default='requested', editable=False, max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', models.TextField(blank=True, verbose_name='reason')),
                ('account', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.accountrequest')),
                ('requested_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('requesting_office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='places.office')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='register.village', verbose_name='village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ApprovalRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('grant', 'Grant a role'), ('contact', 'Change contact data'), ('code', 'One-time code for a new password')], max_length=10, verbose_name='what')),
                ('role', models.CharField(blank=True, choices=[('auditor', 'Auditor'), ('triage_officer', 'Triage officer')], max_length=20, verbose_name='role')),
                ('rank', models.CharField(blank=True, choices=[('officer', 'officer'), ('duty_officer', 'duty officer'), ('deputy', 'deputy')], max_length=12, verbose_name='rank')),
                ('letter_number', models.CharField(blank=True, max_length=100, verbose_name='letter of assignment')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=25, verbose_name='telephone')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('status', models.CharField(choices=[('requested', 'waiting for second approval'), ('approved', 'approved by both'), ('declined', 'declined')], default='requested', editable=False, max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='requested')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided at')),
                ('decision_note', models.CharField(blank=True, editable=False, max_length=300, verbose_name='note on the decision')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.office', verbose_name='office')),
                ('requested_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
            ],
            options={
                'verbose_name': 'approval request',
                'verbose_name_plural': 'approval requests',
                'ordering': ('-requested_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ApprovalRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('grant', 'Grant a role'), ('contact', 'Change contact data'), ('code', 'One-time code for a new password')], max_length=10, verbose_name='what')),
                ('role', models.CharField(blank=True, choices=[('auditor', 'Auditor'), ('triage_officer', 'Triage officer')], max_length=20, verbose_name='role')),
                ('rank', models.CharField(blank=True, choices=[('officer', 'officer'), ('duty_officer', 'duty officer'), ('deputy', 'deputy')], max_length=12, verbose_name='rank')),
                ('letter_number', models.CharField(blank=True, max_length=100, verbose_name='letter of assignment')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=25, verbose_name='telephone')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('status', models.CharField(choices=[('requested', 'waiting for second approval'), ('approved', 'approved by both'), ('declined', 'declined')], default='requested', editable=False, max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='requested')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided at')),
                ('decision_note', models.CharField(blank=True, editable=False, max_length=300, verbose_name='note on the decision')),
                ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('decided_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='places.office', verbose_name='office')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.approvalrequest')),
                ('requested_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='accountrequest',
            index=models.Index(fields=['-requested_at', '-id'], name='account_request_newest'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('requested_by')), _negated=True), _connector='OR'), name='account_request_decided_by_another', violation_error_message='Someone else decides on your request.'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'requested')), fields=('username',), name='account_request_username_once', violation_error_message='An account with this user name has already been requested.'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('pimpasa', 'village_official')), ('village__isnull', False)), models.Q(('role', 'office_staff'), ('village', None)), _connector='OR'), name='account_request_role_at_its_place', violation_error_message='A village is required for PIMPASA and village officials, and not allowed for office staff.'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('decided_by', None), ('status', 'requested')), models.Q(('account__isnull', False), ('decided_by__isnull', False), ('status', 'approved')), models.Q(('account', None), ('decided_by__isnull', False), ('status', 'declined'), models.Q(('decision_note', ''), _negated=True)), _connector='OR'), name='account_request_decision_is_whole', violation_error_message='An approved request needs an account, a declined one a reason.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountrequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_accountrequestevent" ("account_id", "decided_at", "decided_by_id", "decision_note", "email", "id", "letter_number", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "requested_at", "requested_by_id", "requesting_office_id", "role", "starts_on", "status", "username", "village_id") VALUES (NEW."account_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_note", NEW."email", NEW."id", NEW."letter_number", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."requested_at", NEW."requested_by_id", NEW."requesting_office_id", NEW."role", NEW."starts_on", NEW."status", NEW."username", NEW."village_id"); RETURN NULL;', hash='9be0cdb97913a703c6c2dc269369dc05c5792d1a', operation='INSERT', pgid='pgtrigger_insert_insert_52b63', table='people_accountrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountrequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_accountrequestevent" ("account_id", "decided_at", "decided_by_id", "decision_note", "email", "id", "letter_number", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "requested_at", "requested_by_id", "requesting_office_id", "role", "starts_on", "status", "username", "village_id") VALUES (NEW."account_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_note", NEW."email", NEW."id", NEW."letter_number", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."requested_at", NEW."requested_by_id", NEW."requesting_office_id", NEW."role", NEW."starts_on", NEW."status", NEW."username", NEW."village_id"); RETURN NULL;', hash='f441f10013f6e885a3a55e3dfe90266a697a3039', operation='UPDATE', pgid='pgtrigger_update_update_f9807', table='people_accountrequest', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(('requested_by', models.F('account')), _negated=True), name='approval_request_for_another', violation_error_message='Nobody may request this for their own account.'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(models.Q(('decided_by', models.F('requested_by')), _negated=True), models.Q(('decided_by', models.F('account')), _negated=True)), _connector='OR'), name='approval_request_decided_by_another', violation_error_message='Another person must decide.'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'grant'), ('starts_on__isnull', False), models.Q(('role', ''), _negated=True), models.Q(('letter_number', ''), _negated=True)), models.Q(models.Q(('kind', 'grant'), _negated=True), ('role', '')), _connector='OR'), name='approval_request_grant_is_whole', violation_error_message='A role needs a letter of assignment and a start date.'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'requested')), fields=('account', 'kind'), name='approval_request_waits_once', violation_error_message='This has already been requested and is waiting.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approvalrequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_approvalrequestevent" ("account_id", "decided_at", "decided_by_id", "decision_note", "email", "id", "kind", "letter_number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "reason", "requested_at", "requested_by_id", "role", "starts_on", "status") VALUES (NEW."account_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_note", NEW."email", NEW."id", NEW."kind", NEW."letter_number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."rank", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."role", NEW."starts_on", NEW."status"); RETURN NULL;', hash='c6d2b803266658e13a01e0e517541e43f8b35dd8', operation='INSERT', pgid='pgtrigger_insert_insert_24235', table='people_approvalrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approvalrequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_approvalrequestevent" ("account_id", "decided_at", "decided_by_id", "decision_note", "email", "id", "kind", "letter_number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "reason", "requested_at", "requested_by_id", "role", "starts_on", "status") VALUES (NEW."account_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_note", NEW."email", NEW."id", NEW."kind", NEW."letter_number", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."rank", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."role", NEW."starts_on", NEW."status"); RETURN NULL;', hash='341d89838dafee284accd96f6f6f384bcdb8ca27', operation='UPDATE', pgid='pgtrigger_update_update_933ce', table='people_approvalrequest', when='AFTER')),
        ),
    ]
