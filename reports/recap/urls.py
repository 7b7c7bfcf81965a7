from django.urls import path

from reports.recap import views

app_name = "recap"
urlpatterns = [
    path("", views.home, name="home"),
    path("privasi/", views.privacy, name="privacy"),
    path("bantuan/", views.help_page, name="help"),
]
