"""Keep why a list was not saved in each language of its readers."""

from django.db import migrations, models
from django.db.models import Q

TO_JSON = """
ALTER TABLE uploads_upload ALTER COLUMN problem_texts TYPE jsonb USING
    CASE WHEN problem_texts = '' THEN '{}'::jsonb
    ELSE jsonb_build_object('id', problem_texts) END
"""
TO_TEXT = """
ALTER TABLE uploads_upload ALTER COLUMN problem_texts TYPE text USING
    coalesce(problem_texts ->> 'id', '')
"""


class Migration(migrations.Migration):
    dependencies = [("uploads", "0002_first_rows")]

    operations = [
        migrations.RemoveConstraint("upload", "upload_problem_when_failed"),
        migrations.RenameField("upload", "problem", "problem_texts"),
        migrations.RunSQL(
            TO_JSON,
            TO_TEXT,
            state_operations=[
                migrations.AlterField(
                    "upload",
                    "problem_texts",
                    models.JSONField(blank=True, default=dict),
                )
            ],
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=Q(status="failed") | Q(problem_texts={}),
                name="upload_problem_when_failed",
                violation_error_message="Only a list that failed has a problem.",
            ),
        ),
    ]
