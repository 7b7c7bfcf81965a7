from django.urls import path

from desabinaan.lib import converters as converters  # registers "region"
from reports.recap.views import overview, pages

app_name = "recap"
urlpatterns = [
    path("", pages.home, name="home"),
    path("privasi/", pages.privacy, name="privacy"),
    path("bantuan/", pages.help_page, name="help"),
    path("desa/<region:code>/", overview.village_overview, name="village_overview"),
]
