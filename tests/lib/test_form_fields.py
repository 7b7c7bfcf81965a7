"""How fields are rendered, and their error messages."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import override

from desabinaan.accounts.forms import SignInForm, SlipCodeForm
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm, ReasonForm, grouped
from fgd.minutes.forms import MinutesForm
from fgd.participants.models import Delegate
from fgd.plan.forms.decisions import MOST_CHARACTERS, NoteForm
from fgd.plan.forms.finalising import FinaliseForm
from fgd.sessions.models import Session
from villages.places.models import Office

NEXT_YEAR = Session(
    ends_at=timezone.now() + timedelta(days=365),
    office=Office(zone=Office.Zone.WIB),
)


class MeetingForm(PortalForm, forms.Form):
    theme = forms.CharField(label="Tema", max_length=200, help_text="Satu kalimat.")
    held_on = DayField(label="Tanggal")
    people = forms.IntegerField(label="Jumlah peserta", min_value=0)
    kind = forms.ChoiceField(
        label="Jenis", choices=[("a", "FGD"), ("b", "Rapat")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Catatan", max_length=5, required=False)
    agreed = forms.BooleanField(label="Sudah diperiksa")


@pytest.fixture(autouse=True)
def _indonesian():
    with translation.override("id"):
        yield


def page(form: forms.Form, layout: str = "layouts/form.html") -> str:
    context = {
        "form": form,
        "title": "FGD",
        "submit_label": "Simpan",
        "csrf_token": "x",
    }
    return render_to_string(layout, context)


def ids_in(html: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', html))


def filled(**changes: str) -> MeetingForm:
    data = {"theme": "T", "held_on": "2026-11-11", "people": "3", "kind": "a"}
    return MeetingForm(data | {"agreed": "on"} | changes)


@pytest.mark.parametrize(
    ("form", "name", "limit"),
    [
        (partial(MinutesForm, speakers=Delegate.objects.none()), "text", 8000),
        (partial(ReasonForm, max_length=700), "reason", 700),
        (partial(FinaliseForm, session=NEXT_YEAR), "note", 2000),
        (NoteForm, "note", MOST_CHARACTERS),
    ],
)
@pytest.mark.django_db
def test_a_line_break_counts_once(form, name: str, limit: int) -> None:
    """A browser counts one, and sends two characters."""
    typed = (("a" * 79 + "\n") * 200)[: limit - 1] + "b"
    whole = form({name: typed.replace("\n", "\r\n")})
    assert name not in whole.errors
    assert whole.cleaned_data[name] == typed
    longer = form({name: typed + "b"})
    assert name in longer.errors


def test_the_title_of_a_page_with_mistakes_says_so():
    assert "<title>Kesalahan: " in page(MeetingForm({}))
    assert "<title>Kesalahan" not in page(MeetingForm())


@pytest.mark.parametrize("layout", ["layouts/form.html", "layouts/plain.html"])
def test_each_line_of_the_summary_leads_to_an_entry(layout: str):
    html = page(MeetingForm({}), layout)
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert len(targets) == 5
    assert set(targets) <= ids_in(html)


def test_hints_and_mistakes_are_tied_to_their_entry():
    html = page(MeetingForm({}))
    tied = {
        name
        for group in re.findall(r'aria-describedby="([^"]+)"', html)
        for name in group.split()
    }
    assert tied <= ids_in(html)
    assert {"id_theme_helptext", "id_theme_error", "id_kind_error"} <= tied
    assert 'aria-invalid="true"' in html


def test_label_hint_mistake_and_entry_come_in_that_order():
    html = page(MeetingForm({}))
    places = [
        html.index(part)
        for part in (
            'for="id_theme"',
            'id="id_theme_helptext"',
            'id="id_theme_error"',
            'name="theme"',
        )
    ]
    assert places == sorted(places)


def test_the_exception_is_marked_not_the_rule():
    html = page(MeetingForm())
    assert html.count("(boleh kosong)") == 1
    assert "*</" not in html


def test_what_was_typed_stays_even_where_it_is_no_day():
    html = page(filled(held_on="besok", people="banyak"))
    assert 'value="besok"' in html
    assert 'value="banyak"' in html


@pytest.mark.parametrize(
    "typed",
    ["2026-10-03", "3/10/2026", "03-10-2026", "3 Oktober 2026", "3 okt 2026",
     "3 October 2026", "3.10.2026"],
)  # fmt: skip
def test_a_day_may_be_typed_in_the_usual_ways(typed: str):
    for language in ("id", "en"):
        with override(language):
            form = filled(held_on=typed)
            assert form.is_valid(), form.errors
            assert form.cleaned_data["held_on"] == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("changes", "name", "text"),
    [
        ({"theme": ""}, "theme", "Isi “Tema”."),
        ({"held_on": "besok"}, "held_on", "Tulis “Tanggal” sebagai tanggal, misalnya"),
        ({"people": "tiga"}, "people", "“Jumlah peserta” harus angka bulat,"),
        ({"people": "20,5"}, "people", "“Jumlah peserta” harus angka bulat,"),
        ({"people": "-1"}, "people", "“Jumlah peserta” tidak boleh kurang dari 0."),
        ({"kind": ""}, "kind", "Pilih jawaban untuk “Jenis”."),
        ({"kind": "z"}, "kind", "Pilih salah satu jawaban yang tersedia"),
        ({"note": "terlalu"}, "note", "“Catatan” memuat paling banyak 5 karakter."),
        ({"theme": "a\0b"}, "theme", "“Tema” memuat karakter yang tidak dapat"),
        ({"agreed": ""}, "agreed", "Centang “Sudah diperiksa” untuk melanjutkan."),
    ],
)  # fmt: skip
def test_errors_have_our_own_messages(changes, name, text):
    form = filled(**changes)
    assert str(form.errors[name][0]).startswith(text)


def test_only_a_whole_number_is_called_one():
    class Sizes(PortalForm, forms.Form):
        share = forms.DecimalField(label="Bagian")
        length = forms.FloatField(label="Panjang")

    form = Sizes({"share": "x", "length": "y"})
    assert form.errors["share"] == ["“Bagian” harus angka, misalnya 25."]
    assert form.errors["length"] == ["“Panjang” harus angka, misalnya 25."]


def test_a_message_the_form_brought_itself_stays():
    class Own(PortalForm, forms.Form):
        month = forms.CharField(error_messages={"required": "Pilih bulan laporan."})

    assert Own({}).errors["month"] == ["Pilih bulan laporan."]


@pytest.mark.parametrize("text", ["-", "nihil", "Belum ada", "n/a", "…"])
def test_a_required_line_that_says_nothing_is_refused_like_a_blank(text):
    form = filled(theme=text)
    assert form.errors == {"theme": ["Isi “Tema”."]} == filled(theme="").errors


@pytest.mark.parametrize("text", ["Aman", "Nihilisme", "Belum ada jalan"])
def test_a_required_line_that_says_something_stays(text):
    form = filled(theme=text, note="-")
    assert form.is_valid()
    assert (form.cleaned_data["theme"], form.cleaned_data["note"]) == (text, "")


def test_a_message_of_its_own_also_answers_a_text_that_says_nothing():
    class Own(PortalForm, forms.Form):
        month = forms.CharField(error_messages={"required": "Pilih bulan laporan."})

    form = Own({"month": "nihil", "year": "nihil"})
    form.add_field("year", forms.CharField(label="Tahun"))
    assert form.errors == {"month": ["Pilih bulan laporan."], "year": ["Isi “Tahun”."]}


def test_searches_secrets_codes_and_hidden_fields_take_any_text():
    class Searching(PortalForm, forms.Form):
        q = forms.CharField(widget=forms.TextInput(attrs={"type": "search"}))
        secret = forms.CharField(widget=forms.PasswordInput)
        token = forms.CharField(widget=forms.HiddenInput)

    assert Searching(dict.fromkeys(["q", "secret", "token"], "-")).is_valid()
    assert SignInForm({"username": "nihil", "password": "kosong"}).is_valid()
    assert SlipCodeForm({"username": "nihil", "code": "kosong"}).is_valid()


def test_numbers_get_the_number_pad_and_days_the_calendar():
    html = page(MeetingForm(initial={"held_on": date(2026, 11, 11)}))
    assert re.search(r'type="text" name="people"[^>]*inputmode="numeric"', html)
    assert re.search(r'type="date" name="held_on" value="2026-11-11"', html)


def test_a_choice_not_made_yet_says_so():
    class Asking(PortalForm, forms.Form):
        kind = forms.ChoiceField(choices=[("", "---------"), ("a", "FGD")])

    html = str(Asking()["kind"])
    assert "– pilih –" in html
    assert "---" not in html


def test_the_summary_follows_the_order_on_the_page():
    class Turned(MeetingForm):
        helper = grouped("people", "theme")

    html = page(Turned({}))
    assert html.index('href="#id_people"') < html.index('href="#id_theme"')


def test_a_group_has_a_heading_and_no_second_form():
    class Grouped(MeetingForm):
        helper = grouped("theme", "held_on")

    html = page(Grouped())
    assert html.count("<form") == 1
    assert 'name="people"' not in html
