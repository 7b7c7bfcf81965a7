"""A village is typed by name or code; doubt is answered with candidates."""

import pytest
from django import forms

from desabinaan.lib.forms import PortalForm
from tests.world import World, make_village
from villages.forms.fields import VillageField, VillagesField
from villages.models import Region


def both(world: World, typed: str, name: str = "kanwil") -> forms.Form:
    user = world.user(name)

    class Both(PortalForm, forms.Form):
        one = VillageField(user, "village.view")
        several = VillagesField(user, "village.view", required=False)

    form = Both({"one": typed, "several": typed})
    form.is_valid()
    return form


@pytest.fixture
def two_lontars(world: World) -> World:
    Region.objects.filter(pk="36.03.07.2001").update(name="Lontar")
    world.villages["kronjo"].name = "Lontar"
    world.villages["kronjo"].save()
    return world


@pytest.mark.parametrize(
    "typed",
    [
        "lontar",
        " Lontar ",
        "Lontar, Tirtayasa",
        "36.04.13.2007",
        "Lontar, Tirtayasa (36.04.13.2007)",
        "lon tir",
    ],
)
def test_one_village_is_meant(world: World, typed):
    form = both(world, typed)
    assert form.cleaned_data["one"] == world.villages["lontar"]
    assert form.cleaned_data["several"] == [world.villages["lontar"]]


def test_an_exact_name_wins_over_a_longer_one(world: World):
    Region.objects.filter(pk="36.04.13.2008").update(name="Lontar Jaya")
    make_village("36.04.13.2008", world.serang)
    assert both(world, "Lontar").cleaned_data["one"] == world.villages["lontar"]


def test_an_ambiguous_name_is_answered_with_the_candidates(two_lontars: World):
    [told] = both(two_lontars, "Lontar").errors["one"]
    assert "Lontar, Tirtayasa (36.04.13.2007)" in told
    assert "Lontar, Kronjo (36.03.07.2001)" in told
    named = both(two_lontars, "Lontar, Kronjo").cleaned_data["one"]
    assert named == two_lontars.villages["kronjo"]


@pytest.mark.parametrize("typed", ["Kronjo", "36.03.07.2001", "zzz", "!!", "a\0b"])
def test_what_is_out_of_sight_is_unknown(world: World, typed):
    form = both(world, typed, "serang")
    assert "Tidak ada desa" in form.errors["one"][0]
    assert "several" in form.errors


def test_every_line_in_doubt_is_named_by_one_query(
    world: World, django_assert_num_queries
):
    user = world.user("kanwil")
    typed = "Lontar\n\nzzz\r\nLontar, Tirtayasa\nKronjo\nserang\nyyy"
    with (
        pytest.raises(forms.ValidationError) as refused,
        django_assert_num_queries(2),  # the standing, and all the lines
    ):
        VillagesField(user, "village.view").clean(typed)
    assert len(refused.value.messages) == 3


def test_each_village_counts_once_and_not_too_many(world: World):
    field = VillagesField(world.user("kanwil"), "village.view")
    assert field.clean("Lontar\n36.04.13.2007") == [world.villages["lontar"]]
    with pytest.raises(forms.ValidationError):
        field.clean("Lontar\n" * 51)
    with pytest.raises(forms.ValidationError):
        field.clean(" \n")


def test_a_village_is_shown_again_as_it_can_be_typed(world: World):
    lontar = world.villages["lontar"]
    label = "Lontar, Tirtayasa (36.04.13.2007)"
    user = world.user("kanwil")
    one, several = (
        VillageField(user, "village.view"),
        VillagesField(user, "village.view"),
    )
    assert one.prepare_value(lontar) == label
    assert several.prepare_value([lontar]) == label
    assert one.has_changed(lontar, label) is False
