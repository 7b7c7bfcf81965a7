"""Forms of an activity: its plan, a visit told quickly, what came of it, its photos."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from desabinaan.lib.files import IMAGE, IMAGE_OR_PDF, CleanFile, clean_upload
from desabinaan.lib.forms import DayField, PortalForm, grouped
from villages.forms.fields import VillagesField
from villages.forms.profile import VersionedForm, long_text
from villages.models import MOST_PHOTOS, ActivityKind, OutreachActivity, Pillar
from villages.models.outreach import FIGURES
from villages.selectors.outreach import (
    kinds_offered,
    officers_of,
    officers_offered,
    villages_of,
)

PICTURES = "image/jpeg,image/png"
MOST_PEOPLE = 20_000
VISIT = "sambang-desa"
PLAN_FIELDS = (
    "kind",
    "pillar",
    "villages",
    "day",
    "clock",
    "venue",
    "expected",
    "officers",
    "resource_persons",
    "material",
)


def head_count(label: Any, help_text: Any = "", **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=MOST_PEOPLE, **options
    )


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures at once; cleans to a list of CleanFile, each judged alone."""

    widget = ManyFilesInput(attrs={"accept": PICTURES, "multiple": True})

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Photos"))
        options.setdefault(
            "help_text",
            gettext_lazy(
                "JPG or PNG, at most ten, 10 MB each. Place and camera are removed."
            ),
        )
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        sent = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not sent:
            raise ValidationError(self.error_messages["required"], "required")
        if len(sent) > MOST_PHOTOS:
            raise ValidationError(
                _("You chose %(sent)s photos. An activity has at most %(most)s."),
                "too_many",
                {"sent": len(sent), "most": MOST_PHOTOS},
            )
        cleaned, problems = [], []
        for upload in sent:
            try:
                cleaned.append(clean_upload(upload, IMAGE))
            except ValidationError as problem:
                problems += _named(upload, problem)
        if problems:
            raise ValidationError(problems)
        return cleaned


def _named(upload: "UploadedFile[bytes]", problem: ValidationError) -> list[str]:
    """Which of the files, and what is wrong with it."""
    return [f"{(upload.name or '')[-60:]}: {told}" for told in problem.messages]


class _Choosing(PortalForm, forms.Form):
    """Kind, pillar, villages and day: what a plan and a visit have in common."""

    kind = forms.ModelChoiceField(
        label=gettext_lazy("Kind"), queryset=ActivityKind.objects.none()
    )
    pillar = forms.ChoiceField(
        label=gettext_lazy("Pillar"), choices=Pillar.choices, widget=forms.RadioSelect
    )
    day = DayField(label=gettext_lazy("Day"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["villages"] = VillagesField(user, "outreach.change")
        villages = self.fields["villages"]
        villages.widget.attrs["rows"] = 2
        self.fields["kind"].queryset = self.kinds()  # type: ignore[attr-defined]

    def kinds(self) -> Any:
        return kinds_offered()

    def moment(self, clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], clock))


class PlanForm(_Choosing):
    """What is planned; the same form changes it later."""

    clock = forms.TimeField(label=gettext_lazy("Begins at"))
    venue = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        help_text=gettext_lazy("For example: village hall."),
    )
    expected = head_count(
        gettext_lazy("How many people do you expect?"),
        gettext_lazy("The awareness test takes as many answers and a fifth more."),
        required=False,
    )
    officers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who goes?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    resource_persons = long_text(
        gettext_lazy("Resource persons"),
        gettext_lazy("Name and office, one per line."),
        1000,
        required=False,
    )
    material = long_text(
        gettext_lazy("Material"),
        gettext_lazy("What is told and handed out."),
        2000,
        required=False,
    )
    material_file = forms.FileField(
        label=gettext_lazy("Material as a file"),
        help_text=gettext_lazy("JPG, PNG or PDF, at most 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": f"{PICTURES},application/pdf"}),
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = self.people()  # type: ignore[attr-defined]
        self.fields["resource_persons"].widget.attrs["rows"] = 3
        self.helper = grouped(
            Fieldset(_("What and where"), "kind", "pillar", "villages", "venue"),
            Fieldset(_("When and who"), "day", "clock", "expected", "officers"),
            Fieldset(_("Content"), "resource_persons", "material", "material_file"),
            "client_uuid",
        )

    def people(self) -> Any:
        return officers_offered(self.user)

    def clean_material_file(self) -> CleanFile | None:
        sent = self.cleaned_data["material_file"]
        return clean_upload(sent, IMAGE_OR_PDF) if sent else None

    def plan(self) -> dict[str, Any]:
        """For actions.Plan."""
        told = self.cleaned_data
        names = ("kind", "pillar", "venue", "expected", "resource_persons", "material")
        facts = {name: told[name] for name in names}
        facts["starts_at"] = self.moment(told["clock"])
        return {
            "facts": facts,
            "villages": told["villages"],
            "officers": list(told["officers"]),
            "material_file": told["material_file"],
        }


class EditForm(VersionedForm, PlanForm):
    """The plan as it stands, to be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: OutreachActivity, **kwargs: Any) -> None:
        self.activity = activity
        kwargs["initial"] = standing_of_plan(activity) | {"version": activity.version}
        super().__init__(*args, **kwargs)
        del self.fields["client_uuid"]
        self.helper.layout.pop()
        self.helper.layout.append("version")

    def kinds(self) -> Any:
        return kinds_offered(self.activity)

    def people(self) -> Any:
        """Those offered, and those who are named already."""
        return officers_offered(self.user, self.activity)


def standing_of_plan(activity: OutreachActivity) -> dict[str, Any]:
    """What stands, by the names of the form's fields."""
    begins = timezone.localtime(activity.starts_at)
    return {
        "kind": activity.kind,
        "pillar": activity.pillar,
        "villages": villages_of(activity),
        "day": begins.date(),
        "clock": begins.time(),
        "venue": activity.venue,
        "expected": activity.expected,
        "officers": list(officers_of(activity)),
        "resource_persons": activity.resource_persons,
        "material": activity.material,
    }


class _Counting(PortalForm, forms.Form):
    """How many came."""

    participants = head_count(gettext_lazy("Participants"))
    men = head_count(gettext_lazy("Of them men"))
    women = head_count(gettext_lazy("Of them women"))
    summary = long_text(
        gettext_lazy("What came of it"),
        gettext_lazy("A sentence or two. No names of victims or witnesses."),
        2000,
        required=False,
    )


class HeldForm(VersionedForm, _Counting):
    """What came of an activity, told once and corrected later."""

    youth = head_count(
        gettext_lazy("Of them young people"),
        gettext_lazy("From 15 to 24 years."),
        required=False,
    )
    prospective_migrants = head_count(
        gettext_lazy("Of them prospective migrant workers"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (
        "participants",
        "men",
        "women",
        "youth",
        "prospective_migrants",
        "summary",
    )

    def __init__(self, *args: Any, activity: OutreachActivity, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(activity, name) for name in FIGURES}
        kwargs["initial"]["version"] = activity.version
        super().__init__(*args, **kwargs)

    def held(self) -> dict[str, Any]:
        """For actions.Held."""
        return {"facts": {name: self.cleaned_data[name] for name in FIGURES}}


class VisitForm(_Counting, _Choosing):
    """A visit told in under a minute; everything else can wait."""

    photos = PhotosField(required=False)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = (
        "villages",
        "day",
        "participants",
        "men",
        "women",
        "photos",
        "summary",
        "kind",
        "pillar",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "day": timezone.localdate(),
            "pillar": Pillar.KNOWLEDGE,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        usual = kinds_offered().filter(code=VISIT).first()
        self.fields["kind"].initial = usual
        self.fields["summary"].widget.attrs["rows"] = 2
        self.order_fields(self.field_order)

    def plan(self) -> dict[str, Any]:
        """For actions.Plan; the hour is not asked: midnight of the day, or now."""
        told = self.cleaned_data
        facts = {"kind": told["kind"], "pillar": told["pillar"]}
        today = told["day"] == timezone.localdate()
        facts["starts_at"] = timezone.now() if today else self.moment(time.min)
        return {
            "facts": facts,
            "villages": told["villages"],
            "officers": [self.user],
        }

    def held(self) -> dict[str, Any]:
        """For actions.Held, without the photos."""
        names = ("participants", "men", "women", "summary")
        return {"facts": {name: self.cleaned_data[name] for name in names}}


class CancelForm(PortalForm, forms.Form):
    reason = long_text(
        gettext_lazy("Reason"),
        gettext_lazy("The village and the regional office read this."),
        1000,
    )


class PhotosForm(PortalForm, forms.Form):
    """Photos to be added, with the words that stand below each of them."""

    photos = PhotosField()
    caption = forms.CharField(
        label=gettext_lazy("What do they show?"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Stands below each; you can change it photo by photo."),
    )


class CaptionForm(PortalForm, forms.Form):
    caption = forms.CharField(
        label=gettext_lazy("What does it show?"), max_length=150, required=False
    )


def differences_in(
    form: forms.Form, standing: dict[str, Any], names: Iterable[str]
) -> list[dict[str, Any]]:
    """What stands and what was typed, for each field in which they differ."""
    changes = []
    for name in names:
        theirs, yours = _words(standing[name]), _words(form.cleaned_data.get(name))
        if theirs != yours:
            label = form.fields[name].label
            changes.append({"label": label, "theirs": theirs, "yours": yours})
    return changes


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(sorted(map(str, value)))
    if hasattr(value, "all"):
        return ", ".join(sorted(map(str, value.all())))
    return str(value)
