"""Forms of an activity: its plan, a visit, its outcome and its photos."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.kept_files import KeepsFiles, UploadField, UploadInput
from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import IMAGE_OR_PDF
from desabinaan.lib.web.date_fields import ClockField, DayField
from desabinaan.lib.web.forms import PortalForm, WholeNumberField, grouped
from desabinaan.lib.web.stale_edits import VersionedForm, compare_with_saved
from villages.outreach.forms.photos import PhotosField
from villages.outreach.models import FIGURES, OutreachActivity, Pillar
from villages.outreach.selectors.activities import (
    kinds_offered,
    officers_of,
    officers_offered,
    villages_of,
)
from villages.places.models import ActivityKind
from villages.register.forms.fields import VillagesField
from villages.register.forms.profile import long_text

if TYPE_CHECKING:
    pass


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


def head_count(label: Any, help_text: Any = "", **options: Any) -> WholeNumberField:
    return WholeNumberField(
        label=label, help_text=help_text, min_value=0, max_value=MOST_PEOPLE, **options
    )


class _ActivityFields(KeepsFiles, PortalForm, forms.Form):
    """Kind, pillar, villages and date, for a plan and for a visit."""

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
        self.kept_for(user)
        self.fields["kind"].queryset = self.kinds()  # type: ignore[attr-defined]

    def kinds(self) -> Any:
        return kinds_offered()

    def moment(self, clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], clock))


class PlanForm(_ActivityFields):
    """The plan of an activity."""

    clock = ClockField(label=gettext_lazy("Begins at"))
    venue = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        help_text=gettext_lazy("For example: village hall."),
    )
    expected = head_count(
        gettext_lazy("How many people do you expect?"),
        gettext_lazy(
            "The awareness test accepts at most one fifth more answers than this "
            "number."
        ),
        required=False,
    )
    officers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which staff take part?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    resource_persons = long_text(
        gettext_lazy("Resource persons"),
        gettext_lazy("Name and institution, one per line."),
        1000,
        required=False,
    )
    material = long_text(
        gettext_lazy("Material"),
        gettext_lazy("What is presented and given to participants."),
        2000,
        required=False,
    )
    material_file = UploadField(
        IMAGE_OR_PDF,
        label=gettext_lazy("Material as a file"),
        help_text=gettext_lazy("JPG, PNG or PDF, at most 10 MB."),
        required=False,
        widget=UploadInput(attrs={"accept": f"{PICTURES},application/pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = self.people()  # type: ignore[attr-defined]
        self.fields["resource_persons"].widget.attrs["rows"] = 3
        self.helper = grouped(
            Fieldset(_("Activity and place"), "kind", "pillar", "villages", "venue"),
            Fieldset(_("Time and staff"), "day", "clock", "expected", "officers"),
            Fieldset(_("Content"), "resource_persons", "material", "material_file"),
        )

    def people(self) -> Any:
        return officers_offered(self.user)

    def plan(self) -> dict[str, Any]:
        """Return the values for services.ActivityPlan."""
        data = self.cleaned_data
        names = ("kind", "pillar", "venue", "expected", "resource_persons", "material")
        facts = {name: data[name] for name in names}
        facts["starts_at"] = self.moment(data["clock"])
        return {
            "facts": facts,
            "villages": data["villages"],
            "officers": list(data["officers"]),
            "material_file": data["material_file"],
        }


class EditForm(VersionedForm, PlanForm):
    """The plan of an existing activity."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: OutreachActivity, **kwargs: Any) -> None:
        self.activity = activity
        kwargs["initial"] = initial_plan_values(activity) | {
            "version": activity.version
        }
        super().__init__(*args, **kwargs)
        self.helper.layout.append("version")

    def show_changes(self, saved: OutreachActivity) -> None:
        """After a stale edit, list the fields that differ from the saved plan."""
        values = initial_plan_values(saved) | {"pillar": saved.get_pillar_display()}
        compare_with_saved(self, values, PLAN_FIELDS, version=saved.version)

    def kinds(self) -> Any:
        return kinds_offered(self.activity)

    def people(self) -> Any:
        """Return the officers offered and the current ones."""
        return officers_offered(self.user, self.activity)


def initial_plan_values(activity: OutreachActivity) -> dict[str, Any]:
    """Return the saved plan by the names of the form fields."""
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


class _OutcomeFields(PortalForm, forms.Form):
    """Number of participants, and a summary."""

    participants = head_count(gettext_lazy("Participants"))
    men = head_count(gettext_lazy("Of whom men"))
    women = head_count(gettext_lazy("Of whom women"))
    summary = long_text(
        gettext_lazy("Outcome"),
        gettext_lazy("One or two sentences. No names of victims or witnesses."),
        2000,
        required=False,
    )


class ActivityOutcomeForm(VersionedForm, _OutcomeFields):
    """The outcome of an activity, recorded once and corrected later."""

    youth = head_count(
        gettext_lazy("Of whom young people"),
        gettext_lazy("From 15 to 24 years."),
        required=False,
    )
    prospective_migrants = head_count(
        gettext_lazy("Of whom prospective migrant workers"), required=False
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

    def outcome_data(self) -> dict[str, Any]:
        """Return the values for services.ActivityOutcome."""
        return {"facts": {name: self.cleaned_data[name] for name in FIGURES}}


class VisitForm(_OutcomeFields, _ActivityFields):
    """A visit that can be recorded in under a minute."""

    photos = PhotosField(required=False)
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
        """Return the plan; without a time field it begins at midnight, or now."""
        data = self.cleaned_data
        facts = {"kind": data["kind"], "pillar": data["pillar"]}
        today = data["day"] == timezone.localdate()
        facts["starts_at"] = timezone.now() if today else self.moment(time.min)
        return {
            "facts": facts,
            "villages": data["villages"],
            "officers": [self.user],
        }

    def outcome_data(self) -> dict[str, Any]:
        """Return the values for services.ActivityOutcome, without the photos."""
        names = ("participants", "men", "women", "summary")
        return {"facts": {name: self.cleaned_data[name] for name in names}}
