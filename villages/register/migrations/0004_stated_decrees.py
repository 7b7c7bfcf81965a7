from django.db import migrations, models

from desabinaan.lib.web import date_fields


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0003_search_in_folded_text'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='stated_date',
            field=date_fields.BoundedDateField(null=True),
        ),
        migrations.AddField(
            model_name='proposal',
            name='stated_number',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='proposal',
            name='stated_signatory',
            field=models.CharField(blank=True, max_length=150),
        ),
    ]
