"""A small dataset for tests: one Kanwil, two Kanim, four villages, agencies, people."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from fgd.agencies.models import Agency, FocalPoint
from fgd.sessions.models import Session
from villages.places.models import Office, Region, ServiceArea
from villages.register.models import Assignment, Village

REGIONS = {
    "36": "Banten",
    "36.03": "Kabupaten Tangerang",
    "36.03.07": "Kronjo",
    "36.03.07.2001": "Kronjo",
    "36.04": "Kabupaten Serang",
    "36.04.08": "Pulo Ampel",
    "36.04.08.2009": "Pulo Panjang",
    "36.04.13": "Tirtayasa",
    "36.04.13.2007": "Lontar",
    "36.04.13.2008": "Susukan",
    "36.04.13.2011": "Tengkurak",
}
START = date(2025, 1, 1)


@dataclass
class Dataset:
    """Places and people by short name, such as world.villages["lontar"]."""

    kanwil: Office
    serang: Office
    tangerang: Office
    villages: dict[str, Village] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """A fresh object, as every request has one: nothing remembered on it."""
        return User.objects.get(pk=self.people[name].pk)


def build_dataset() -> Dataset:
    """Write the dataset to the database without calling any service."""
    for code, name in REGIONS.items():
        _region(code, name)
    dataset = Dataset(*_offices())
    for short, code, office in (
        ("lontar", "36.04.13.2007", dataset.serang),
        ("tengkurak", "36.04.13.2011", dataset.serang),
        ("pulopanjang", "36.04.08.2009", dataset.serang),
        ("kronjo", "36.03.07.2001", dataset.tangerang),
    ):
        dataset.villages[short] = make_village(code, office)
    _agencies(dataset)
    _people(dataset)
    return dataset


def make_village(code: str, office: Office, status: str = "designated") -> Village:
    region = Region.objects.get(pk=code)
    regency = Region.objects.get(pk=code[:5])
    assert region.parent is not None
    village = Village.objects.create(
        region=region,
        office=office,
        name=region.name,
        district_name=region.parent.name,
        regency=regency,
        regency_name=regency.name,
        status=status,
        reason="Banyak warga bekerja ke luar negeri.",
    )
    village.proposals.create(proposed_on=timezone.localdate())
    return village


def make_user(username: str, **fields: object) -> User:
    return User.objects.create_user(
        username, "sandi-untuk-uji-coba", name=f"Contoh {username}", **fields
    )


def assign(
    user: User,
    role: Role,
    *,
    office: Office | None = None,
    village: Village | None = None,
    starts_on: date = START,
    ends_on: date | None = None,
) -> Assignment:
    return Assignment.objects.create(
        user=user,
        role=role,
        office=office,
        village=village,
        letter_number="ST-001/2025",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def make_session(
    office: Office, created_by: User, status: str = "in_progress", **fields: object
) -> Session:
    start = datetime(2025, 11, 11, 9, tzinfo=timezone.get_default_timezone())
    values: dict[str, object] = {
        "theme": "Pencegahan TPPO",
        "starts_at": start,
        "ends_at": start + timedelta(hours=4),
        "venue": "Gedung Negara",
        "status": status,
        "finalised_at": start if status == "finalised" else None,
    }
    return Session.objects.create(
        office=office, created_by=created_by, **(values | fields)
    )


def _region(code: str, name: str) -> Region:
    parts = code.split(".")
    return Region.objects.create(
        code=code,
        name=name,
        level=len(parts),
        kind="desa" if len(parts) == 4 else "",
        parent_id=".".join(parts[:-1]) or None,
    )


def _offices() -> tuple[Office, Office, Office]:
    kanwil = Office.objects.create(
        kind="kanwil", name="Kantor Wilayah Banten", short_name="Kanwil Banten"
    )
    serang, tangerang = (
        Office.objects.create(
            kind="kanim",
            name=f"Kantor Imigrasi {place}",
            short_name=f"Kanim {place}",
            parent=kanwil,
        )
        for place in ("Serang", "Tangerang")
    )
    ServiceArea.objects.create(office=serang, region_id="36.04")
    ServiceArea.objects.create(office=tangerang, region_id="36.03")
    return kanwil, serang, tangerang


def _agencies(dataset: Dataset) -> None:
    for short, kind in (("Dinsos", "social"), ("Polres Serang", "police")):
        dataset.agencies[short.split()[0].lower()] = Agency.objects.create(
            name=f"{short} Contoh",
            short_name=short,
            kind=kind,
            level="province",
            status="confirmed",
        )
    dataset.agencies["kanim"] = Agency.objects.create(
        name="Kanim Serang sebagai instansi",
        short_name="Kanim Serang",
        kind="immigration",
        level="regency",
        status="confirmed",
        office=dataset.serang,
    )


def _people(dataset: Dataset) -> None:
    lontar, kronjo = dataset.villages["lontar"], dataset.villages["kronjo"]
    tengkurak = dataset.villages["tengkurak"]
    people = dataset.people
    people["admin"] = make_user("admin", is_staff=True, is_superuser=True)
    people["nobody"] = make_user("nobody")
    for name, role, office in (
        ("kanwil", Role.REGIONAL_STAFF, dataset.kanwil),
        ("kanwil2", Role.REGIONAL_STAFF, dataset.kanwil),
        ("leader", Role.LEADER, dataset.kanwil),
        ("auditor", Role.AUDITOR, dataset.kanwil),
        ("serang", Role.OFFICE_STAFF, dataset.serang),
        ("serang2", Role.OFFICE_STAFF, dataset.serang),
        ("tangerang", Role.OFFICE_STAFF, dataset.tangerang),
        ("triage", Role.TRIAGE_OFFICER, dataset.serang),
    ):
        people[name] = make_user(name)
        assign(people[name], role, office=office)
    for name, role, village in (
        ("pimpasa", Role.PIMPASA, lontar),
        ("pimpasa_kronjo", Role.PIMPASA, kronjo),
        ("official", Role.VILLAGE_OFFICIAL, lontar),
        ("official_kronjo", Role.VILLAGE_OFFICIAL, kronjo),
    ):
        people[name] = make_user(name.replace("_", "."))
        assign(people[name], role, village=village)
    people["mixed"] = make_user("mixed")
    assign(people["mixed"], Role.PIMPASA, village=kronjo)
    assign(people["mixed"], Role.VILLAGE_OFFICIAL, village=tengkurak)
    for name, agency in (("dinsos", "dinsos"), ("polres", "polres")):
        people[name] = make_user(name)
        FocalPoint.objects.create(
            user=people[name], agency=dataset.agencies[agency], starts_on=START
        )
