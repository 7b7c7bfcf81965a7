"""Where uploaded files are kept, and what happens when no more can be written."""

from typing import TYPE_CHECKING, Any, Never

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.files.base import File


class FileNotStored(ValidationError):
    """The disk takes no more: a form says so, and what was typed stays there."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The portal cannot store files at the moment, so nothing was saved. "
                "Try again later. If the form does not need the file, send it without."
            ),
            "not_stored",
        )


class PrivateStorage(FileSystemStorage):
    """Files under MEDIA_ROOT without a URL: views serve them after a check."""

    def url(self, name: str | None) -> str:
        raise ValueError("Uploads have no address of their own; serve them by a view.")

    def _save(self, name: str, content: "File[bytes]") -> str:
        try:
            stored_name: str = super()._save(name, content)  # type: ignore[misc]
        except OSError as full:
            self.delete(name)  # no partial file when the disk is full
            raise FileNotStored from full
        return stored_name


class SpooledFileHandler(TemporaryFileUploadHandler):
    """Django's for large files: a full disk costs the file, not the request."""

    is_lost = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.is_lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self.is_lost = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.is_lost:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError:
                self.is_lost = True
                self.file.close()
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if not self.is_lost:
            try:
                return super().file_complete(file_size)
            except OSError:  # what was still in the buffer
                self.is_lost = True
        return LostUpload(name=self.file_name)

    def upload_interrupted(self) -> None:
        if not self.is_lost:
            super().upload_interrupted()


class LostUpload(UploadedFile[bytes]):
    """A file that could not be received; asking for its size raises the reason.

    Every form field asks for it before anything else, so that the reason becomes the
    problem of that field, and no form takes the file for one that was not chosen.
    """

    @property
    def size(self) -> Never:
        raise FileNotStored

    @size.setter
    def size(self, _size: int | None) -> None:
        """Nothing is known of it."""
