from django.urls import path

from fgd.minutes.views import entries, merging

app_name = "minutes"
urlpatterns = [
    path(
        "fgd/<int:pk>/peserta/<int:delegate>/gabung/",
        merging.delegate_merge,
        name="delegate_merge",
    ),
    path("fgd/<int:pk>/notula/", entries.session_minutes, name="session_minutes"),
    path(
        "fgd/<int:pk>/notula/topik/<int:topic>/tambah/",
        entries.minutes_add,
        name="minutes_add",
    ),
    path(
        "fgd/<int:pk>/notula/<int:entry>/ubah/",
        entries.minutes_change,
        name="minutes_change",
    ),
    path(
        "fgd/<int:pk>/notula/<int:entry>/hapus/",
        entries.minutes_remove,
        name="minutes_remove",
    ),
]
