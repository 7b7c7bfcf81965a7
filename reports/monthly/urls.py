from django.urls import URLPattern

app_name = "monthly"
urlpatterns: list[URLPattern] = []
