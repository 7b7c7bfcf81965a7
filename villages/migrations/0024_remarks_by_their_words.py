from django.db import migrations

# Sentences in the language of whoever sent the list become words with their details.
# Only the one about sheets quotes anything.
NAME = """
    UPDATE villages_villageimport SET remarks = (
        SELECT jsonb_agg(
            CASE WHEN position('“' IN told) > 0
            THEN jsonb_build_array('other_sheets', jsonb_build_object(
                'sheet', substring(told from '“(.*)”')))
            ELSE jsonb_build_array('formulas', '{}'::jsonb) END)
        FROM jsonb_array_elements_text(remarks) AS told
    )
    WHERE remarks <> '[]'
"""
FORGET = "UPDATE villages_villageimport SET remarks = '[]'"


class Migration(migrations.Migration):
    dependencies = [("villages", "0023_words_of_the_administration")]

    operations = [migrations.RunSQL(NAME, FORGET)]
