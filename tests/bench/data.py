"""A big register by SQL alone: villages, slots with reports, sessions with actions.

Used by `make bench` and by the test that reads the plans.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.portal.services.coverage import refresh_coverage
from fgd.agencies.models import Agency, FocalPoint
from tests.browsers import session_of
from tests.dataset import START, assign
from villages.places.models import Office
from villages.register.models import Village

PASSWORD = "sandi-untuk-uji-kecepatan"
AGENCIES = 40
WRITERS = 600
FILL = Path(__file__).with_name("fill.sql")


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows: report slots are villages x months."""

    villages: int
    months: int
    actions: int
    per_session: int = 100


SMALL = Size(villages=1_000, months=1, actions=1_000)
LARGE = Size(villages=84_000, months=2, actions=100_000)


def fill(size: Size) -> None:
    """Fill and analyse the tables, and add three accounts that read them.

    bench.kanwil sees everything, bench.dinas one agency's rows, bench.desa one
    village's.
    """
    kanwil = _offices()
    _agencies()
    people = _people()
    with connection.cursor() as cursor:
        for statement in FILL.read_text().split(";"):
            cursor.execute(statement, asdict(size))
    refresh_coverage()
    village, agency = Village.objects.order_by("pk")[0], Agency.objects.first()
    assert agency is not None
    assign(people["bench.kanwil"], Role.REGIONAL_STAFF, office=kanwil)
    assign(people["bench.desa"], Role.VILLAGE_OFFICIAL, village=village)
    FocalPoint.objects.create(
        user=people["bench.dinas"], agency=agency, starts_on=START
    )


def _offices() -> Office:
    kanwil = Office.objects.create(kind="kanwil", name="Kanwil 0", short_name="K 0")
    for number in range(1, 5):
        Office.objects.create(
            kind="kanim",
            name=f"Kanim {number}",
            short_name=f"Kanim {number}",
            parent=kanwil,
        )
    return kanwil


def _agencies() -> None:
    Agency.objects.bulk_create(
        Agency(
            name=f"Instansi Contoh {number}",
            short_name=f"Instansi {number:02}",
            kind="social",
            level="regency",
            status="confirmed",
        )
        for number in range(1, AGENCIES + 1)
    )


def _people() -> dict[str, User]:
    password = make_password(PASSWORD)
    return {
        name: User.objects.create(
            username=name, name=f"Contoh {name}", password=password
        )
        for name in ("bench.kanwil", "bench.dinas", "bench.desa")
    }


def fill_and_sign_in(name: str) -> None:
    """Fill the size of that name, sign people in, and print who and which slots.

    JSON: {"people": {username: session key}, "slots": [[session key, code, month]]}.
    """
    fill({"small": SMALL, "large": LARGE}[name])
    people = {
        user.username: session_of(user)
        for user in User.objects.filter(username__startswith="bench.")
    }
    sys.stdout.write(json.dumps({"people": people, "slots": _open_slots()}))


def _open_slots() -> list[tuple[str, str, str]]:
    """Months of WRITERS villages, each with an official who is signed in."""
    slots = []
    for village in Village.objects.order_by("-pk")[:WRITERS]:
        user = User.objects.create(username=f"bench.{village.pk}", name="Contoh")
        assign(user, Role.VILLAGE_OFFICIAL, village=village)
        key = session_of(user)
        slots += [
            (key, village.code, f"{month:%Y-%m}")
            for month in village.report_slots.values_list("month", flat=True)
        ]
    return slots
