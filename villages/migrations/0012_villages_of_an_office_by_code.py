from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0011_letters_never_overlap"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="village",
            index=models.Index(
                fields=["office", "region", "id"], name="village_office_code"
            ),
        ),
    ]
