from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('plan', '0005_waivers')]

    operations = [
        migrations.AddField(
            model_name='action',
            name='done_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it is done below 100 percent'),
        ),
        migrations.AddField(
            model_name='action',
            name='return_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was returned'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('reported_done', 'verified_done')), _negated=True), ('percent__gte', 100), models.Q(('done_reason', ''), _negated=True), _connector='OR'), name='action_done_in_full_or_with_reason', violation_error_message='Say why it is done below 100 percent.'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('reported_done', 'verified_done')), _negated=True), ('return_reason', ''), _connector='OR'), name='action_done_after_something_new', violation_error_message='This action was returned. Report what is new first: progress or evidence.'),
        ),
    ]
