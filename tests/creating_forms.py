"""Every form that creates something, with what one sends in the matrix dataset.

A form is sent by the address and the records of `tests.matrix`. A file is made
for each sending, as a browser reads it again from the disk.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import User
from fgd.agencies.models import Agency
from fgd.minutes.models import MinutesEntry
from fgd.participants.models import Delegate, DelegateList, Invitation
from fgd.plan.models import Action, Evidence, ProgressUpdate, Recommendation
from fgd.sessions.models import AgendaItem, RundownList, Session, Topic
from tests.lib.samples import jpg, pdf, upload
from tests.matrix.addresses import address_of
from tests.matrix.dataset import MatrixData, Records, build_matrix_data
from villages.imports.models import VillageImport
from villages.outreach.models import OutreachActivity, OutreachPhoto
from villages.people.models import AccountList, AccountRequest
from villages.places.models import ActivityKind
from villages.register.models import Assignment, Designation, Village, VillageContact
from villages.vulnerability.models import (
    FigureImport,
    ScoringRun,
    VulnerabilityInput,
    VulnerabilityModel,
)

#: pages of a form whose own address names no object
WITHOUT_OBJECT = {
    "vulnerability:vulnerability_list",
    "vulnerability:vulnerability_models",
}
NUMBER = re.compile(r'name="client_uuid" value="([0-9a-f-]{36})"')
Fields = dict[str, Any]


@dataclass(frozen=True)
class CreatingForm:
    """A route, what one sending creates one of, who sends it, and what is typed.

    `page` is the route that shows the form; None: only another POST shows it.
    """

    route: str
    creates: type[Model]
    role: str
    typed: Callable[[Records], Fields]
    place: str = "own"
    page: str | None = ""

    def __str__(self) -> str:
        return self.route

    def url(self, dataset: MatrixData, route: str = "") -> str:
        route = route or self.route
        place = "none" if route in WITHOUT_OBJECT else self.place
        return reverse(route, kwargs=address_of(route, dataset, place, self.role))

    def number_on_page(self, dataset: MatrixData, client: Client) -> UUID:
        """The number of the form as its page shows it."""
        answer = client.get(self.url(dataset, self.page or self.route))
        found = NUMBER.search(answer.content.decode())
        assert found, f"{self} shows no client_uuid ({answer.status_code})"
        return UUID(found[1])

    def send(self, dataset: MatrixData, client: Client, number: object) -> Any:
        records = dataset.records_for("own", self.role)
        fields = self.typed(records) | {"client_uuid": str(number)}
        return client.post(self.url(dataset), fields)


def build_records() -> MatrixData:
    """The dataset of the matrix, in which a model may be drafted."""
    dataset = build_matrix_data()
    drafts = VulnerabilityModel.objects.filter(status="draft")
    drafts.update(status="replaced", in_force_at="2025-12-31T00:00Z")
    return dataset


def today() -> str:
    return timezone.localdate().isoformat()


def _file(name: str, content: str) -> Fields:
    return {"file": upload(name, content.encode())}


def _activity() -> Fields:
    return {
        "kind": ActivityKind.objects.get(code="penyuluhan").pk,
        "pillar": "knowledge",
        "villages": "36.04.13.2007",
        "day": today(),
    }


def _letter() -> Fields:
    return {"person": "serang2", "number": "W.12-0451/2026", "starts_on": "2026-11-02"}


def _person(name: str, username: str) -> Fields:
    return {
        "name": name,
        "username": username,
        "role": "village_official",
        "letter_number": "ST-11",
        "starts_on": "2026-11-02",
    }


CREATING_FORMS = [
    CreatingForm(
        "agencies:agency_propose",
        Agency,
        "kanim",
        lambda records: {
            "proposing_office": records.village.office_id,
            "name": "Balai Pelatihan Contoh",
            "short_name": "Balai",
            "kind": "social",
            "level": "province",
        },
        "none",
    ),
    CreatingForm(
        "sessions:session_create",
        Session,
        "kanim",
        lambda records: {
            "office": records.village.office_id,
            "theme": "Modus baru",
            "purpose": "Menyepakati langkah",
            "venue": "Aula",
            "day": "2026-12-01",
            "begins": "09:00",
            "ends": "12:00",
        },
        "none",
    ),
    CreatingForm(
        "sessions:agenda_add",
        AgendaItem,
        "kanim",
        lambda _records: {"starts_at": "10:00", "minutes": "30", "title": "Paparan"},
        page="sessions:session_agenda",
    ),
    CreatingForm(
        "sessions:agenda_paste",
        RundownList,
        "kanim",
        lambda _records: {"text": "11.00-11.30 Diskusi; Moderator"},
    ),
    CreatingForm(
        "sessions:topic_add",
        Topic,
        "kanim",
        lambda _records: {"title": "Perekrut baru"},
        page="sessions:session_topics",
    ),
    CreatingForm(
        "participants:invite",
        Invitation,
        "kanim",
        lambda _records: {"seats": "2", "villages": "36.04.13.2011"},
    ),
    CreatingForm(
        "participants:delegate_add",
        Delegate,
        "kanim",
        lambda records: {
            "name": "Budi Santoso",
            "party": f"a{records.agency.pk}",
            "mandate": "represent",
            "part": "participant",
        },
        page="participants:session_participants",
    ),
    CreatingForm(
        "participants:delegates_paste",
        DelegateList,
        "kanim",
        lambda records: {
            "text": f"Nama\tJabatan\tInstansi\nRina\tStaf\t{records.agency.short_name}"
        },
    ),
    CreatingForm(
        "minutes:minutes_add",
        MinutesEntry,
        "kanim",
        lambda _records: {"text": "Perlu bukti."},
    ),
    CreatingForm(
        "plan:recommendation_add",
        Recommendation,
        "kanim",
        lambda _records: {"text": "Buka posko."},
        page="plan:session_agreements",
    ),
    CreatingForm(
        "plan:action_add",
        Action,
        "kanim",
        lambda records: {
            "title": "Buka posko",
            "lead_agency": records.agency.pk,
            "due_on": "2027-03-01",
            "indicator": "Satu posko",
            "pillar": "knowledge",
            "villages": [records.village.pk],
        },
    ),
    CreatingForm(
        "plan:evidence_add",
        Evidence,
        "kanim",
        lambda _records: {"file": upload("a.jpg", jpg(31, 32)), "title": "Hadir"},
    ),
    CreatingForm(
        "outreach:photo_add",
        OutreachPhoto,
        "kanim",
        lambda _records: {"photos": upload("a.jpg", jpg(33, 34)), "caption": "Aula"},
    ),
    CreatingForm(
        "plan:report_progress",
        ProgressUpdate,
        "kanim",
        lambda records: {
            "party": f"agency:{records.agency.pk}",
            "percent": "40",
            "text": "Pertemuan pertama selesai.",
            "occurred_on": today(),
            "file": upload("b.jpg", jpg(35, 36)),
            "title": "Hadir",
        },
    ),
    CreatingForm(
        "imports:import_start",
        VillageImport,
        "kanim",
        lambda _records: _file("d.csv", "Kode;Desa\n36.04.13.2008;Susukan\n"),
        "none",
    ),
    CreatingForm(
        "people:account_request_create",
        AccountRequest,
        "kanim",
        lambda records: (
            _person("Siti Aminah", "siti") | {"village": records.village.code}
        ),
        "none",
    ),
    CreatingForm(
        "people:roster_upload",
        AccountList,
        "kanim",
        lambda _records: _file("d.csv", "Nama;Peran\nDewi Lestari;Kades\n"),
        "none",
    ),
    CreatingForm(
        "people:letter_issue",
        Assignment,
        "kanim",
        lambda _records: _letter() | {"more_villages": "36.04.13.2011"},
        "none",
    ),
    CreatingForm(
        "register:assignment_add",
        Assignment,
        "kanim",
        lambda _records: _letter(),
    ),
    CreatingForm(
        "register:contact_add",
        VillageContact,
        "kanim",
        lambda _records: {"name": "Ma'mur", "position": "Kaur", "phone": ""},
    ),
    CreatingForm(
        "register:village_propose",
        Village,
        "kanim",
        lambda _records: {"reason": "Pantai."},
    ),
    CreatingForm(
        "register:village_decree",
        Designation,
        "kanwil",
        lambda records: {
            "number": "W.11-77/2026",
            "date": today(),
            "issued_by": records.village.office.parent_id,
            "signatory": "Kepala Kanwil Contoh",
            "file": upload("sk.pdf", pdf()),
        },
    ),
    CreatingForm(
        "vulnerability:figure_import",
        FigureImport,
        "kanwil",
        lambda _records: _file(
            "k.csv",
            "kode desa;tanggal data;sumber;calo\n36.04.13.2007;1/2/2026;Desa;1\n",
        ),
        "none",
    ),
    CreatingForm(
        "vulnerability:vulnerability_enter",
        VulnerabilityInput,
        "kanwil",
        lambda _records: {"as_of": "2026-02-01", "source": "Desa", "brokers": "1"},
    ),
    CreatingForm(
        "vulnerability:vulnerability_correct",
        VulnerabilityInput,
        "kanwil",
        lambda _records: {
            "as_of": "2026-02-01",
            "source": "Desa",
            "brokers": "1",
            "reason": "Salah ketik",
        },
    ),
    CreatingForm(
        "vulnerability:vulnerability_score_all",
        ScoringRun,
        "kanwil",
        lambda _records: {},
        "none",
        "vulnerability:vulnerability_list",
    ),
    CreatingForm(
        "vulnerability:vulnerability_draft",
        VulnerabilityModel,
        "kanwil",
        lambda _records: {},
        "none",
        "vulnerability:vulnerability_models",
    ),
    # Last: with an activity the portal calculates a figure of its village, too.
    CreatingForm(
        "outreach:outreach_plan",
        OutreachActivity,
        "kanim",
        lambda records: (
            _activity()
            | {
                "clock": "09.30",
                "venue": "Balai desa",
                "officers": [User.objects.get(username="serang").pk],
            }
        ),
        "none",
    ),
    CreatingForm(
        "outreach:visit_record",
        OutreachActivity,
        "kanim",
        lambda _records: (
            _activity()
            | {
                "participants": "12",
                "men": "5",
                "women": "7",
                "photos": upload("c.jpg", jpg(37, 38)),
            }
        ),
        "none",
    ),
]
