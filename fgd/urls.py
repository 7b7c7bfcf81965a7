from django.urls import URLPattern

app_name = "fgd"
urlpatterns: list[URLPattern] = []
