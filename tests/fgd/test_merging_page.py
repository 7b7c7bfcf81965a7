"""An administrator merges on a page that shows first what will move."""

import pytest
from django.test import Client

from fgd.models import Agency, FocalPoint
from tests.fgd import scene
from tests.fgd.test_merging import dinsos, merge
from tests.world import World, make_user


@pytest.fixture
def twin(world: World) -> Agency:
    return scene.second_dinsos()


def test_the_administrator_sees_what_moves_before_it_moves(world, twin, signed_in):
    scene.running(world)
    scene.action(world)
    address = f"/admin/fgd/agency/{dinsos(world).pk}/merge/"
    client = signed_in("admin")
    assert "Dinas Sosial" in client.get(address).content.decode()
    shown = client.get(f"{address}?into={twin.pk}")
    moves = shown.context["moves"]
    assert (moves.focal_points, moves.invitations, moves.actions) == (1, 1, 1)
    assert moves.kept_sessions == 1
    assert Agency.objects.get(pk=dinsos(world).pk).successor is None
    answer = client.post(address, {"into": twin.pk}, follow=True)
    assert "dilanjutkan sebagai Dinas Sosial" in answer.content.decode()
    late = client.post(address, {"into": twin.pk}, follow=True)
    assert "sudah digabung ke Dinas Sosial" in late.content.decode()


def test_the_page_is_the_administrators(world: World, twin: Agency, signed_in):
    address = f"/admin/fgd/agency/{dinsos(world).pk}/merge/"
    for name in ("kanwil", "serang", "official"):
        assert signed_in(name).post(address, {"into": twin.pk}).status_code == 302
    assert signed_in("admin").get("/admin/fgd/agency/99999/merge/").status_code == 404
    assert Agency.objects.get(pk=dinsos(world).pk).successor is None


def test_who_only_looks_after_accounts_does_not_merge(world, twin, client: Client):
    person = make_user("penjaga.akun", is_staff=True)
    client.force_login(person)
    address = f"/admin/fgd/agency/{dinsos(world).pk}/merge/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"into": twin.pk}).status_code == 403


def test_a_merged_agency_is_not_offered_to_a_focal_point(world, twin, signed_in):
    merge(world, dinsos(world), twin)
    client = signed_in("admin")
    asked = "/admin/autocomplete/?app_label=fgd&model_name=focalpoint&field_name=agency"
    offered = client.get(f"{asked}&term=sos").json()["results"]
    assert [row["id"] for row in offered] == [str(twin.pk)]
    sent = {
        "user": world.people["nobody"].pk,
        "agency": dinsos(world).pk,
        "starts_on": "2026-11-01",
    }
    client.post("/admin/fgd/focalpoint/add/", sent)
    assert not FocalPoint.objects.filter(user=world.people["nobody"]).exists()


def test_the_plan_of_the_successor_holds_what_the_other_closed(
    world, twin, signed_in
) -> None:
    closed = scene.action(world, status="cancelled")
    merge(world, dinsos(world), twin)
    found = signed_in("kanwil").get(f"/rencana-aksi/?agency={twin.pk}").context["rows"]
    assert [row["id"] for row in found] == [closed.pk]
    offered = signed_in("kanwil").get("/rencana-aksi/").context["form"].fields["agency"]
    assert "Dinsos" not in dict(offered.choices).values()
