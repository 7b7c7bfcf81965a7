"""A pasted list has no file name: it is called by the moment when it was pasted."""

from django.db import migrations, models

#: what pasted lists were called, in the language of whoever pasted them
NAMES = [
    "pasted rows",
    "baris yang ditempel",
    "Pasted rundown",
    "Susunan acara yang ditempel",
]


def forget_names(apps, schema_editor):
    uploads = apps.get_model("uploads", "Upload").objects
    uploads.filter(filename__in=NAMES).update(filename="")


def name_again(apps, schema_editor):
    uploads = apps.get_model("uploads", "Upload").objects
    uploads.filter(filename="").update(filename=NAMES[1])


class Migration(migrations.Migration):
    dependencies = [("uploads", "0003_problems_in_each_language")]

    operations = [
        migrations.AlterField(
            "upload", "filename", models.CharField(blank=True, max_length=150)
        ),
        migrations.RunPython(forget_names, name_again),
    ]
