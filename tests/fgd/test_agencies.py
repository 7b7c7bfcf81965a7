from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from fgd.actions import agencies as deeds
from fgd.models import Agency, FocalPoint
from tests.locks import locked_by
from tests.world import World

Browser = Callable[[str], Client]
LIST, PROPOSE = "/fgd/instansi/", "/fgd/instansi/usul/"


def typed(world: World, **changes: object) -> dict[str, object]:
    return {
        "name": "Dinas Kesehatan Contoh",
        "short_name": "Dinkes",
        "kind": "health",
        "level": "regency",
        "proposing_office": world.serang.pk,
    } | changes


def test_staff_propose_an_agency(world: World, signed_in: Browser) -> None:
    signed_in("serang").post(PROPOSE, typed(world))
    agency = Agency.objects.get(short_name="Dinkes")
    assert (agency.status, agency.proposed_by) == ("proposed", world.people["serang"])


@pytest.mark.parametrize(
    "changes", [{"name": "dinsos contoh"}, {"short_name": "X" * 41}]
)
def test_a_known_or_overlong_name_is_told(
    world: World, signed_in: Browser, changes: dict[str, str]
) -> None:
    answer = signed_in("serang").post(PROPOSE, typed(world, **changes))
    assert answer.context["form"].errors
    assert Agency.objects.count() == 3


@pytest.mark.parametrize("name", ["official", "dinsos", "auditor"])
def test_others_propose_nothing(world: World, signed_in: Browser, name: str) -> None:
    assert signed_in(name).post(PROPOSE, typed(world)).status_code == 403


def test_a_foreign_office_proposes_nothing(world: World, signed_in: Browser) -> None:
    data = typed(world, proposing_office=world.tangerang.pk)
    answer = signed_in("serang").post(PROPOSE, data)
    assert answer.context["form"].errors["proposing_office"]
    with pytest.raises(PermissionDenied):
        deeds.propose_agency(
            acting_user=world.user("official"),
            place=world.serang,
            name="X",
            short_name="X",
            kind="other",
            level="regency",
        )


def test_the_invited_read_names_and_hotlines_only(
    world: World, signed_in: Browser
) -> None:
    Agency.objects.filter(short_name="Dinsos").update(hotline="1500")
    person = str(world.people["polres"])
    staff, invited = (
        signed_in(name).get(LIST).content.decode() for name in ("serang", "official")
    )
    assert "1500" in staff
    assert "1500" in invited
    assert person in staff
    assert person not in invited


def test_the_list_is_searched(world: World, signed_in: Browser) -> None:
    found = signed_in("serang").get(f"{LIST}?cari=polres").context["agencies"]
    assert [row.short_name for row in found] == ["Polres Serang"]
    for name in ("nobody", "admin", "leader"):
        assert signed_in(name).get(LIST).status_code == 403


def test_a_focal_point_keeps_the_own_contact(world: World, signed_in: Browser) -> None:
    agency = world.agencies["dinsos"]
    url = reverse("fgd:agency_contact", args=[agency.pk])
    data: dict[str, Any] = {"head_name": "Kepala Contoh", "head_contact": "0811 222"}
    data |= {"hotline": "129", "version": 1}
    for name in ("polres", "serang", "official"):
        assert signed_in(name).get(url).status_code == 403
    with pytest.raises(PermissionDenied):
        deeds.change_contact(agency.pk, acting_user=world.user("polres"), **data)
    signed_in("dinsos").post(url, data | {"status": "proposed", "name": "Diganti"})
    agency.refresh_from_db()
    assert (agency.head_contact, agency.hotline) == ("0811222", "129")
    assert (agency.status, agency.name) == ("confirmed", "Dinsos Contoh")


def test_the_agency_is_held_while_its_contact_changes(world: World) -> None:
    data: dict[str, Any] = {"head_name": "", "head_contact": "", "hotline": "129"}
    agency, dinsos = world.agencies["dinsos"], world.user("dinsos")
    changed = partial(deeds.change_contact, agency.pk, acting_user=dinsos, version=1)
    assert locked_by(partial(changed, **data)) == ["fgd_agency"]


def test_two_people_editing_a_contact_are_told_of_each_other(
    world: World, signed_in: Browser
) -> None:
    agency = world.agencies["dinsos"]
    url = reverse("fgd:agency_contact", args=[agency.pk])
    data = {"head_name": "Kepala Contoh", "hotline": "129", "version": 1}
    browser = signed_in("dinsos")
    browser.post(url, data)
    page = browser.post(url, data | {"hotline": "110"}).content.decode()
    assert "129" in page
    assert 'value="110"' in page
    agency.refresh_from_db()
    assert (agency.hotline, agency.version) == ("129", 2)


def test_only_an_administrator_confirms(world: World) -> None:
    Agency.objects.update(status="proposed")
    ids = Agency.objects.values_list("pk", flat=True)
    with pytest.raises(PermissionDenied):
        deeds.confirm_agencies(ids, acting_user=world.user("kanwil"))
    assert deeds.confirm_agencies(ids, acting_user=world.user("admin")) == 3


def test_of_a_merged_agency_the_successor_is_known(world: World) -> None:
    dinsos, polres = world.agencies["dinsos"], world.agencies["polres"]
    Agency.objects.filter(pk=dinsos.pk).update(successor=polres)
    assert deeds.known_agency("dinsos contoh") == polres


# --- Administration ----------------------------------------------------------


def test_an_administrator_enters_and_confirms(world: World, signed_in: Browser) -> None:
    browser = signed_in("admin")
    data = {"name": "X Contoh", "short_name": "X", "kind": "other", "level": "regency"}
    browser.post("/admin/fgd/agency/add/", data)
    assert Agency.objects.get(short_name="X").status == "confirmed"
    Agency.objects.update(status="proposed")
    chosen = {"action": "confirm", "_selected_action": [world.agencies["dinsos"].pk]}
    browser.post("/admin/fgd/agency/", chosen)
    world.agencies["dinsos"].refresh_from_db()
    assert world.agencies["dinsos"].status == "confirmed"


def test_nobody_makes_himself_a_focal_point(world: World, signed_in: Browser) -> None:
    data = {"agency": world.agencies["dinsos"].pk, "starts_on": "2026-01-01"}
    browser = signed_in("admin")
    for name in ("admin", "nobody"):
        person = {"user": world.people[name].pk}
        browser.post("/admin/fgd/focalpoint/add/", data | person)
    assert not FocalPoint.objects.filter(user=world.people["admin"]).exists()
    assert FocalPoint.objects.filter(user=world.people["nobody"]).exists()


def test_the_administration_holds_no_session_and_erases_nothing(
    world: World, signed_in: Browser
) -> None:
    browser = signed_in("admin")
    for model in ("session", "action", "fgdevent", "minutesentry"):
        assert browser.get(f"/admin/fgd/{model}/").status_code == 404
    pk = world.agencies["polres"].pk
    assert browser.post(f"/admin/fgd/agency/{pk}/delete/").status_code == 403


def test_the_lists_of_the_administration_cost_few_queries(
    world: World, signed_in: Browser, django_assert_max_num_queries
) -> None:
    browser = signed_in("admin")
    for model in ("agency", "focalpoint", "series"):
        with django_assert_max_num_queries(10):
            assert browser.get(f"/admin/fgd/{model}/").status_code == 200
