"""A brake for the open door: asking is counted by address and minute."""

from datetime import timedelta

from django.db import connection

from villages.models import KnockCount
from villages.selectors.knocks import key_of, this_minute

KEPT = timedelta(minutes=5)
COUNT = """
    INSERT INTO villages_knockcount (key, minute, count) VALUES (%s, %s, 1)
    ON CONFLICT (key) DO UPDATE SET count = villages_knockcount.count + 1
    RETURNING count
"""


def knock(address: str | None, what: str, *, most: int) -> bool:
    """Whether `address` may ask for `what` once more within this minute.

    Whoever begins a minute sweeps out the old ones.
    """
    minute = this_minute()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key_of(address, what, minute), minute])
        (count,) = cursor.fetchone()
    if count == 1:
        KnockCount.objects.filter(minute__lt=minute - KEPT).delete()
    return bool(count <= most)
