from django.urls import URLPattern

app_name = "recap"
urlpatterns: list[URLPattern] = []
