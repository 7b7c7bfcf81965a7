"""The administration keeps reference data and assignments, no workflow."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from tests.dataset import Dataset, assign, make_user
from villages.people import models as people_models
from villages.places.models import Office, Region
from villages.register.models import Assignment, decrees, villages

ASSIGNMENT = "/admin/register/assignment/"


def form(dataset: Dataset, **changes):
    return {
        "user": dataset.people["nobody"].pk,
        "role": "office_staff",
        "office": dataset.serang.pk,
        "village": "",
        "letter_number": "ST-1",
        "starts_on": "2026-03-02",
        "ends_on": "",
    } | changes


def test_an_administrator_grants_a_role_and_is_named_for_it(
    dataset: Dataset, signed_in
):
    signed_in("admin").post(f"{ASSIGNMENT}add/", form(dataset))
    made = Assignment.objects.get(user=dataset.people["nobody"])
    assert (made.office, made.assigned_by) == (dataset.serang, dataset.people["admin"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"user": "admin"}, "dirinya sendiri"),
        ({"role": "auditor"}, "persetujuan kedua"),
        ({"role": "triage_officer"}, "persetujuan kedua"),
        ({"role": "pimpasa"}, "Pilih kantor untuk peran kantor"),
        ({"ends_on": "2026-01-01"}, "mendahului tanggal mulai"),
    ],
)
def test_what_may_not_be_granted_is_refused_beside_its_field(
    dataset: Dataset, signed_in, changes, message
):
    if changes.get("user"):
        changes = {"user": dataset.people["admin"].pk}
    before = Assignment.objects.count()
    page = signed_in("admin").post(f"{ASSIGNMENT}add/", form(dataset, **changes))
    assert message in page.content.decode()
    assert Assignment.objects.count() == before


def test_an_assignment_is_ended_and_nothing_else_changes(dataset: Dataset, signed_in):
    assignment = assign(dataset.people["nobody"], "leader", office=dataset.kanwil)
    post = {"ends_on": "2026-01-05", "role": "office_staff", "user": "1"}
    signed_in("admin").post(f"{ASSIGNMENT}{assignment.pk}/change/", post)
    assignment.refresh_from_db()
    assert (str(assignment.ends_on), assignment.role) == ("2026-01-05", "leader")
    assert assignment.user == dataset.people["nobody"]
    again = signed_in("admin").post(f"{ASSIGNMENT}{assignment.pk}/change/", post)
    assert "sudah berakhir" in again.content.decode()
    gone = signed_in("admin").post(
        f"{ASSIGNMENT}{assignment.pk}/delete/", {"post": "yes"}
    )
    assert gone.status_code == 403


def test_a_last_day_is_asked_for_and_after_the_first(dataset: Dataset, signed_in):
    assignment = assign(dataset.people["nobody"], "leader", office=dataset.kanwil)
    for typed in ("", "2020-01-01"):
        page = signed_in("admin").post(
            f"{ASSIGNMENT}{assignment.pk}/change/", {"ends_on": typed}
        )
        assert page.status_code == 200
    assignment.refresh_from_db()
    assert assignment.ends_on is None


@pytest.mark.parametrize(
    "table",
    ["places/region", "places/office", "register/assignment", "register/village"],
)
def test_lists_take_few_queries_whatever_they_hold(
    dataset: Dataset, signed_in, django_assert_max_num_queries, table
):
    for number in range(30):
        person = make_user(f"petugas.{number}")
        assign(person, "office_staff", office=dataset.serang)
    client = signed_in("admin")
    with django_assert_max_num_queries(12):
        assert client.get(f"/admin/{table}/?q=a").status_code == 200


def test_an_office_gets_its_area(dataset: Dataset, signed_in):
    page = signed_in("admin").get(f"/admin/places/office/{dataset.serang.pk}/change/")
    assert page.status_code == 200
    assert "service_areas-0-region" in page.content.decode()


def test_regions_are_found_by_code_and_name_for_a_choice(signed_in):
    answer = signed_in("admin").get(
        "/admin/autocomplete/?app_label=places&model_name=servicearea"
        "&field_name=region&term=36.04.13.2007"
    )
    assert [one["id"] for one in answer.json()["results"]] == ["36.04.13.2007"]


BOGOR = {
    "32": "Jawa Barat",
    "32.01": "Kabupaten Bogor",
    "32.02": "Kabupaten Jawa Barat",
    "32.71": "Kota Bogor",
    "32.71.01": "Bogor Selatan",
    "36.04.13.2099": "Bogor",
}


@pytest.fixture
def bogor(dataset: Dataset) -> Dataset:
    """A name of a village here, and of regencies and a district elsewhere."""
    for code, name in BOGOR.items():
        level = code.count(".") + 1
        Region.objects.create(
            code=code,
            name=name,
            level=level,
            kind="desa" if level == 4 else "",
            parent=Region.objects.filter(pk=code.rpartition(".")[0]).first(),
        )
    return dataset


def offered(client: Client, term: str, model: str = "servicearea") -> list[str]:
    app, field = {
        "servicearea": ("places", "region"),
        "agency": ("agencies", "regions"),
        "region": ("places", "successor"),
    }[model]
    answer = client.get(
        "/admin/autocomplete/",
        {"app_label": app, "model_name": model, "field_name": field, "term": term},
    )
    return [one["text"] for one in answer.json()["results"]]


@pytest.mark.parametrize("model", ["servicearea", "agency", "region"])
@pytest.mark.parametrize("term", ["Bogor", "bógor"])
def test_regencies_come_first_with_level_code_and_the_regions_around(
    bogor: Dataset, signed_in, model: str, term: str
):
    assert offered(signed_in("admin"), term, model) == [
        "Kabupaten Bogor (32.01) – kabupaten/kota, Jawa Barat",
        "Kota Bogor (32.71) – kabupaten/kota, Jawa Barat",
        "Bogor Selatan (32.71.01) – kecamatan, Kota Bogor, Jawa Barat",
        "Bogor (36.04.13.2099) – desa, Tirtayasa, Kabupaten Serang",
    ]


def test_a_regency_comes_before_a_province_of_its_name(bogor: Dataset, signed_in):
    assert offered(signed_in("admin"), "jawa barat") == [
        "Kabupaten Jawa Barat (32.02) – kabupaten/kota, Jawa Barat",
        "Jawa Barat (32) – provinsi",
    ]


def test_a_choice_of_many_regions_takes_few_queries(
    bogor: Dataset, signed_in, django_assert_max_num_queries
):
    client = signed_in("admin")
    with django_assert_max_num_queries(6):
        assert len(offered(client, "a")) > 10


def test_a_chosen_region_is_worded_like_those_to_choose_from(
    dataset: Dataset, signed_in
):
    page = signed_in("admin").get(f"/admin/places/office/{dataset.serang.pk}/change/")
    assert "Kabupaten Serang (36.04) – kabupaten/kota, Banten" in page.content.decode()


def with_area(dataset: Dataset, client: Client, *codes: str) -> str:
    """Give Kanim Serang these further areas; return what the next page says."""
    office = dataset.serang
    known = list(office.service_areas.order_by("pk"))
    form: dict[str, Any] = {
        "kind": "kanim", "name": office.name, "short_name": office.short_name,
        "parent": office.parent_id, "address": "", "phone": "", "zone": office.zone,
        "service_areas-TOTAL_FORMS": len(known) + len(codes),
        "service_areas-INITIAL_FORMS": len(known),
    }  # fmt: skip
    rows = [(area.pk, area.region_id) for area in known] + [("", one) for one in codes]
    for number, (pk, code) in enumerate(rows):
        form |= {
            f"service_areas-{number}-id": pk,
            f"service_areas-{number}-office": office.pk,
            f"service_areas-{number}-region": code,
        }
    address = f"/admin/places/office/{office.pk}/change/"
    return client.post(address, form, follow=True).content.decode()


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("32.01", "Kabupaten Bogor (32.01)"),
        ("32.71.01", "Bogor Selatan (32.71.01)"),
        ("36.04.13", ""),
    ],
)
def test_an_area_outside_the_kanwils_is_warned_of(
    bogor: Dataset, signed_in, code: str, label: str
):
    page = with_area(bogor, signed_in("admin"), code)
    assert label in page
    warning = f"di luar wilayah {bogor.kanwil.short_name}"
    assert (warning in page) == bool(label)
    assert bogor.serang.service_areas.filter(region=code).exists()


def test_without_other_offices_the_first_area_counts(bogor: Dataset, signed_in):
    bogor.tangerang.service_areas.all().delete()
    assert "di luar wilayah" in with_area(bogor, signed_in("admin"), "32.71")


def test_a_villages_record_is_looked_at_only(dataset: Dataset, signed_in):
    pk = dataset.villages["lontar"].pk
    client = signed_in("admin")
    assert client.get(f"/admin/register/village/{pk}/change/").status_code == 200
    for address in (f"{pk}/change/", f"{pk}/delete/", "add/"):
        answer = client.post(f"/admin/register/village/{address}", {"status": "x"})
        assert answer.status_code == 403


def test_decrees_requests_and_events_are_not_in_the_administration():
    for model in (
        decrees.Designation,
        people_models.AccountRequest,
        villages.VillageEvent,
        villages.VillageContact,
    ):
        assert not admin.site.is_registered(model)


def test_office_staff_do_not_enter(signed_in):
    assert signed_in("serang").get("/admin/places/office/").status_code == 302
    assert Office.objects.count() == 3
