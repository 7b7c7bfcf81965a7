"""What the label says of a field that need not be filled in."""

import re
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string

from desabinaan.lib.web.forms import PortalForm
from fgd.participants.forms.participants import DelegateForm, InviteForm
from fgd.plan.forms.decisions import SettleForm, WaiverForm
from fgd.plan.models import ActionVillage
from fgd.sessions.models import Session, Topic, TopicVillage
from tests.dataset import Dataset, make_session
from villages.people.forms.accounts import AccountRequestForm
from villages.people.forms.zoning import LetterForm
from villages.places.models import Office
from villages.register.models import Village

LABEL = re.compile(r'class="field__label"[^>]*>(.*?)</(?:label|legend)>', re.DOTALL)
MARK = re.compile(r'<span class="optional">\((.*?)\)</span>')


def mark(form: forms.BaseForm, name: str) -> str:
    """Return the words in brackets after the label, "" when there are none."""
    field = render_to_string("bootstrap5/field.html", {"field": form[name]})
    label = LABEL.search(field)
    assert label, field
    found = MARK.search(label[1])
    return found[1] if found else ""


class Answers(PortalForm, forms.Form):
    listed = [("a", "A"), ("b", "B")]
    blank = [("", "belum"), *listed]

    text = forms.CharField(required=False)
    needed = forms.CharField()
    radio = forms.ChoiceField(choices=listed, required=False, widget=forms.RadioSelect)
    preset = forms.ChoiceField(
        choices=listed, required=False, widget=forms.RadioSelect, initial="a"
    )
    preset_or_blank = forms.ChoiceField(
        choices=blank, required=False, widget=forms.RadioSelect, initial="a"
    )
    select = forms.ChoiceField(choices=listed, required=False)
    select_or_blank = forms.ChoiceField(choices=blank, required=False)
    boxes = forms.MultipleChoiceField(
        choices=listed,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=["a"],
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "boleh kosong"),
        ("needed", ""),
        ("radio", "boleh kosong"),
        ("preset", ""),  # a radio button cannot be cleared
        ("preset_or_blank", "boleh kosong"),
        ("select", ""),  # the first choice is taken
        ("select_or_blank", "boleh kosong"),
        ("boxes", "boleh kosong"),
    ],
)
def test_may_stay_empty_is_said_where_it_is_possible(name: str, expected: str) -> None:
    assert mark(Answers(), name) == expected


@pytest.mark.parametrize("data", [{"preset": "b"}, {"radio": "b", "preset": "b"}])
def test_a_chosen_answer_cannot_be_cleared_either(data: dict[str, str]) -> None:
    form = Answers(data)
    assert mark(form, "preset") == ""
    assert mark(form, "radio") == ("" if "radio" in data else "boleh kosong")


# --- Pages -------------------------------------------------------------------


@pytest.fixture
def session(dataset: Dataset) -> Session:
    return make_session(dataset.serang, dataset.people["serang"], "scheduled")


def test_the_outcome_of_a_village_cannot_be_empty(
    dataset: Dataset, signed_in: Any, session: Session
) -> None:
    topic = Topic.objects.create(session=session, number=1, title="Calo")
    TopicVillage.objects.create(topic=topic, village=dataset.villages["lontar"])
    page = signed_in("serang").get(f"/fgd/{session.pk}/topik/{topic.pk}/desa/")
    assert "Lontar" in page.content.decode()
    assert "boleh kosong" not in page.content.decode()


def test_a_pasted_list_or_its_file_is_needed(signed_in: Any, session: Session) -> None:
    page = signed_in("serang").get(f"/fgd/{session.pk}/peserta/tempel/")
    text = page.content.decode()
    assert "boleh kosong" not in text
    assert text.count("(isi salah satu)") == 2


@pytest.mark.django_db
def test_invitations_need_an_agency_or_a_village(dataset: Dataset) -> None:
    form = InviteForm(user=dataset.user("serang"), agencies=[])
    assert mark(form, "villages") == "undang paling sedikit satu instansi atau desa"
    assert mark(form, "letter_number") == "boleh kosong"


def letter(dataset: Dataset, *offered: Village) -> LetterForm:
    return LetterForm(user=dataset.user("serang"), offered=offered, officers=[])


def test_a_letter_needs_a_village(dataset: Dataset) -> None:
    form = letter(dataset, dataset.villages["lontar"])
    assert mark(form, "villages") == ""
    assert mark(form, "more_villages") == "boleh kosong jika ada yang dicentang"
    alone = letter(dataset)
    assert mark(alone, "more_villages") == ""
    assert alone["more_villages"].label == "Desa"


def test_a_letter_without_a_village_is_refused(dataset: Dataset) -> None:
    user = dataset.user("serang")
    for offered in ([dataset.villages["lontar"]], []):
        form = LetterForm({"person": ""}, user=user, offered=offered, officers=[])
        name = "villages" if offered else "more_villages"
        assert len(form.errors[name]) == 1
    assert form.errors["more_villages"] == ["Isi “Desa”."]


def test_a_reason_that_one_answer_needs_is_no_optional_one() -> None:
    place = ActionVillage(status=ActionVillage.Status.PENDING)
    settle = SettleForm(None, place=place, may_request=True)
    assert mark(settle, "reason") == "wajib untuk pengecualian"
    assert mark(WaiverForm(), "note") == "wajib jika ditolak"


def test_a_place_that_one_role_needs_is_no_optional_one(dataset: Dataset) -> None:
    offices = [*Office.objects.filter(kind="kanim")]
    form = AccountRequestForm(user=dataset.user("kanwil"), offices=offices)
    assert mark(form, "village") == "wajib untuk PIMPASA dan perangkat desa"
    assert mark(form, "office") == "wajib untuk petugas kantor"
    assert mark(form, "email") == "boleh kosong"


def test_the_name_of_an_unlisted_agency_is_no_optional_one() -> None:
    form = DelegateForm(parties=[])
    assert mark(form, "new_agency") == "wajib jika tidak ada dalam daftar"
