"""A village is typed by name or code; doubt is answered with candidates."""

import pytest
from django import forms

from desabinaan.lib.web.forms import PortalForm
from tests.dataset import Dataset, make_village
from villages.places.models import Region
from villages.register.forms.fields import VillageField, VillagesField


def both(dataset: Dataset, typed: str, name: str = "kanwil") -> forms.Form:
    user = dataset.user(name)

    class Both(PortalForm, forms.Form):
        one = VillageField(user, "village.view")
        several = VillagesField(user, "village.view", required=False)

    form = Both({"one": typed, "several": typed})
    form.is_valid()
    return form


@pytest.fixture
def two_lontars(dataset: Dataset) -> Dataset:
    region = Region.objects.get(pk="36.03.07.2001")
    region.name = "Lontar"
    region.save()
    dataset.villages["kronjo"].name = "Lontar"
    dataset.villages["kronjo"].save()
    return dataset


@pytest.mark.parametrize(
    "typed",
    [
        "lontar",
        " Lontar ",
        "Lontar, Tirtayasa",
        "36.04.13.2007",
        "Lontar, Tirtayasa (36.04.13.2007)",
        "Lontar, Tirtayasa (36.04.13.2007), diusulkan",
        "3604132007",
        "3604132007.0",
        "Desa Lontar",
        "Ds. LONTAR",
        "Lontar, Kec. Tirtayasa",
        "Desa Lontar Kecamatan Tirtayasa Kab. Serang",
        "Lontar (Tirtayasa)",
        "36.04.13.2007 Lontar",
        "36.04.13.2007 Lontar, Serang",
    ],
)
def test_one_village_is_meant(dataset: Dataset, typed):
    form = both(dataset, typed)
    assert form.cleaned_data["one"] == dataset.villages["lontar"]
    assert form.cleaned_data["several"] == [dataset.villages["lontar"]]


@pytest.mark.parametrize(
    "typed",
    [
        "lon tir",
        "Lont",
        "Lontra, Tirtayasa",
        "36.04.13.2007 Kronjo",
        "36.04.13.2007 Lontar, Kronjo",
        "36.04.13.2007, Kec. Kronjo",
        "Lontar, Tirtayasa, Kab. Tangerang (36.04.13.2007)",
    ],
)
def test_what_only_looks_like_a_village_is_not_taken(dataset: Dataset, typed):
    assert "one" in both(dataset, typed).errors
    assert "several" in both(dataset, typed).errors


def test_the_only_similar_village_is_offered(dataset: Dataset):
    [message] = both(dataset, "lon tir").errors["one"]
    assert "Lontar, Tirtayasa (36.04.13.2007)" in message


def test_an_exact_name_wins_over_a_longer_one(dataset: Dataset):
    Region.objects.filter(pk="36.04.13.2008").update(name="Lontar Jaya")
    make_village("36.04.13.2008", dataset.serang)
    assert both(dataset, "Lontar").cleaned_data["one"] == dataset.villages["lontar"]


def test_an_ambiguous_name_is_answered_with_the_candidates(two_lontars: Dataset):
    [message] = both(two_lontars, "Lontar").errors["one"]
    assert "Lontar, Tirtayasa (36.04.13.2007)" in message
    assert "Lontar, Kronjo (36.03.07.2001)" in message
    named = both(two_lontars, "Lontar, Kronjo").cleaned_data["one"]
    assert named == two_lontars.villages["kronjo"]


@pytest.mark.parametrize("typed", ["Kronjo", "36.03.07.2001", "zzz", "!!", "a\0b"])
def test_a_village_that_is_not_visible_is_unknown(dataset: Dataset, typed):
    form = both(dataset, typed, "serang")
    assert "Tidak ada desa" in form.errors["one"][0]
    assert "several" in form.errors


def test_every_line_in_doubt_is_named_by_two_queries(
    dataset: Dataset, django_assert_num_queries
):
    user = dataset.user("kanwil")
    typed = "Lontar\n\nzzz\r\nLontar, Tirtayasa\nKronjo\nserang\nyyy"
    with (
        pytest.raises(forms.ValidationError) as refused,
        django_assert_num_queries(3),  # the roles, the names, what is like them
    ):
        VillagesField(user, "village.view").clean(typed)
    assert len(refused.value.messages) == 3


def test_each_village_counts_once_and_not_too_many(dataset: Dataset):
    field = VillagesField(dataset.user("kanwil"), "village.view")
    assert field.clean("Lontar\n36.04.13.2007") == [dataset.villages["lontar"]]
    with pytest.raises(forms.ValidationError):
        field.clean("Lontar\n" * 51)
    with pytest.raises(forms.ValidationError):
        field.clean(" \n")


def test_a_village_is_shown_again_as_it_can_be_typed(dataset: Dataset):
    lontar = dataset.villages["lontar"]
    label = "Lontar, Tirtayasa (36.04.13.2007)"
    user = dataset.user("kanwil")
    one, several = (
        VillageField(user, "village.view"),
        VillagesField(user, "village.view"),
    )
    assert one.prepare_value(lontar) == label
    assert several.prepare_value([lontar]) == label
    assert one.has_changed(lontar, label) is False
