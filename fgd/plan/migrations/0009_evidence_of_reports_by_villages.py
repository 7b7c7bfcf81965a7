from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """File what came with a village's progress report for that village."""
    update = apps.get_model("plan", "ProgressUpdate").objects.filter(
        pk=OuterRef("update")
    )
    apps.get_model("plan", "Evidence").objects.filter(
        update__village__isnull=False, village=None
    ).update(village=Subquery(update.values("village")))


class Migration(migrations.Migration):

    dependencies = [('plan', '0008_evidence_of_a_village')]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
