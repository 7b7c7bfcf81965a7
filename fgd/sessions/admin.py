from django.contrib import admin

from desabinaan.accounts.admin_pages import PermanentAdmin
from fgd.sessions.models import Series


@admin.register(Series)
class SeriesAdmin(PermanentAdmin):
    fields = ("name", "office")
    list_display = ("name", "office")
    list_select_related = ("office",)
    search_fields = ("name__folded_contains",)
    autocomplete_fields = ("office",)
