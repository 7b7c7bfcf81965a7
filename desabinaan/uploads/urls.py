"""The addresses that every kind of list has, for the URLs of its own app."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from desabinaan.uploads.kinds import ListKind
from desabinaan.uploads.views import lists, rows


def upload_urls(kind: ListKind[Any], start: str) -> list[URLPattern]:
    """Return the routes of the pages below the address `start`.

    Their names begin like `kind.routes`: "import_detail" for "imports:import".
    """
    name = kind.routes.rpartition(":")[2]
    pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
        "detail": ("", lists.upload_detail),
        "columns": ("kolom/", lists.upload_columns),
        "choose": ("pilih/", rows.upload_choose),
        "skip_rest": ("lewati/", lists.upload_skip_rest),
        "commit": ("terapkan/", lists.upload_commit),
        "restart": ("ulangi/", lists.upload_restart),
        "discard": ("buang/", lists.upload_discard),
        "row": ("baris/<int:row>/", rows.upload_row),
        "row_skip": ("baris/<int:row>/lewati/", rows.upload_row_skip),
        "row_restore": ("baris/<int:row>/pulihkan/", rows.upload_row_restore),
    }
    if not kind.asks_columns:
        del pages["columns"]
    return [
        path(f"{start}<int:pk>/{ending}", view, {"kind": kind}, name=f"{name}_{page}")
        for page, (ending, view) in pages.items()
    ]
