"""An administrator merges on a page that shows first what will move."""

import pytest
from django.test import Client

from fgd.agencies.models import Agency, FocalPoint
from tests.dataset import Dataset, make_user
from tests.merging.test_merging import dinsos, merge
from tests.sessions import sessions as scene


@pytest.fixture
def duplicate(dataset: Dataset) -> Agency:
    return scene.second_dinsos()


def test_the_administrator_sees_what_moves_before_it_moves(
    dataset, duplicate, signed_in
):
    scene.running(dataset)
    scene.action(dataset)
    address = f"/admin/agencies/agency/{dinsos(dataset).pk}/merge/"
    client = signed_in("admin")
    assert "Dinas Sosial" in client.get(address).content.decode()
    shown = client.get(f"{address}?into={duplicate.pk}")
    moves = shown.context["moves"]
    assert (moves.focal_points, moves.invitations, moves.actions) == (1, 1, 1)
    assert moves.locked_sessions == 1
    assert Agency.objects.get(pk=dinsos(dataset).pk).successor is None
    answer = client.post(address, {"into": duplicate.pk}, follow=True)
    assert "digabung ke Dinas Sosial" in answer.content.decode()
    late = client.post(address, {"into": duplicate.pk}, follow=True)
    assert "sudah digabung ke Dinas Sosial" in late.content.decode()


def test_the_page_is_the_administrators(dataset: Dataset, duplicate: Agency, signed_in):
    address = f"/admin/agencies/agency/{dinsos(dataset).pk}/merge/"
    for name in ("kanwil", "serang", "official"):
        assert signed_in(name).post(address, {"into": duplicate.pk}).status_code == 302
    assert (
        signed_in("admin").get("/admin/agencies/agency/99999/merge/").status_code == 404
    )
    assert Agency.objects.get(pk=dinsos(dataset).pk).successor is None


def test_who_only_looks_after_accounts_does_not_merge(
    dataset, duplicate, client: Client
):
    person = make_user("penjaga.akun", is_staff=True)
    client.force_login(person)
    address = f"/admin/agencies/agency/{dinsos(dataset).pk}/merge/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"into": duplicate.pk}).status_code == 403


def test_a_merged_agency_is_not_offered_to_a_focal_point(dataset, duplicate, signed_in):
    merge(dataset, dinsos(dataset), duplicate)
    client = signed_in("admin")
    asked = (
        "/admin/autocomplete/?app_label=agencies&model_name=focalpoint"
        "&field_name=agency"
    )
    offered = client.get(f"{asked}&term=sos").json()["results"]
    assert [row["id"] for row in offered] == [str(duplicate.pk)]
    sent = {
        "user": dataset.people["nobody"].pk,
        "agency": dinsos(dataset).pk,
        "starts_on": "2026-11-01",
    }
    client.post("/admin/agencies/focalpoint/add/", sent)
    assert not FocalPoint.objects.filter(user=dataset.people["nobody"]).exists()


def test_the_plan_of_the_successor_holds_what_the_other_closed(
    dataset, duplicate, signed_in
) -> None:
    closed = scene.action(dataset, status="cancelled")
    merge(dataset, dinsos(dataset), duplicate)
    found = (
        signed_in("kanwil").get(f"/rencana-aksi/?agency={duplicate.pk}").context["rows"]
    )
    assert [row["id"] for row in found] == [closed.pk]
    offered = signed_in("kanwil").get("/rencana-aksi/").context["form"].fields["agency"]
    assert "Dinsos" not in dict(offered.choices).values()
