import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
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
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('regional_staff', 'Regional office staff'), ('office_staff', 'Immigration office staff'), ('triage_officer', 'Triage officer'), ('leader', 'Leader'), ('auditor', 'Auditor'), ('pimpasa', 'Village immigration officer (PIMPASA)'), ('village_official', 'Village official')], max_length=20, verbose_name='role')),
                ('rank', models.CharField(blank=True, choices=[('officer', 'officer'), ('duty_officer', 'duty officer'), ('deputy', 'deputy')], max_length=12, verbose_name='rank')),
                ('letter_number', models.CharField(max_length=100, verbose_name='letter of assignment')),
                ('letter_file', models.FileField(blank=True, upload_to='letters/%Y', verbose_name='letter (PDF)')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('assigned_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned by')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='places.office', verbose_name='office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'ordering': ('-starts_on', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Designation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('designate', 'designates'), ('deactivate', 'makes inactive'), ('reactivate', 'makes active again'), ('revoke', 'revokes')], max_length=12, verbose_name='the decree')),
                ('decree_number', models.CharField(max_length=100, verbose_name='decree number')),
                ('decree_date', models.DateField(verbose_name='date of the decree')),
                ('valid_to', models.DateField(editable=False, null=True, verbose_name='until')),
                ('signatory', models.CharField(max_length=150, verbose_name='signed by')),
                ('decree_file', models.FileField(blank=True, upload_to='decrees/%Y', verbose_name='decree (PDF)')),
                ('decree_size', models.PositiveIntegerField(default=0)),
                ('decree_sha256', models.CharField(blank=True, max_length=64)),
                ('import_number', models.PositiveBigIntegerField(editable=False, null=True)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decrees', to='places.office', verbose_name='issued by')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'designation',
                'verbose_name_plural': 'designations',
                'ordering': ('-decree_date', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Village',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(editable=False, max_length=100, verbose_name='name')),
                ('district_name', models.CharField(editable=False, max_length=100, verbose_name='district')),
                ('regency_name', models.CharField(editable=False, max_length=100, verbose_name='regency or city')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('designated', 'designated'), ('inactive', 'inactive'), ('revoked', 'revoked'), ('dropped', 'not pursued')], default='proposed', editable=False, max_length=10, verbose_name='state')),
                ('reason', models.TextField(help_text='For example: many migrant workers, close to the coast.', verbose_name='why this village')),
                ('population', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(500000)], verbose_name='inhabitants')),
                ('households', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(200000)], verbose_name='households')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude')),
                ('access_note', models.TextField(blank=True, verbose_name='how to get there')),
                ('profile', models.TextField(blank=True, verbose_name='about the village')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('name', 'district_name', 'regency_name', django.db.models.functions.text.Replace('region_id', models.Value('.'), models.Value(' ')), config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='places.office', verbose_name='office')),
                ('regency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('region', models.OneToOneField(error_messages={'unique': 'This village is already in the register.'}, on_delete=django.db.models.deletion.PROTECT, related_name='village', to='places.region', verbose_name='village')),
                ('schemes', models.ManyToManyField(blank=True, related_name='villages', to='places.scheme', verbose_name='other schemes')),
            ],
            options={
                'verbose_name': 'fostered village',
                'verbose_name_plural': 'fostered villages',
                'ordering': ('name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_on', models.DateField(verbose_name='proposed on')),
                ('ended_on', models.DateField(null=True, verbose_name='ended on')),
                ('decree', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='register.designation')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='register.village')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ('-proposed_on', '-id'),
            },
        ),
        migrations.AddField(
            model_name='designation',
            name='village',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to='register.village'),
        ),
        migrations.CreateModel(
            name='AssignmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('regional_staff', 'Regional office staff'), ('office_staff', 'Immigration office staff'), ('triage_officer', 'Triage officer'), ('leader', 'Leader'), ('auditor', 'Auditor'), ('pimpasa', 'Village immigration officer (PIMPASA)'), ('village_official', 'Village official')], max_length=20, verbose_name='role')),
                ('rank', models.CharField(blank=True, choices=[('officer', 'officer'), ('duty_officer', 'duty officer'), ('deputy', 'deputy')], max_length=12, verbose_name='rank')),
                ('letter_number', models.CharField(max_length=100, verbose_name='letter of assignment')),
                ('letter_file', models.FileField(blank=True, upload_to='letters/%Y', verbose_name='letter (PDF)')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('assigned_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned by')),
                ('office', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='places.office', verbose_name='office')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='register.assignment')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='register.village', verbose_name='village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='village',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='register.village', verbose_name='village'),
        ),
        migrations.CreateModel(
            name='VillageContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('position', models.CharField(max_length=100, verbose_name='position')),
                ('phone', models.CharField(blank=True, max_length=25, verbose_name='telephone')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='register.village')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='VillageEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='operation')),
                ('from_status', models.CharField(blank=True, max_length=30)),
                ('to_status', models.CharField(blank=True, max_length=30)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='happened at')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='register.village')),
            ],
            options={
                'ordering': ('-occurred_at', '-id'),
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='village',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='village_search'),
        ),
        migrations.AddIndex(
            model_name='village',
            index=models.Index(fields=['name', 'id'], name='village_name'),
        ),
        migrations.AddIndex(
            model_name='village',
            index=models.Index(fields=['office', 'name', 'id'], name='village_office_name'),
        ),
        migrations.AddIndex(
            model_name='village',
            index=models.Index(fields=['office', 'region', 'id'], name='village_office_code'),
        ),
        migrations.AddIndex(
            model_name='village',
            index=models.Index(fields=['regency', 'name', 'id'], name='village_regency_name'),
        ),
        migrations.AddIndex(
            model_name='village',
            index=models.Index(fields=['status', 'name', 'id'], name='village_status_name'),
        ),
        migrations.AddIndex(
            model_name='village',
            index=models.Index(fields=['district_name', 'id'], name='village_district'),
        ),
        migrations.AddConstraint(
            model_name='village',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='village_coordinates_come_in_pairs', violation_error_message='Give latitude and longitude together, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='village',
            constraint=models.CheckConstraint(condition=models.Q(('latitude', None), models.Q(('latitude__range', (Decimal('-11.1'), Decimal('6.2'))), ('longitude__range', (Decimal('94.9'), Decimal('141.1')))), _connector='OR'), name='village_lies_in_indonesia', violation_error_message='These coordinates lie outside Indonesia. Check both numbers.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('village',), name='proposal_one_waits', violation_error_message='This village is already proposed.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('proposed_on')), _connector='OR'), name='proposal_ends_after_start', violation_error_message='A proposal cannot end before the day on which it begins.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('decree', None), ('ended_on__isnull', False), _connector='OR'), name='proposal_ended_by_its_decree', violation_error_message='A decree ends the proposal.'),
        ),
        migrations.AddIndex(
            model_name='designation',
            index=models.Index(models.F('issued_by'), django.db.models.functions.text.Upper('decree_number'), name='designation_number'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.UniqueConstraint(fields=('village', 'verb', 'decree_number'), name='designation_once_per_decree', violation_error_message='This decree is already recorded for this village.'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decree_file', ''), _negated=True), ('import_number__isnull', False), _connector='OR'), name='designation_has_its_decree', violation_error_message='Attach the decree as a PDF.'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_by__isnull', False), ('import_number__isnull', False), _connector='OR'), name='designation_recorded_by_somebody', violation_error_message='A decree needs the person who recorded it.'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('decree_date')), _connector='OR'), name='designation_ends_after_start', violation_error_message='A decree cannot end before the day on which it begins.'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('village',), name='designation_one_current', violation_error_message='Another decree of this village still holds on this day.'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['village', 'role'], name='assignment_village_role'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['office', 'role'], name='assignment_office_role'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('office__isnull', False), ('role__in', ('regional_staff', 'office_staff', 'triage_officer', 'leader', 'auditor')), ('village', None)), models.Q(('office', None), ('role__in', ('pimpasa', 'village_official')), ('village__isnull', False)), _connector='OR'), name='assignment_role_at_its_place', violation_error_message='Choose an office for office roles, a village for PIMPASA and village officials, never both.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='assignment_ends_after_start', violation_error_message='The end date is before the start date. Check it.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('assigned_by', None), models.Q(('assigned_by', models.F('user')), _negated=True), _connector='OR'), name='assignment_by_somebody_else', violation_error_message='Nobody grants a role to himself or herself.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('village__isnull', False)), expressions=[(models.Func('user', 'user', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '='), (models.Func('village', 'village', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '='), (models.Func('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='assignment_days_never_overlap', violation_error_message='This person already serves this village in that time. End the earlier assignment first, or choose other days.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "register_assignmentevent" ("assigned_by_id", "ends_on", "id", "letter_file", "letter_number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "role", "starts_on", "user_id", "village_id") VALUES (NEW."assigned_by_id", NEW."ends_on", NEW."id", NEW."letter_file", NEW."letter_number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rank", NEW."role", NEW."starts_on", NEW."user_id", NEW."village_id"); RETURN NULL;', hash='6811b6670136fabd06afd460f539c9bc8dab1d4e', operation='INSERT', pgid='pgtrigger_insert_insert_476db', table='register_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "register_assignmentevent" ("assigned_by_id", "ends_on", "id", "letter_file", "letter_number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "role", "starts_on", "user_id", "village_id") VALUES (NEW."assigned_by_id", NEW."ends_on", NEW."id", NEW."letter_file", NEW."letter_number", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rank", NEW."role", NEW."starts_on", NEW."user_id", NEW."village_id"); RETURN NULL;', hash='45cbf68207b236adb314c96907372d128839e551', operation='UPDATE', pgid='pgtrigger_update_update_0ee59', table='register_assignment', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='villageevent',
            index=models.Index(fields=['village', '-occurred_at', '-id'], name='village_event_timeline'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villageevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a67e328dcf683f0557a5704b6adfa032610a6eb2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36f8c', table='register_villageevent', when='BEFORE')),
        ),
    ]
