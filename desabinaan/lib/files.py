"""Uploaded files: taken in by content, kept outside the web root, never by URL."""

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files under MEDIA_ROOT without an address: views serve them, row by row."""

    def url(self, name: str | None) -> str:
        raise ValueError("Uploads have no address of their own; serve them by a view.")
