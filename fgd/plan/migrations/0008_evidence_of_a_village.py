import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0007_led_by_linked_office'),
        ('register', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='village',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='register.village', verbose_name='village that it shows'),
        ),
    ]
