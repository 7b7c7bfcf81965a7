import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0022_day_of_proposal_on_its_own_row"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="assigned_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="assigned by",
            ),
        ),
        migrations.AlterField(
            model_name="assignmentevent",
            name="assigned_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="assigned by",
            ),
        ),
        migrations.AlterField(
            model_name="guardeddeed",
            name="decided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="decided at"
            ),
        ),
        migrations.AlterField(
            model_name="guardeddeed",
            name="decision_note",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=300,
                verbose_name="note on the decision",
            ),
        ),
        migrations.AlterField(
            model_name="guardeddeedevent",
            name="decided_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="decided at"
            ),
        ),
        migrations.AlterField(
            model_name="guardeddeedevent",
            name="decision_note",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=300,
                verbose_name="note on the decision",
            ),
        ),
        migrations.AlterField(
            model_name="village",
            name="district_name",
            field=models.CharField(
                editable=False, max_length=100, verbose_name="district"
            ),
        ),
        migrations.AlterField(
            model_name="village",
            name="name",
            field=models.CharField(editable=False, max_length=100, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="village",
            name="regency_name",
            field=models.CharField(
                editable=False, max_length=100, verbose_name="regency or city"
            ),
        ),
    ]
