from django.urls import path

from desabinaan.uploads.urls import upload_urls
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from fgd.sessions.views import downloads, programme, sessions

app_name = "sessions"
urlpatterns = [
    path("fgd/", sessions.session_list, name="session_list"),
    path("fgd/unduh/", downloads.session_export, name="session_export"),
    path("fgd/baru/", sessions.session_create, name="session_create"),
    path("fgd/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("fgd/<int:pk>/ubah/", sessions.session_change, name="session_change"),
    path("fgd/<int:pk>/umumkan/", sessions.session_announce, name="session_announce"),
    path("fgd/<int:pk>/buka/", sessions.session_open, name="session_open"),
    path(
        "fgd/<int:pk>/batal-buka/",
        sessions.session_undo_opening,
        name="session_undo_opening",
    ),
    path("fgd/<int:pk>/batalkan/", sessions.session_cancel, name="session_cancel"),
    path(
        "fgd/<int:pk>/susunan-acara/", programme.session_agenda, name="session_agenda"
    ),
    path("fgd/<int:pk>/susunan-acara/tambah/", programme.agenda_add, name="agenda_add"),
    path(
        "fgd/<int:pk>/susunan-acara/tempel/",
        programme.agenda_paste,
        name="agenda_paste",
    ),
    path(
        "fgd/<int:pk>/susunan-acara/<int:item>/ubah/",
        programme.agenda_change,
        name="agenda_change",
    ),
    path(
        "fgd/<int:pk>/susunan-acara/<int:item>/hapus/",
        programme.agenda_remove,
        name="agenda_remove",
    ),
    *upload_urls(RUNDOWN_LISTS, "fgd/susunan-acara/"),
    path("fgd/<int:pk>/topik/", programme.session_topics, name="session_topics"),
    path("fgd/<int:pk>/topik/tambah/", programme.topic_add, name="topic_add"),
    path(
        "fgd/<int:pk>/topik/<int:topic>/ubah/",
        programme.topic_change,
        name="topic_change",
    ),
    path(
        "fgd/<int:pk>/topik/<int:topic>/hapus/",
        programme.topic_remove,
        name="topic_remove",
    ),
    path(
        "fgd/<int:pk>/topik/<int:topic>/geser/", programme.topic_move, name="topic_move"
    ),
    path(
        "fgd/<int:pk>/topik/<int:topic>/desa/",
        programme.topic_outcomes,
        name="topic_outcomes",
    ),
]
