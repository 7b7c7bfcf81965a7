from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recap", "0001_coverage"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mapcell",
            name="status",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("designated", "designated"),
                    ("inactive", "inactive"),
                    ("revoked", "revoked"),
                    ("dropped", "not pursued"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="regencycoverage",
            name="status",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("designated", "designated"),
                    ("inactive", "inactive"),
                    ("revoked", "revoked"),
                    ("dropped", "not pursued"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="villagecoverage",
            name="status",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("designated", "designated"),
                    ("inactive", "inactive"),
                    ("revoked", "revoked"),
                    ("dropped", "not pursued"),
                ],
                max_length=10,
            ),
        ),
    ]
