from django.urls import path

from desabinaan.uploads.urls import upload_urls
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.views import attendance, participants, pasting

app_name = "participants"
urlpatterns = [
    path(
        "fgd/<int:pk>/peserta/",
        participants.session_participants,
        name="session_participants",
    ),
    path("fgd/<int:pk>/peserta/undang/", participants.invite, name="invite"),
    path(
        "fgd/<int:pk>/peserta/undangan/<int:invitation>/ubah/",
        participants.invitation_change,
        name="invitation_change",
    ),
    path(
        "fgd/<int:pk>/peserta/undangan/<int:invitation>/tarik/",
        participants.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(
        "fgd/<int:pk>/peserta/tambah/", participants.delegate_add, name="delegate_add"
    ),
    path(
        "fgd/<int:pk>/peserta/tempel/", pasting.delegates_paste, name="delegates_paste"
    ),
    *upload_urls(DELEGATE_LISTS, "fgd/peserta/daftar/"),
    path(
        "fgd/<int:pk>/peserta/<int:delegate>/ubah/",
        participants.delegate_change,
        name="delegate_change",
    ),
    path(
        "fgd/<int:pk>/peserta/<int:delegate>/hapus/",
        participants.delegate_remove,
        name="delegate_remove",
    ),
    path("fgd/<int:pk>/peserta/kehadiran/", attendance.attendance, name="attendance"),
    path(
        "fgd/<int:pk>/peserta/kehadiran/simpan/",
        attendance.attendance_save,
        name="attendance_save",
    ),
    path(
        "fgd/<int:pk>/peserta/<int:delegate>/hadir/",
        attendance.attendance_mark,
        name="attendance_mark",
    ),
    path(
        "fgd/<int:pk>/peserta/<int:delegate>/tidak-hadir/",
        attendance.attendance_unmark,
        name="attendance_unmark",
    ),
]
