"""Forms for the photos of an activity."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.kept_files import KeepsFiles, ManyFilesInput, UploadsField
from desabinaan.lib.files.uploads import IMAGE
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.stale_edits import ShownForm
from villages.outreach.models import MOST_PHOTOS

PICTURES = "image/jpeg,image/png"


class PhotosField(UploadsField):
    """Several pictures at once, as many as an activity has."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Photos"))
        options.setdefault(
            "help_text",
            gettext_lazy(
                "JPG or PNG, at most ten, 10 MB each. Location and camera data are "
                "removed."
            ),
        )
        entry = ManyFilesInput(attrs={"accept": PICTURES, "multiple": True})
        super().__init__(IMAGE, widget=entry, **options)

    def refuse_number(self, number: int) -> None:
        if number > MOST_PHOTOS:
            raise ValidationError(
                _("You chose %(sent)s photos. An activity has at most %(most)s."),
                "too_many",
                {"sent": number, "most": MOST_PHOTOS},
            )


class PhotosForm(KeepsFiles, PortalForm, forms.Form):
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


class CaptionForm(PortalForm, ShownForm):
    """What a photo shows."""

    caption = forms.CharField(
        label=gettext_lazy("What does it show?"), max_length=150, required=False
    )
