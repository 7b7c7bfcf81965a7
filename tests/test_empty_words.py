"""No form takes "-" or "nihil" for an answer, nor stores it."""

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from django.test import RequestFactory

from desabinaan.lib.web.date_fields import ClockField, DayField, FilterDayField
from desabinaan.lib.web.forms import PortalForm, ReasonForm, WholeNumberField
from desabinaan.lib.web.meant_texts import MeantForm
from reports.monthly.forms.figures import FigureField
from villages.register.forms.profile import DegreesField
from villages.vulnerability.forms.figures import NumberField

OURS = {"desabinaan", "villages", "fgd", "reports"}
NUMBER_FIELDS = (WholeNumberField, NumberField, DegreesField, DayField, ClockField)
# The forms of all views.
import_module(settings.ROOT_URLCONF)
#: forms in which "kosong" may be a code or a name to sign in with, and pasted tables
ANY_TEXT = {"AccessCodeForm", "SignInForm", "ForgotForm", "SlipCodeForm"}
ANY_TEXT |= {"PasteForm", "RundownPasteForm", "DelegateListForm"}


def forms_below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from forms_below(one)


def texts_of(fields: dict[str, forms.Field]) -> dict[str, forms.Field]:
    """Fields of the standard kind for text, lines and areas, without searches."""
    return {
        name: field
        for name, field in fields.items()
        if type(field) is forms.CharField
        and (
            isinstance(field.widget, forms.Textarea)
            or getattr(field.widget, "input_type", "") == "text"
        )
    }


PORTAL = sorted(
    {
        (kind.__module__, kind.__name__, name)
        for kind in forms_below(PortalForm)
        if kind.__module__.split(".")[0] in OURS
        for name in texts_of(getattr(kind, "base_fields", {}))
    }
)
BY_NAME = {(one.__module__, one.__name__): one for one in forms_below(PortalForm)}


def cleaned(field: forms.Field, text: str) -> Any:
    """What becomes of the text; "refused" when it is refused like a blank."""
    field.validators = []
    try:
        return field.clean(text)
    except ValidationError as refusal:
        return "refused" if refusal.code == "required" else refusal.code


@pytest.mark.parametrize(("module", "kind", "name"), PORTAL)
def test_every_text_of_the_portal(module: str, kind: str, name: str) -> None:
    form = BY_NAME[module, kind]
    probe = type("Probe", (PortalForm, forms.Form), {})()
    probe.takes_any_text = form.takes_any_text
    probe.add_field(name, deepcopy(form.base_fields[name]))
    field = probe.fields[name]
    if kind in ANY_TEXT:
        assert cleaned(field, "kosong") == "kosong"
        return
    blank = "refused" if field.required else field.clean("")
    for text in ("-", "nihil", "Belum ada", "tidak ada\n"):
        assert cleaned(field, text) == blank


NUMBERS = sorted(
    {
        (kind.__module__, kind.__name__, name)
        for kind in forms_below(PortalForm)
        if kind.__module__.split(".")[0] in OURS
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field, NUMBER_FIELDS)
        and not isinstance(field, FigureField | FilterDayField)
    }
)


@pytest.mark.parametrize(("module", "kind", "name"), NUMBERS)
def test_every_number_day_and_time_of_the_portal(
    module: str, kind: str, name: str
) -> None:
    field = deepcopy(BY_NAME[module, kind].base_fields[name])
    blank = "refused" if field.required else field.clean("")
    for text in ("-", "nihil", "Belum ada"):
        assert cleaned(field, text) == blank


def test_a_zero_is_a_number_and_no_day() -> None:
    assert WholeNumberField(required=False).clean("0") == 0
    assert NumberField(required=True).clean("0,0") == 0
    assert cleaned(DayField(required=False), "0") == "invalid"
    assert cleaned(NumberField(required=True), "n/a") == "refused"


def test_no_word_becomes_a_zero_in_a_report() -> None:
    field = FigureField("people_reached")
    assert field.clean("") == 0
    assert cleaned(field, "belum ada") == "invalid"


def test_there_are_many_and_only_these_take_any_text() -> None:
    assert len(PORTAL) > 50
    free = {one.__name__ for one in forms_below(MeantForm) if one.takes_any_text}
    assert free <= ANY_TEXT


def test_a_reason_that_says_nothing_is_refused_like_a_blank() -> None:
    for text in ("-", "nihil", ""):
        assert ReasonForm({"reason": text}).errors == {"reason": ["Isi “Alasan”."]}  # type: ignore[arg-type]
    form = ReasonForm({"reason": "Nihil data, kata kepala desa"})  # type: ignore[arg-type]
    assert form.is_valid()


def test_every_text_of_the_administration() -> None:
    seen = 0
    for model, page in admin.site._registry.items():
        if model.__module__.split(".")[0] not in OURS:
            continue
        texts = [
            field.name
            for field in model._meta.fields
            if field.editable and isinstance(field, CharField | TextField)
        ]
        form = forms.modelform_factory(
            model,
            form=page.form,
            fields=texts,
            formfield_callback=lambda field, page=page, **options: (
                page.formfield_for_dbfield(field, RequestFactory().get("/"), **options)
            ),
        )()
        for name, field in texts_of(form.fields).items():
            seen += 1
            blank = "refused" if field.required else field.clean("")
            assert cleaned(field, "nihil") == blank, (model, name)
    assert seen > 20
