from django.urls import path

from desabinaan.lib import converters as converters  # registers "region"
from reports.recap import views

app_name = "recap"
urlpatterns = [
    path("", views.home, name="home"),
    path("privasi/", views.privacy, name="privacy"),
    path("bantuan/", views.help_page, name="help"),
    path("desa/<region:code>/", views.village_overview, name="village_overview"),
]
