from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_date_bounds'),
    ]

    operations = [
        migrations.AddField(
            model_name='mapcell',
            name='owed',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='regencycoverage',
            name='owed',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='villagecoverage',
            name='owed',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
