import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0004_search_in_folded_text'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='actionvillage',
            name='action_village_waived_with_reason',
        ),
        migrations.AddField(
            model_name='actionvillage',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionvillage',
            name='decision_note',
            field=models.TextField(blank=True, verbose_name='reason of the decision'),
        ),
        migrations.AddField(
            model_name='actionvillage',
            name='requested_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='actionvillage',
            name='status',
            field=models.CharField(choices=[('pending', 'waiting'), ('waiver_requested', 'waiver requested'), ('done', 'done'), ('waived', 'waived')], default='pending', editable=False, max_length=16),
        ),
        migrations.AddConstraint(
            model_name='actionvillage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['waiver_requested', 'waived']), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('requested_by__isnull', False)), _connector='OR'), name='action_village_waiver_requested_with_reason', violation_error_message='Say why it is not done in this village.'),
        ),
        migrations.AddConstraint(
            model_name='actionvillage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'waived'), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='action_village_waiver_granted_by_someone', violation_error_message='A waiver must name who granted it.'),
        ),
        migrations.AddConstraint(
            model_name='actionvillage',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('requested_by')), _negated=True), _connector='OR'), name='action_village_waiver_decided_by_another', violation_error_message='Who requests a waiver does not decide about it.'),
        ),
        migrations.AlterConstraint(
            model_name='action',
            name='action_done_in_every_village',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('reported_done', 'verified_done')), _negated=True), ('villages_open', 0), _connector='OR'), name='action_done_in_every_village', violation_error_message='Some villages are still open. Mark each as done, or ask for a waiver with a reason.'),
        ),
    ]
