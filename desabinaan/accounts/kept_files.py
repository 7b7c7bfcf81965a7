"""Forms with files: what was good stays when another entry has a mistake.

A browser does not send a file again. The cleaned file is kept on the server, for the
person who sent it and for a day at most; the page offers it with a tick.
"""

from collections.abc import Iterable, Sequence, Set
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import QueryDict

from desabinaan.accounts.models import KeptFile, User
from desabinaan.accounts.services.kept_files import forget_kept_files, keep_files
from desabinaan.lib.files.storage import FileNotStored
from desabinaan.lib.files.uploads import EXTENSIONS, CleanFile, clean_upload

PREFIX = "kept-"


class UploadInput(forms.FileInput):
    """The entry for files, and below it those that are kept, each with a tick."""

    template_name = "accounts/upload_input.html"
    kept: Sequence[KeptFile] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"kept": self.kept, "kept_name": f"{PREFIX}{name}"}


class UploadField(forms.FileField):
    """One file, JPG, PNG or PDF as `kinds` say; cleans to a CleanFile or None."""

    widget = UploadInput
    is_many = False

    def __init__(self, kinds: Set[str], **options: Any) -> None:
        super().__init__(**options)
        self.kinds = kinds
        self.good: list[tuple[str, CleanFile]] = []

    @property
    def kept(self) -> Sequence[KeptFile]:
        found: Sequence[KeptFile] = self.widget.kept
        return found

    def keep(self, rows: Iterable[KeptFile]) -> None:
        self.widget.kept = list(rows)

    def clean(self, data: Any, initial: Any = None) -> Any:
        self.good = []
        if not data and self.kept:
            return _as_clean_file(self.kept[0])
        upload = super().clean(data, initial)
        return self.checked(upload) if upload else None

    def checked(self, upload: Any) -> CleanFile:
        """Return the upload cleaned; it is kept if the form has a mistake."""
        file = clean_upload(upload, self.kinds)
        self.good.append((upload.name or "", file))
        return file


class ManyFilesInput(UploadInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files at once, each checked alone; cleans to a list of CleanFile."""

    widget = ManyFilesInput
    is_many = True

    def clean(self, data: Any, initial: Any = None) -> Any:
        self.good = []
        sent = list(data) if isinstance(data, list | tuple) else [data] if data else []
        kept = [_as_clean_file(row) for row in self.kept]
        if self.required and not (sent or kept):
            raise ValidationError(self.error_messages["required"], "required")
        self.refuse_number(len(sent) + len(kept))
        problems = []
        for upload in sent:
            try:
                self.checked(upload)
            except ValidationError as problem:
                name = (upload.name or "")[-60:]
                problems += [f"{name}: {message}" for message in problem.messages]
        if problems:
            raise ValidationError(problems)
        return [*kept, *(file for _name, file in self.good)]

    def refuse_number(self, number: int) -> None:
        """ValidationError for more files than are accepted."""


class KeepsFiles(forms.BaseForm):
    """Put before the form class; the view says whose files are kept: `kept_for`."""

    owner: User | None = None

    def kept_for(self, owner: User) -> Self:
        """Take along the kept files of this person that the form names."""
        self.owner = owner
        for name, field in self._upload_fields():
            sent: list[str] = []
            if isinstance(self.data, QueryDict):
                sent = self.data.getlist(f"{PREFIX}{name}")
            numbers = [int(pk) for pk in sent if pk.isdecimal() and len(pk) < 19]
            if numbers:
                rows = KeptFile.objects.of(owner).filter(pk__in=numbers)
                field.keep(rows.order_by("pk"))
        return self

    def keep_files(self) -> None:
        """Keep the good files; called before the form is shown with a mistake."""
        for name, field in self._upload_fields():
            if name in self.errors and not field.is_many:
                field.keep([])  # it is the file itself that was refused
            elif self.owner is not None and field.good:
                self._keep(name, field, self.owner)
                field.good = []

    def _keep(self, name: str, field: UploadField, owner: User) -> None:
        try:
            new = keep_files(field.good, owner)
        except FileNotStored as full:
            self.add_error(name, full)
            return
        rows = {row.pk: row for row in (*field.kept, *new)}
        field.keep(rows.values())

    def forget_kept_files(self) -> None:
        """Delete what was kept; called when the form has been saved."""
        kept = [row.pk for _name, field in self._upload_fields() for row in field.kept]
        if kept and self.owner is not None:
            forget_kept_files(kept, self.owner)

    def _upload_fields(self) -> list[tuple[str, UploadField]]:
        return [
            (name, field)
            for name, field in self.fields.items()
            if isinstance(field, UploadField)
        ]


def _as_clean_file(row: KeptFile) -> CleanFile:
    with row.file.open("rb") as file:
        content = file.read()
    return CleanFile(
        content=ContentFile(content, name=(row.file.name or "").rsplit("/", 1)[-1]),
        extension=EXTENSIONS[row.content_type],
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
    )
