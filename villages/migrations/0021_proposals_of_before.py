"""Each village was proposed on the day that stood on it, until its first decree."""

from django.db import migrations

FILL = """
INSERT INTO villages_proposal (village_id, proposed_on, ended_on, decree_id)
SELECT v.id, day.proposed_on, GREATEST(day.proposed_on, first.decree_date), first.id
FROM villages_village v
CROSS JOIN LATERAL (
    SELECT (v.proposed_at AT TIME ZONE 'Asia/Jakarta')::date AS proposed_on
) day
LEFT JOIN LATERAL (
    SELECT id, decree_date FROM villages_designation
    WHERE village_id = v.id ORDER BY decree_date, id LIMIT 1
) first ON first.id IS NOT NULL;
UPDATE villages_proposal SET ended_on = NULL WHERE decree_id IS NULL
"""
EMPTY = """
UPDATE villages_village v
SET proposed_at = p.proposed_on::timestamp AT TIME ZONE 'Asia/Jakarta'
FROM (
    SELECT village_id, min(proposed_on) AS proposed_on
    FROM villages_proposal GROUP BY village_id
) p
WHERE p.village_id = v.id;
UPDATE villages_village SET status = 'proposed' WHERE status = 'dropped';
DELETE FROM villages_proposal
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0020_proposals")]

    operations = [migrations.RunSQL(FILL, EMPTY)]
