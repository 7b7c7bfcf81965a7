"""The dataset of the permission matrix: one record of every kind, three times.

"own" belongs to Kanim Serang, "near" to Kanim Tangerang under the same Kanwil,
"far" to another Kanwil. The three share no village, session or agency.
"""

from dataclasses import dataclass

from django.test import Client

from desabinaan.accounts.models import User
from desabinaan.notices.models import Notice
from fgd.agencies.models import Agency
from fgd.plan.models import Evidence
from tests.browsers import browser_with, session_of
from tests.dataset import assign, build_dataset, make_user, make_village
from tests.matrix.fgd import FgdRecords, create_fgd_records
from tests.matrix.outreach import OutreachRecords, create_outreach_records
from tests.matrix.register import (
    create_account_list,
    create_account_request,
    create_approval,
    create_designation,
    create_region,
    create_remote_village_regions,
    create_village_import,
)
from tests.matrix.reports import create_evidence, create_months
from tests.matrix.vulnerability import (
    VulnerabilityRecords,
    create_vulnerability_records,
)
from villages.imports.models import VillageImport
from villages.people.models import AccountList, AccountRequest, ApprovalRequest
from villages.places.models import Office, Region
from villages.register.models import Assignment, Designation, Village, VillageContact

ANONYMOUS = "anonymous"
#: who is asked for each role that signs in, by the short names of tests/world.py
PEOPLE = {
    "admin": "admin",
    "nobody": "nobody",
    "kanwil": "kanwil",
    "kanim": "serang",
    "pimpasa": "pimpasa",
    "official": "official",
    "focal_point": "dinsos",
    "leader": "leader",
    "auditor": "auditor",
    "triage": "triage",
    "mixed": "mixed",
}
ROLES = (ANONYMOUS, *PEOPLE)
#: roles at a Kanwil, which covers the neighbouring Kanim as well
KANWIL_ROLES = {"kanwil", "leader", "auditor"}


@dataclass
class Records:
    """One record of every kind around one village."""

    village: Village
    proposed_village: Village
    region: Region
    agency: Agency
    contact: VillageContact
    designation: Designation
    assignment: Assignment
    account_list: AccountList
    account_request: AccountRequest
    approval: ApprovalRequest
    person: User
    village_import: VillageImport
    fgd: FgdRecords
    evidence: Evidence
    vulnerability: VulnerabilityRecords
    outreach: OutreachRecords


@dataclass
class MatrixData:
    """Records by "own", "near" and "far"; notices by person; session keys by role."""

    records: dict[str, Records]
    notices: dict[str, int]
    session_keys: dict[str, str]

    def client(self, role: str) -> Client:
        return browser_with(self.session_keys.get(role))

    def records_for(self, place: str, role: str) -> Records:
        """Records that are this role's own, or that it has no part in.

        The village of `mixed` as PIMPASA is the one of "near".
        """
        if place == "own":
            return self.records["near" if role == "mixed" else "own"]
        return self.records["far" if role in KANWIL_ROLES | {"mixed"} else "near"]

    def notice_for(self, place: str, role: str) -> int:
        """The role's own notice, or another person's; `anonymous` has none."""
        return self.notices[PEOPLE.get(role, "nobody") if place == "own" else "serang2"]


def build_matrix_data() -> MatrixData:
    base = build_dataset()
    create_remote_village_regions()
    kanwil = Office.objects.create(
        kind="kanwil", name="Kantor Wilayah Jauh", short_name="Kanwil Jauh"
    )
    kanim = Office.objects.create(
        kind="kanim", name="Kantor Imigrasi Jauh", short_name="Jauh", parent=kanwil
    )
    agency = Agency.objects.create(
        name="Dinas Jauh", short_name="Jauh", kind="social", level="regency"
    )
    villages, agencies = base.villages, base.agencies
    remote = make_village("91.01.01.2001", kanim)
    serang, other = base.people["serang"], base.people["serang2"]
    return MatrixData(
        records={
            "own": _records("own", villages["lontar"], agencies["dinsos"], serang),
            "near": _records("near", villages["kronjo"], agencies["polres"], other),
            "far": _records("far", remote, agency, other),
        },
        notices={
            name: Notice.objects.create(
                recipient=person, kind="month_opened", key="matrix", path="/"
            ).pk
            for name, person in base.people.items()
        },
        session_keys={
            role: session_of(base.people[name]) for role, name in PEOPLE.items()
        },
    )


def _records(name: str, village: Village, agency: Agency, uploader: User) -> Records:
    """Create the records; a list of people is seen by its `uploader` only."""
    office, person = village.office, make_user(f"petugas.{name}")
    district = village.code[:8]
    proposed = create_region(name, district, 1)
    region = create_region(name, district, 2)
    fgd = create_fgd_records(village, agency, person)
    create_months(village, person)
    return Records(
        village=village,
        proposed_village=make_village(proposed.code, office, status="proposed"),
        region=region,
        agency=agency,
        contact=VillageContact.objects.create(
            village=village, name="Ma'mun", position="Sekretaris"
        ),
        designation=create_designation(village, person),
        assignment=assign(person, "pimpasa", village=village),
        account_list=create_account_list(village, uploader),
        account_request=create_account_request(name, village, person),
        approval=create_approval(name, village, person),
        person=person,
        village_import=create_village_import(village, region, person),
        fgd=fgd,
        evidence=create_evidence(fgd.agreed_action, person),
        vulnerability=create_vulnerability_records(village, person),
        outreach=create_outreach_records(village, person),
    )
