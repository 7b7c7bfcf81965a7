"""Forms for the photos of an activity."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.files.uploads import IMAGE, CleanFile, clean_upload
from desabinaan.lib.web.forms import PortalForm
from villages.outreach.models import MOST_PHOTOS

PICTURES = "image/jpeg,image/png"


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures at once; cleans to a list of CleanFile, each checked alone."""

    widget = ManyFilesInput(attrs={"accept": PICTURES, "multiple": True})

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Photos"))
        options.setdefault(
            "help_text",
            gettext_lazy(
                "JPG or PNG, at most ten, 10 MB each. Location and camera data are "
                "removed."
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
                name = (upload.name or "")[-60:]
                problems += [f"{name}: {message}" for message in problem.messages]
        if problems:
            raise ValidationError(problems)
        return cleaned


class PhotosForm(PortalForm, forms.Form):
    """Photos to add, with one caption for all of them."""

    photos = PhotosField()
    caption = forms.CharField(
        label=gettext_lazy("What do they show?"),
        max_length=150,
        required=False,
        help_text=gettext_lazy(
            "Shown below each photo; you can change it for each photo."
        ),
    )


class CaptionForm(PortalForm, forms.Form):
    caption = forms.CharField(
        label=gettext_lazy("What does it show?"), max_length=150, required=False
    )
