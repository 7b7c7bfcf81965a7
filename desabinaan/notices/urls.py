from django.urls import path

from desabinaan.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("unduh/", views.notice_export, name="notice_export"),
    path("dibaca/", views.mark_all, name="mark_all"),
    path("pengaturan/", views.preferences, name="preferences"),
    path("<int:pk>/buka/", views.notice_open, name="notice_open"),
    path("<int:pk>/dibaca/", views.notice_mark, name="notice_mark"),
]
