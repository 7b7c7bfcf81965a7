"""Every address of the portal, grouped by the app that owns it."""

from django.contrib import admin
from django.urls import include, path

from desabinaan.lib.web.health import HEALTH_PATH, health

urlpatterns = [
    path(HEALTH_PATH.removeprefix("/"), health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("desabinaan.accounts.urls")),
    path("pemberitahuan/", include("desabinaan.notices.urls")),
    path("", include("desabinaan.portal.urls")),
    path("", include("villages.register.urls")),
    path("", include("villages.people.urls")),
    path("", include("villages.outreach.urls")),
    path("", include("villages.vulnerability.urls")),
    path("", include("villages.imports.urls")),
    path("", include("fgd.agencies.urls")),
    path("", include("fgd.sessions.urls")),
    path("", include("fgd.participants.urls")),
    path("", include("fgd.minutes.urls")),
    path("", include("fgd.plan.urls")),
    path("laporan/bulanan/", include("reports.monthly.urls")),
]
handler400 = "desabinaan.lib.web.error_pages.bad_request"
handler403 = "desabinaan.lib.web.error_pages.forbidden"
handler404 = "desabinaan.lib.web.error_pages.not_found"
handler500 = "desabinaan.lib.web.error_pages.broken"
