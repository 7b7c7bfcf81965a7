"""A village lies in the care of the office whose area holds it."""

from functools import partial

from tests.locks import locked_by
from tests.world import World
from villages import actions
from villages.models import ServiceArea, Village, VillageEvent

OFFICE = "/admin/villages/office/"


def test_villages_go_with_their_area_and_keep_a_line_of_it(world: World) -> None:
    ServiceArea.objects.create(office=world.tangerang, region_id="36.04.13")
    assert actions.settle_villages(acting_user=world.user("admin")) == 2
    assert Village.objects.get(pk=world.villages["lontar"].pk).office == world.tangerang
    event = VillageEvent.objects.get(
        village=world.villages["lontar"], verb="change_office"
    )
    assert event.note == f"{world.serang} → {world.tangerang}"
    assert actions.settle_villages(acting_user=None) == 0


def test_a_village_is_held_until_it_has_changed_hands(world: World) -> None:
    ServiceArea.objects.create(office=world.tangerang, region_id="36.04.13")
    settled = partial(actions.settle_villages, acting_user=None)
    assert locked_by(settled) == ["villages_village"]


def test_a_village_that_no_area_holds_stays_where_it_is(world: World) -> None:
    ServiceArea.objects.all().delete()
    assert actions.settle_villages(acting_user=None) == 0


def test_a_new_area_is_entered_in_the_administration(world: World, signed_in) -> None:
    office = world.tangerang
    held = ServiceArea.objects.filter(office=office)
    post = {
        "kind": office.kind,
        "name": office.name,
        "short_name": office.short_name,
        "parent": office.parent_id,
        "zone": office.zone,
        "service_areas-TOTAL_FORMS": held.count() + 1,
        "service_areas-INITIAL_FORMS": held.count(),
        f"service_areas-{held.count()}-region": "36.04.08",
    }
    for number, area in enumerate(held):
        post |= {
            f"service_areas-{number}-id": area.pk,
            f"service_areas-{number}-region": area.region_id,
        }
    page = signed_in("admin").post(f"{OFFICE}{office.pk}/change/", post, follow=True)
    assert "1 desa kini" in page.content.decode()
    assert Village.objects.get(pk=world.villages["pulopanjang"].pk).office == office
