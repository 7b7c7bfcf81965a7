from typing import Any

from django.utils.translation import gettext_lazy

from villages.places.forms import OfficeUploadForm


class ListUploadForm(OfficeUploadForm):
    """A list of villages and its office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = gettext_lazy("List of villages")
