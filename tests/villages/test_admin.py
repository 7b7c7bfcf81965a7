"""The administration keeps reference data and assignments, no workflow."""

import pytest
from django.contrib import admin

from tests.world import World, assign, make_user
from villages import models
from villages.models import Assignment, Office

ASSIGNMENT = "/admin/villages/assignment/"


def form(world: World, **changes):
    return {
        "user": world.people["nobody"].pk,
        "role": "office_staff",
        "office": world.serang.pk,
        "village": "",
        "letter_number": "ST-1",
        "starts_on": "2026-03-02",
        "ends_on": "",
    } | changes


def test_an_administrator_grants_a_role_and_is_named_for_it(world: World, signed_in):
    signed_in("admin").post(f"{ASSIGNMENT}add/", form(world))
    made = Assignment.objects.get(user=world.people["nobody"])
    assert (made.office, made.assigned_by) == (world.serang, world.people["admin"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"user": "admin"}, "dirinya sendiri"),
        ({"role": "auditor"}, "orang kedua"),
        ({"role": "triage_officer"}, "orang kedua"),
        ({"role": "pimpasa"}, "Pilih kantor untuk peran kantor"),
        ({"ends_on": "2026-01-01"}, "mendahului hari pertama"),
    ],
)
def test_what_may_not_be_granted_is_told(world: World, signed_in, changes, told):
    if changes.get("user"):
        changes = {"user": world.people["admin"].pk}
    before = Assignment.objects.count()
    page = signed_in("admin").post(f"{ASSIGNMENT}add/", form(world, **changes))
    assert told in page.content.decode()
    assert Assignment.objects.count() == before


def test_an_assignment_is_ended_and_nothing_else_changes(world: World, signed_in):
    held = assign(world.people["nobody"], "leader", office=world.kanwil)
    post = {"ends_on": "2026-01-05", "role": "office_staff", "user": "1"}
    signed_in("admin").post(f"{ASSIGNMENT}{held.pk}/change/", post)
    held.refresh_from_db()
    assert (str(held.ends_on), held.role) == ("2026-01-05", "leader")
    assert held.user == world.people["nobody"]
    again = signed_in("admin").post(f"{ASSIGNMENT}{held.pk}/change/", post)
    assert "sudah berakhir" in again.content.decode()
    gone = signed_in("admin").post(f"{ASSIGNMENT}{held.pk}/delete/", {"post": "yes"})
    assert gone.status_code == 403


def test_a_last_day_is_asked_for_and_after_the_first(world: World, signed_in):
    held = assign(world.people["nobody"], "leader", office=world.kanwil)
    for typed in ("", "2020-01-01"):
        page = signed_in("admin").post(
            f"{ASSIGNMENT}{held.pk}/change/", {"ends_on": typed}
        )
        assert page.status_code == 200
    held.refresh_from_db()
    assert held.ends_on is None


@pytest.mark.parametrize("table", ["region", "office", "assignment", "village"])
def test_lists_take_few_queries_whatever_they_hold(
    world: World, signed_in, django_assert_max_num_queries, table
):
    for number in range(30):
        person = make_user(f"petugas.{number}")
        assign(person, "office_staff", office=world.serang)
    client = signed_in("admin")
    with django_assert_max_num_queries(12):
        assert client.get(f"/admin/villages/{table}/?q=a").status_code == 200


def test_an_office_gets_its_area(world: World, signed_in):
    page = signed_in("admin").get(f"/admin/villages/office/{world.serang.pk}/change/")
    assert page.status_code == 200
    assert "service_areas-0-region" in page.content.decode()


def test_regions_are_found_by_code_and_name_for_a_choice(signed_in):
    answer = signed_in("admin").get(
        "/admin/autocomplete/?app_label=villages&model_name=servicearea"
        "&field_name=region&term=36.04.13.2007"
    )
    assert [one["id"] for one in answer.json()["results"]] == ["36.04.13.2007"]


def test_a_villages_record_is_looked_at_only(world: World, signed_in):
    pk = world.villages["lontar"].pk
    client = signed_in("admin")
    assert client.get(f"/admin/villages/village/{pk}/change/").status_code == 200
    for address in (f"{pk}/change/", f"{pk}/delete/", "add/"):
        answer = client.post(f"/admin/villages/village/{address}", {"status": "x"})
        assert answer.status_code == 403


def test_decrees_requests_and_events_are_not_in_the_administration():
    for model in (
        models.Designation,
        models.AccountRequest,
        models.VillageEvent,
        models.VillageContact,
    ):
        assert not admin.site.is_registered(model)


def test_office_staff_do_not_enter(signed_in):
    assert signed_in("serang").get("/admin/villages/office/").status_code == 302
    assert Office.objects.count() == 3
