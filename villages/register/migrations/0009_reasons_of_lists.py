"""Keep of a reason that the portal worded only the list: each reader has a language."""

from django.db import migrations

TO_LIST = r"""
UPDATE register_village
SET reason = E'\t' || substring(
    reason FROM '^(?:Diimpor dari daftar|Imported from the list) “(.*)”\.$'
)
WHERE reason ~ '^(Diimpor dari daftar|Imported from the list) “.*”\.$'
"""
TO_SENTENCE = r"""
UPDATE register_village
SET reason = 'Diimpor dari daftar “' || substr(reason, 2) || '”.'
WHERE reason LIKE E'\t%'
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0008_households_fit")]

    operations = [migrations.RunSQL(TO_LIST, TO_SENTENCE)]
