from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from desabinaan.accounts.access import CAPABILITIES, Role
from fgd.agencies import services as agencies_services
from fgd.agencies.models import Agency, FocalPoint
from fgd.agencies.selectors.named_agencies import agencies_named
from tests.dataset import Dataset
from tests.locks import locked_by

Browser = Callable[[str], Client]
LIST, PROPOSE = "/fgd/instansi/", "/fgd/instansi/usul/"


def typed(dataset: Dataset, **changes: object) -> dict[str, object]:
    return {
        "name": "Dinas Kesehatan Contoh",
        "short_name": "Dinkes",
        "kind": "health",
        "level": "regency",
        "proposing_office": dataset.serang.pk,
    } | changes


def test_staff_propose_an_agency(dataset: Dataset, signed_in: Browser) -> None:
    signed_in("serang").post(PROPOSE, typed(dataset))
    agency = Agency.objects.get(short_name="Dinkes")
    assert (agency.status, agency.proposed_by) == ("proposed", dataset.people["serang"])


@pytest.mark.parametrize(
    "changes", [{"name": "dinsos contoh"}, {"short_name": "X" * 41}]
)
def test_a_known_or_overlong_name_is_refused(
    dataset: Dataset, signed_in: Browser, changes: dict[str, str]
) -> None:
    answer = signed_in("serang").post(PROPOSE, typed(dataset, **changes))
    assert answer.context["form"].errors
    assert Agency.objects.count() == 3


@pytest.mark.parametrize("name", ["official", "dinsos", "auditor"])
def test_others_propose_nothing(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    assert signed_in(name).post(PROPOSE, typed(dataset)).status_code == 403


def test_a_foreign_office_proposes_nothing(
    dataset: Dataset, signed_in: Browser
) -> None:
    data = typed(dataset, proposing_office=dataset.tangerang.pk)
    answer = signed_in("serang").post(PROPOSE, data)
    assert answer.context["form"].errors["proposing_office"]
    with pytest.raises(PermissionDenied):
        agencies_services.propose_agency(
            acting_user=dataset.user("official"),
            place=dataset.serang,
            name="X",
            short_name="X",
            kind="other",
            level="regency",
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Desa Kronjo, Kec. Kronjo"},
        {"name": "Kantor Desa Lontar"},
        {"short_name": "Kel. Lontar"},
    ],
)
def test_an_agency_with_the_name_of_a_village_is_not_proposed(
    dataset: Dataset, signed_in: Browser, changes: dict[str, str]
) -> None:
    answer = signed_in("serang").post(PROPOSE, typed(dataset, **changes))
    [refusal] = answer.context["form"].non_field_errors()
    assert str(dataset.tangerang if "Kronjo" in str(changes) else dataset.serang) in (
        refusal
    )
    assert Agency.objects.count() == 3


def test_a_similar_agency_is_shown_before_another_is_proposed(
    dataset: Dataset, signed_in: Browser
) -> None:
    browser = signed_in("serang")
    data = typed(dataset, name="Dinsos Contoh Pusat", short_name="Dinsos Pusat")
    answer = browser.post(PROPOSE, data)
    assert "Dinsos Contoh" in str(answer.context["form"].errors["is_another"])
    assert not Agency.objects.filter(status="proposed").exists()
    browser.post(PROPOSE, data | {"is_another": "on"})
    assert Agency.objects.get(status="proposed").name == "Dinsos Contoh Pusat"


def test_the_same_words_are_the_same_agency(
    dataset: Dataset, signed_in: Browser
) -> None:
    data = typed(dataset, name="Dinas Sosial Contoh", short_name="DSC")
    answer = signed_in("serang").post(PROPOSE, data | {"is_another": "on"})
    assert answer.context["form"].errors["name"]
    assert not Agency.objects.filter(status="proposed").exists()


def test_the_invited_read_names_and_hotlines_only(
    dataset: Dataset, signed_in: Browser
) -> None:
    Agency.objects.filter(short_name="Dinsos").update(hotline="1500")
    person = str(dataset.people["polres"])
    staff, invited = (
        signed_in(name).get(LIST).content.decode() for name in ("serang", "official")
    )
    assert "1500" in staff
    assert "1500" in invited
    assert person in staff
    assert person not in invited


def test_the_list_is_searched(dataset: Dataset, signed_in: Browser) -> None:
    found = signed_in("serang").get(f"{LIST}?cari=polres").context["agencies"]
    assert [row.short_name for row in found] == ["Polres Serang"]
    for name in ("nobody", "admin", "leader"):
        assert signed_in(name).get(LIST).status_code == 403


def test_a_focal_point_keeps_the_own_contact(
    dataset: Dataset, signed_in: Browser
) -> None:
    agency = dataset.agencies["dinsos"]
    url = reverse("agencies:agency_contact", args=[agency.pk])
    data: dict[str, Any] = {
        "head_name": "Kepala Contoh",
        "head_contact": "0811 2222 333",
    }
    data |= {"hotline": "129", "version": 1}
    for name in ("polres", "serang", "official"):
        assert signed_in(name).get(url).status_code == 403
    with pytest.raises(PermissionDenied):
        agencies_services.change_contact(
            agency.pk, acting_user=dataset.user("polres"), **data
        )
    signed_in("dinsos").post(url, data | {"status": "proposed", "name": "Diganti"})
    agency.refresh_from_db()
    assert (agency.head_contact, agency.hotline) == ("+628112222333", "129")
    assert (agency.status, agency.name) == ("confirmed", "Dinsos Contoh")


def test_the_agency_is_held_while_its_contact_changes(dataset: Dataset) -> None:
    data: dict[str, Any] = {"head_name": "", "head_contact": "", "hotline": "129"}
    agency, dinsos = dataset.agencies["dinsos"], dataset.user("dinsos")
    changed = partial(
        agencies_services.change_contact, agency.pk, acting_user=dinsos, version=1
    )
    assert locked_by(partial(changed, **data)) == ["agencies_agency"]


def test_two_people_editing_a_contact_see_each_others_changes(
    dataset: Dataset, signed_in: Browser
) -> None:
    agency = dataset.agencies["dinsos"]
    url = reverse("agencies:agency_contact", args=[agency.pk])
    data = {"head_name": "Kepala Contoh", "hotline": "129", "version": 1}
    browser = signed_in("dinsos")
    browser.post(url, data)
    page = browser.post(url, data | {"hotline": "110"}).content.decode()
    assert "129" in page
    assert 'value="110"' in page
    agency.refresh_from_db()
    assert (agency.hotline, agency.version) == ("129", 2)


def test_only_an_administrator_confirms(dataset: Dataset) -> None:
    Agency.objects.update(status="proposed")
    ids = Agency.objects.values_list("pk", flat=True)
    with pytest.raises(PermissionDenied):
        agencies_services.confirm_agencies(ids, acting_user=dataset.user("kanwil"))
    assert (
        agencies_services.confirm_agencies(ids, acting_user=dataset.user("admin")) == 3
    )


def test_of_a_merged_agency_the_successor_is_known(dataset: Dataset) -> None:
    dinsos, polres = dataset.agencies["dinsos"], dataset.agencies["polres"]
    Agency.objects.filter(pk=dinsos.pk).update(successor=polres)
    [named] = agencies_named(["dinsos contoh"])
    assert (named.agencies, named.is_merged) == ((polres,), True)
    [named] = agencies_named(["Dinsos\u00a0 Contoh"])
    assert named.agencies == (polres,)


# --- Administration ----------------------------------------------------------


def test_an_administrator_enters_and_confirms(
    dataset: Dataset, signed_in: Browser
) -> None:
    browser = signed_in("admin")
    data = {"name": "X Contoh", "short_name": "XC", "kind": "other", "level": "regency"}
    browser.post("/admin/agencies/agency/add/", data)
    assert Agency.objects.get(short_name="XC").status == "confirmed"
    Agency.objects.update(status="proposed")
    chosen = {"action": "confirm", "_selected_action": [dataset.agencies["dinsos"].pk]}
    browser.post("/admin/agencies/agency/", chosen)
    dataset.agencies["dinsos"].refresh_from_db()
    assert dataset.agencies["dinsos"].status == "confirmed"


def test_an_administrator_does_not_enter_an_agency_twice(
    dataset: Dataset, signed_in: Browser
) -> None:
    browser = signed_in("admin")
    data = {"short_name": "XC", "kind": "other", "level": "regency"}
    name = {"name": "Dinas Sosial - Contoh"}
    answer = browser.post("/admin/agencies/agency/add/", data | name)
    assert "Dinsos Contoh" in str(answer.context["adminform"].form.errors["name"])
    dinsos = dataset.agencies["dinsos"]
    url = f"/admin/agencies/agency/{dinsos.pk}/change/"
    browser.post(url, data | name | {"regions": []})
    dinsos.refresh_from_db()
    assert dinsos.name == "Dinas Sosial - Contoh"


@pytest.mark.parametrize("field", ["name", "short_name"])
def test_an_administrator_enters_no_agency_with_the_name_of_a_village(
    dataset: Dataset, signed_in: Browser, field: str
) -> None:
    data = {"name": "X Contoh", "short_name": "X", "kind": "other", "level": "regency"}
    url = "/admin/agencies/agency/add/"
    answer = signed_in("admin").post(url, data | {field: "Pemdes Kronjo"})
    assert "Kronjo, Kronjo" in str(answer.context["adminform"].form.errors[field])
    assert Agency.objects.count() == 3


def test_nobody_makes_himself_a_focal_point(
    dataset: Dataset, signed_in: Browser
) -> None:
    data = {"agency": dataset.agencies["dinsos"].pk, "starts_on": "2026-01-01"}
    browser = signed_in("admin")
    for name in ("admin", "nobody"):
        person = {"user": dataset.people[name].pk}
        browser.post("/admin/agencies/focalpoint/add/", data | person)
    assert not FocalPoint.objects.filter(user=dataset.people["admin"]).exists()
    assert FocalPoint.objects.filter(user=dataset.people["nobody"]).exists()


def test_the_administration_holds_no_session_and_erases_nothing(
    dataset: Dataset, signed_in: Browser
) -> None:
    browser = signed_in("admin")
    for model in (
        "fgd_sessions/session",
        "plan/action",
        "fgd_sessions/sessionevent",
        "plan/actionevent",
        "minutes/minutesentry",
    ):
        assert browser.get(f"/admin/{model}/").status_code == 404
    pk = dataset.agencies["polres"].pk
    assert browser.post(f"/admin/agencies/agency/{pk}/delete/").status_code == 403


def test_the_lists_of_the_administration_cost_few_queries(
    dataset: Dataset, signed_in: Browser, django_assert_max_num_queries
) -> None:
    browser = signed_in("admin")
    for model in ("agencies/agency", "agencies/focalpoint", "fgd_sessions/series"):
        with django_assert_max_num_queries(10):
            assert browser.get(f"/admin/{model}/").status_code == 200


def test_new_names_of_a_list_ask_for_the_right_to_propose(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    capabilities = CAPABILITIES[Role.OFFICE_STAFF] - {"agency.propose"}
    monkeypatch.setitem(CAPABILITIES, Role.OFFICE_STAFF, capabilities)
    named = partial(
        agencies_services.known_or_proposed_agencies,
        acting_user=dataset.user("serang"),
        place=dataset.serang,
    )
    assert named(["Dinsos"])
    with pytest.raises(PermissionDenied):
        named(["Dinsos", "Lembaga Baru"])
    assert not Agency.objects.filter(name="Lembaga Baru").exists()
