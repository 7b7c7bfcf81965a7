import django.db.models.deletion
from django.db import migrations, models

#: What each decree of before lacks: the day of the next one, and the office above.
FILL = """
UPDATE villages_designation d SET valid_to = following.day, issued_by_id = above.id
FROM (
    SELECT id, lead(decree_date) OVER (
        PARTITION BY village_id ORDER BY decree_date, id
    ) AS day
    FROM villages_designation
) following, villages_village v, (
    SELECT id AS office, coalesce(parent_id, id) AS id FROM villages_office
) above
WHERE following.id = d.id AND v.id = d.village_id AND above.office = v.office_id
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0012_villages_of_an_office_by_code")]

    operations = [
        migrations.AddField(
            model_name="designation",
            name="valid_to",
            field=models.DateField(editable=False, null=True, verbose_name="until"),
        ),
        migrations.AddField(
            model_name="designation",
            name="issued_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decrees",
                to="villages.office",
                verbose_name="issued by",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
