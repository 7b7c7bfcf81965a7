from django.urls import path

from desabinaan.lib.web import converters as converters
from desabinaan.portal.views import maps, officers, overview, pages, search

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("privasi/", pages.privacy, name="privacy"),
    path("bantuan/", pages.help_page, name="help"),
    path("cari/", search.search, name="search"),
    path("desa/peta/", maps.village_map, name="village_map"),
    path("desa/peta/titik/", maps.map_points, name="map_points"),
    path("desa/peta/batas/", maps.map_outlines, name="map_outlines"),
    path("desa/<region:code>/", overview.village_overview, name="village_overview"),
    path(
        "desa/<region:code>/petugas/<int:pk>/serah-terima/",
        officers.handover,
        name="handover",
    ),
    path("rekap/petugas/<int:pk>/", officers.officer_recap, name="officer_recap"),
]
