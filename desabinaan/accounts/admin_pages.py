from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class PermanentAdmin(admin.ModelAdmin[Any]):
    """Rows that are never deleted, because others refer to them."""

    show_full_result_count = False
    list_per_page = 50

    def has_delete_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False
