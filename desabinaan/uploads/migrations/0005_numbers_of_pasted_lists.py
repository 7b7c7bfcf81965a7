"""Lists pasted within one minute are told apart by a number."""

from django.db import migrations, models

#: for whatever they were pasted: the kinds of lists are further up
NUMBER = """
UPDATE uploads_upload SET pasted_number = numbered.number
FROM (
    SELECT id, row_number() OVER (
        PARTITION BY date_trunc('minute', uploaded_at) ORDER BY uploaded_at, id
    ) AS number
    FROM uploads_upload WHERE filename = ''
) AS numbered
WHERE numbered.id = uploads_upload.id AND numbered.number > 1
"""


class Migration(migrations.Migration):
    dependencies = [("uploads", "0004_names_of_pasted_lists")]

    operations = [
        migrations.AddField(
            "upload",
            "pasted_number",
            models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
    ]
