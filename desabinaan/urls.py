"""Every address of the portal, grouped by the room that owns it."""

from django.contrib import admin
from django.urls import include, path

from desabinaan.lib.health import health

urlpatterns = [
    path("sehat/", health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("desabinaan.accounts.urls")),
    path("pemberitahuan/", include("desabinaan.notices.urls")),
    path("", include("reports.recap.urls")),
    path("", include("villages.urls")),
    path("fgd/", include("fgd.urls")),
    path("laporan/bulanan/", include("reports.monthly.urls")),
    path("rencana-aksi/", include("reports.followup.urls")),
]
handler400 = "desabinaan.lib.pages.bad_request"
handler403 = "desabinaan.lib.pages.forbidden"
handler404 = "desabinaan.lib.pages.not_found"
handler500 = "desabinaan.lib.pages.broken"
