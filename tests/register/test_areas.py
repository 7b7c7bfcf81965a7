"""A village is assigned to the office whose area contains it."""

from functools import partial

from tests.dataset import Dataset
from tests.locks import locked_by
from villages.places.models import ServiceArea
from villages.register import services as register_services
from villages.register.models import Village, VillageEvent

OFFICE = "/admin/places/office/"


def test_villages_go_with_their_area_and_keep_a_line_of_it(dataset: Dataset) -> None:
    ServiceArea.objects.create(office=dataset.tangerang, region_id="36.04.13")
    assert register_services.settle_villages(acting_user=dataset.user("admin")) == 2
    assert (
        Village.objects.get(pk=dataset.villages["lontar"].pk).office
        == dataset.tangerang
    )
    event = VillageEvent.objects.get(
        village=dataset.villages["lontar"], verb="change_office"
    )
    assert event.note == f"{dataset.serang} → {dataset.tangerang}"
    assert register_services.settle_villages(acting_user=None) == 0


def test_a_village_is_held_until_it_has_changed_hands(dataset: Dataset) -> None:
    ServiceArea.objects.create(office=dataset.tangerang, region_id="36.04.13")
    settled = partial(register_services.settle_villages, acting_user=None)
    assert locked_by(settled) == ["register_village"]


def test_a_village_that_no_area_holds_stays_where_it_is(dataset: Dataset) -> None:
    ServiceArea.objects.all().delete()
    assert register_services.settle_villages(acting_user=None) == 0


def test_a_new_area_is_entered_in_the_administration(
    dataset: Dataset, signed_in
) -> None:
    office = dataset.tangerang
    areas = ServiceArea.objects.filter(office=office)
    post = {
        "kind": office.kind,
        "name": office.name,
        "short_name": office.short_name,
        "parent": office.parent_id,
        "zone": office.zone,
        "service_areas-TOTAL_FORMS": areas.count() + 1,
        "service_areas-INITIAL_FORMS": areas.count(),
        f"service_areas-{areas.count()}-region": "36.04.08",
    }
    for number, area in enumerate(areas):
        post |= {
            f"service_areas-{number}-id": area.pk,
            f"service_areas-{number}-region": area.region_id,
        }
    page = signed_in("admin").post(f"{OFFICE}{office.pk}/change/", post, follow=True)
    assert "1 desa kini" in page.content.decode()
    assert Village.objects.get(pk=dataset.villages["pulopanjang"].pk).office == office
