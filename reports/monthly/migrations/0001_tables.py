import django.db.models.deletion
import django.db.models.functions.datetime
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
            name='ReportSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('due_on', models.DateField(verbose_name='due date')),
                ('status', models.CharField(choices=[('open', 'not sent yet'), ('draft', 'draft'), ('submitted', 'sent'), ('returned', 'returned'), ('verified', 'verified'), ('correction_requested', 'correction requested'), ('excused', 'excused')], default='open', max_length=20, verbose_name='state')),
                ('excuse', models.TextField(blank=True, verbose_name='why the month is excused')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.office')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_slots', to='register.village')),
            ],
            options={
                'verbose_name': 'report slot',
                'verbose_name_plural': 'report slots',
                'ordering': ('-month', 'village__name'),
            },
        ),
        migrations.CreateModel(
            name='MonthlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outreach_held', models.PositiveIntegerField(default=0, verbose_name='outreach activities')),
                ('people_reached', models.PositiveIntegerField(default=0, verbose_name='people reached')),
                ('office_questions', models.PositiveIntegerField(default=0, verbose_name='questions for the immigration office')),
                ('job_offers_heard', models.PositiveIntegerField(default=0, verbose_name='job offers abroad heard of')),
                ('new_recruiters_seen', models.PositiveIntegerField(default=0, verbose_name='new recruiters seen')),
                ('departures_known', models.PositiveIntegerField(default=0, verbose_name='villagers who left to work abroad')),
                ('departures_undocumented', models.PositiveIntegerField(default=0, verbose_name='of these, without complete papers')),
                ('returns_known', models.PositiveIntegerField(default=0, verbose_name='villagers who came back from abroad')),
                ('returns_with_problems', models.PositiveIntegerField(default=0, verbose_name='of these, with problems')),
                ('families_without_news', models.PositiveIntegerField(default=0, verbose_name='families without news from abroad')),
                ('foreigners_reported', models.PositiveIntegerField(default=0, verbose_name='foreigners reported')),
                ('coordination_meetings', models.PositiveIntegerField(default=0, verbose_name='coordination meetings')),
                ('is_nil', models.BooleanField(default=False, verbose_name='nothing to report')),
                ('channel', models.CharField(choices=[('portal', 'sent by the village'), ('whatsapp', 'entered for the village from WhatsApp'), ('telephone', 'entered for the village by telephone'), ('paper', 'entered for the village from paper')], default='portal', max_length=10, verbose_name='channel')),
                ('submitted_at', models.DateTimeField(null=True)),
                ('verified_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('slot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='monthly.reportslot')),
            ],
            options={
                'verbose_name': 'monthly report',
                'verbose_name_plural': 'monthly reports',
            },
        ),
        migrations.CreateModel(
            name='MonthlyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='operation')),
                ('from_status', models.CharField(blank=True, max_length=30)),
                ('to_status', models.CharField(blank=True, max_length=30)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='happened at')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='monthly.reportslot')),
            ],
            options={
                'ordering': ('-occurred_at', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('client_uuid', models.UUIDField(unique=True)),
                ('figures', models.JSONField()),
                ('is_nil', models.BooleanField()),
                ('channel', models.CharField(choices=[('portal', 'sent by the village'), ('whatsapp', 'entered for the village from WhatsApp'), ('telephone', 'entered for the village by telephone'), ('paper', 'entered for the village from paper')], max_length=10)),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='monthly.monthlyreport')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.AddIndex(
            model_name='reportslot',
            index=models.Index(fields=['-month', '-id'], name='slot_month'),
        ),
        migrations.AddIndex(
            model_name='reportslot',
            index=models.Index(fields=['office', '-month', '-id'], name='slot_office_month'),
        ),
        migrations.AddIndex(
            model_name='reportslot',
            index=models.Index(fields=['status', '-month', '-id'], name='slot_status_month'),
        ),
        migrations.AddIndex(
            model_name='reportslot',
            index=models.Index(fields=['village', '-month', '-id'], name='slot_village_month'),
        ),
        migrations.AddIndex(
            model_name='reportslot',
            index=models.Index(fields=['due_on', 'id'], name='slot_due'),
        ),
        migrations.AddConstraint(
            model_name='reportslot',
            constraint=models.UniqueConstraint(fields=('village', 'month'), name='report_slot_once_per_month', violation_error_message='This village already has a report for this month.'),
        ),
        migrations.AddConstraint(
            model_name='reportslot',
            constraint=models.CheckConstraint(condition=models.Q(('month', django.db.models.functions.datetime.TruncMonth('month'))), name='report_slot_month_is_its_first_day'),
        ),
        migrations.AddConstraint(
            model_name='reportslot',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('month'))), name='report_slot_due_after_month'),
        ),
        migrations.AddConstraint(
            model_name='reportslot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'excused'), _negated=True), models.Q(('excuse', ''), _negated=True), _connector='OR'), name='report_slot_excused_with_reason', violation_error_message='Say why this month is excused.'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by', None), models.Q(('verified_by', models.F('entered_by')), _negated=True), _connector='OR'), name='monthly_report_verified_by_another', violation_error_message='Who entered the report cannot verify it. Ask a colleague.'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('is_nil', False), models.Q(('coordination_meetings', 0), ('departures_known', 0), ('departures_undocumented', 0), ('families_without_news', 0), ('foreigners_reported', 0), ('job_offers_heard', 0), ('new_recruiters_seen', 0), ('office_questions', 0), ('outreach_held', 0), ('people_reached', 0), ('returns_known', 0), ('returns_with_problems', 0)), _connector='OR'), name='monthly_report_nil_has_no_figures', violation_error_message='A nil report has no figures. Send the figures instead.'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('departures_undocumented__lte', models.F('departures_known'))), name='monthly_report_undocumented_are_departures', violation_error_message='More left without papers than left in total. Check both figures.'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('returns_with_problems__lte', models.F('returns_known'))), name='monthly_report_problems_are_returns', violation_error_message='More returned with problems than returned in total. Check both figures.'),
        ),
        migrations.AddIndex(
            model_name='monthlyevent',
            index=models.Index(fields=['slot', '-occurred_at', '-id'], name='monthly_event_slot'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monthlyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0af2c001b09781c9b50587eb25acf5461bcc8777', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebc51', table='monthly_monthlyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='report_version_number_once'),
        ),
    ]
