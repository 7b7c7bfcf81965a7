import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_tables'),
        ('fgd_sessions', '0001_tables'),
        ('register', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='position')),
                ('phone', models.CharField(blank=True, max_length=25, verbose_name='telephone')),
                ('mandate', models.CharField(choices=[('decide', 'may decide'), ('represent', 'represents'), ('observe', 'observes')], default='represent', max_length=10, verbose_name='mandate')),
                ('part', models.CharField(choices=[('participant', 'participant'), ('resource_person', 'resource person'), ('moderator', 'moderator'), ('minute_taker', 'minute taker')], default='participant', max_length=16, verbose_name='role')),
                ('is_walk_in', models.BooleanField(default=False, verbose_name='came uninvited')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegates', to='agencies.agency', verbose_name='agency')),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegates', to='fgd_sessions.session')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegates', to='register.village', verbose_name='village')),
            ],
            options={
                'verbose_name': 'delegate',
                'verbose_name_plural': 'delegates',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('manual', 'marked at the registration desk'), ('paper', 'from the paper list')], default='manual', max_length=6, verbose_name='source')),
                ('arrived_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='arrived')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('delegate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='participants.delegate')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('seats', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='seats')),
                ('letter_number', models.CharField(blank=True, max_length=100, verbose_name='letter number')),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='agencies.agency', verbose_name='agency')),
                ('changed_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='fgd_sessions.session')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='register.village', verbose_name='village')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ('id',),
            },
        ),
        migrations.AddConstraint(
            model_name='delegate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('village', None)), models.Q(('agency', None), ('village__isnull', False)), _connector='OR'), name='delegate_of_one_party', violation_error_message='A delegate comes from an agency or from a village.'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gte', models.F('arrived_at')), _connector='OR'), name='attendance_leaves_after_arriving', violation_error_message='The person left before arriving.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('village', None)), models.Q(('agency', None), ('village__isnull', False)), _connector='OR'), name='invitation_to_one_party', violation_error_message='Invite an agency or a village, not both.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('agency__isnull', False)), fields=('session', 'agency'), name='invitation_agency_once', violation_error_message='This agency is already invited.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('village__isnull', False)), fields=('session', 'village'), name='invitation_village_once', violation_error_message='This village is already invited.'),
        ),
    ]
