import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_tables'),
        ('register', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoverageRefresh',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'refresh of the coverage',
            },
        ),
        migrations.CreateModel(
            name='MapCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('designated', 'designated'), ('inactive', 'inactive'), ('revoked', 'revoked'), ('dropped', 'not pursued')], max_length=10)),
                ('has_officer', models.BooleanField()),
                ('villages', models.PositiveIntegerField(default=1)),
                ('visited', models.PositiveIntegerField()),
                ('reported', models.PositiveIntegerField()),
                ('zoom', models.PositiveSmallIntegerField()),
                ('x', models.IntegerField()),
                ('y', models.IntegerField()),
                ('x_sum', models.BigIntegerField()),
                ('y_sum', models.BigIntegerField()),
                ('office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.office')),
                ('regency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='register.village')),
            ],
            options={
                'verbose_name': 'cell of the map',
                'abstract': False,
                'indexes': [models.Index(fields=['zoom', 'x', 'y'], name='map_cell_place')],
            },
        ),
        migrations.CreateModel(
            name='RegencyCoverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('designated', 'designated'), ('inactive', 'inactive'), ('revoked', 'revoked'), ('dropped', 'not pursued')], max_length=10)),
                ('has_officer', models.BooleanField()),
                ('villages', models.PositiveIntegerField(default=1)),
                ('visited', models.PositiveIntegerField()),
                ('reported', models.PositiveIntegerField()),
                ('located', models.PositiveIntegerField()),
                ('left', models.IntegerField(null=True)),
                ('top', models.IntegerField(null=True)),
                ('right', models.IntegerField(null=True)),
                ('bottom', models.IntegerField(null=True)),
                ('office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.office')),
                ('regency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
            ],
            options={
                'verbose_name': 'coverage of a regency',
                'abstract': False,
                'indexes': [models.Index(fields=['office'], name='regency_coverage_office')],
            },
        ),
        migrations.CreateModel(
            name='VillageCoverage',
            fields=[
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('designated', 'designated'), ('inactive', 'inactive'), ('revoked', 'revoked'), ('dropped', 'not pursued')], max_length=10)),
                ('has_officer', models.BooleanField()),
                ('villages', models.PositiveIntegerField(default=1)),
                ('visited', models.PositiveIntegerField()),
                ('reported', models.PositiveIntegerField()),
                ('village', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='coverage', serialize=False, to='register.village')),
                ('x', models.IntegerField(null=True)),
                ('y', models.IntegerField(null=True)),
                ('last_visited_on', models.DateField(null=True)),
                ('office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.office')),
                ('regency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
            ],
            options={
                'verbose_name': 'coverage of a village',
                'abstract': False,
                'indexes': [models.Index(fields=['x', 'y'], name='village_coverage_place')],
            },
        ),
    ]
