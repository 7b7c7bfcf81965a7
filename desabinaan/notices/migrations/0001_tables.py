import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('about', models.CharField(blank=True, max_length=210)),
                ('day', models.DateField(null=True)),
                ('path', models.CharField(max_length=200)),
                ('key', models.CharField(max_length=120)),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('channel', models.CharField(choices=[('at_once', 'By e-mail at once'), ('digest', 'Once a day, in one e-mail'), ('portal', 'Only here in the portal')], default='portal', max_length=10)),
                ('mail_due_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('refusals', models.PositiveSmallIntegerField(default=0)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ('-occurred_at', '-id'),
                'indexes': [models.Index(fields=['recipient', '-occurred_at', '-id'], name='notice_recipient'), models.Index(condition=models.Q(('read_at', None)), fields=['recipient', '-occurred_at', '-id'], name='notice_unread'), models.Index(condition=models.Q(('read_at', None)), fields=['path'], name='notice_unread_path'), models.Index(condition=models.Q(('mail_due_at__isnull', False)), fields=['mail_due_at', 'id'], name='notice_to_post')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'key'), name='notice_once'), models.CheckConstraint(condition=models.Q(('path__startswith', '/'), models.Q(('path__startswith', '//'), _negated=True)), name='notice_leads_into_the_portal'), models.CheckConstraint(condition=models.Q(('mail_due_at', None), models.Q(('mailed_at', None), models.Q(('channel', 'portal'), _negated=True)), _connector='OR'), name='notice_is_mailed_once')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(max_length=20)),
                ('channel', models.CharField(choices=[('at_once', 'By e-mail at once'), ('digest', 'Once a day, in one e-mail'), ('portal', 'Only here in the portal')], max_length=10)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'preference',
                'verbose_name_plural': 'preferences',
                'constraints': [models.UniqueConstraint(fields=('user', 'category'), name='notice_preference_once')],
            },
        ),
    ]
