from django.urls import URLPattern, URLResolver, include, path

from fgd.views import (
    agencies,
    agreements,
    attendance,
    downloads,
    merging,
    minutes,
    participants,
    pasting,
    programme,
    sessions,
)

app_name = "fgd"

AGENCIES = [
    path("instansi/", agencies.agency_list, name="agency_list"),
    path("instansi/unduh/", downloads.agency_export, name="agency_export"),
    path("instansi/usul/", agencies.agency_propose, name="agency_propose"),
    path("instansi/<int:pk>/kontak/", agencies.agency_contact, name="agency_contact"),
]
SESSIONS = [
    path("", sessions.session_list, name="session_list"),
    path("unduh/", downloads.session_export, name="session_export"),
    path("baru/", sessions.session_create, name="session_create"),
    path("<int:pk>/", sessions.session_detail, name="session_detail"),
    path("<int:pk>/ubah/", sessions.session_change, name="session_change"),
    path("<int:pk>/umumkan/", sessions.session_announce, name="session_announce"),
    path("<int:pk>/buka/", sessions.session_open, name="session_open"),
    path("<int:pk>/tetapkan/", sessions.session_finalise, name="session_finalise"),
    path("<int:pk>/batalkan/", sessions.session_cancel, name="session_cancel"),
]
PROGRAMME = [
    path("", programme.session_agenda, name="session_agenda"),
    path("tambah/", programme.agenda_add, name="agenda_add"),
    path("tempel/", programme.agenda_paste, name="agenda_paste"),
    path("<int:item>/ubah/", programme.agenda_change, name="agenda_change"),
    path("<int:item>/hapus/", programme.agenda_remove, name="agenda_remove"),
]
TOPICS = [
    path("", programme.session_topics, name="session_topics"),
    path("tambah/", programme.topic_add, name="topic_add"),
    path("<int:topic>/ubah/", programme.topic_change, name="topic_change"),
    path("<int:topic>/hapus/", programme.topic_remove, name="topic_remove"),
    path("<int:topic>/geser/", programme.topic_move, name="topic_move"),
    path("<int:topic>/desa/", programme.topic_outcomes, name="topic_outcomes"),
]
PARTICIPANTS = [
    path("", participants.session_participants, name="session_participants"),
    path("undang/", participants.invite, name="invite"),
    path(
        "undangan/<int:invitation>/ubah/",
        participants.invitation_change,
        name="invitation_change",
    ),
    path(
        "undangan/<int:invitation>/tarik/",
        participants.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("tambah/", participants.delegate_add, name="delegate_add"),
    path("tempel/", pasting.delegates_paste, name="delegates_paste"),
    path("tempel/terapkan/", pasting.delegates_apply, name="delegates_apply"),
    path("<int:delegate>/ubah/", participants.delegate_change, name="delegate_change"),
    path("<int:delegate>/gabung/", merging.delegate_merge, name="delegate_merge"),
    path("<int:delegate>/hapus/", participants.delegate_remove, name="delegate_remove"),
    path("kehadiran/", attendance.attendance, name="attendance"),
    path("kehadiran/simpan/", attendance.attendance_save, name="attendance_save"),
    path("<int:delegate>/hadir/", attendance.attendance_mark, name="attendance_mark"),
    path(
        "<int:delegate>/tidak-hadir/",
        attendance.attendance_unmark,
        name="attendance_unmark",
    ),
]
MINUTES = [
    path("", minutes.session_minutes, name="session_minutes"),
    path("topik/<int:topic>/tambah/", minutes.minutes_add, name="minutes_add"),
    path("<int:entry>/ubah/", minutes.minutes_change, name="minutes_change"),
    path("<int:entry>/hapus/", minutes.minutes_remove, name="minutes_remove"),
]
AGREEMENTS = [
    path("", agreements.session_agreements, name="session_agreements"),
    path("tambah/", agreements.recommendation_add, name="recommendation_add"),
    path(
        "<int:recommendation>/ubah/",
        agreements.recommendation_change,
        name="recommendation_change",
    ),
    path(
        "<int:recommendation>/hapus/",
        agreements.recommendation_remove,
        name="recommendation_remove",
    ),
    path("<int:recommendation>/aksi/", agreements.action_add, name="action_add"),
    path("aksi/<int:action>/ubah/", agreements.action_change, name="action_change"),
    path("aksi/<int:action>/hapus/", agreements.action_remove, name="action_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *AGENCIES,
    *SESSIONS,
    path("<int:pk>/susunan-acara/", include(PROGRAMME)),
    path("<int:pk>/topik/", include(TOPICS)),
    path("<int:pk>/peserta/", include(PARTICIPANTS)),
    path("<int:pk>/notula/", include(MINUTES)),
    path("<int:pk>/kesepakatan/", include(AGREEMENTS)),
]
