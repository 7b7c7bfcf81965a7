from django.urls import path

from fgd.plan.views import (
    agreements,
    evidence,
    finalising,
    plan,
    progress,
    transitions,
    villages,
)

app_name = "plan"
urlpatterns = [
    path(
        "fgd/<int:pk>/tetapkan/", finalising.session_finalise, name="session_finalise"
    ),
    path(
        "fgd/<int:pk>/kesepakatan/",
        agreements.session_agreements,
        name="session_agreements",
    ),
    path(
        "fgd/<int:pk>/kesepakatan/tambah/",
        agreements.recommendation_add,
        name="recommendation_add",
    ),
    path(
        "fgd/<int:pk>/kesepakatan/<int:recommendation>/ubah/",
        agreements.recommendation_change,
        name="recommendation_change",
    ),
    path(
        "fgd/<int:pk>/kesepakatan/<int:recommendation>/hapus/",
        agreements.recommendation_remove,
        name="recommendation_remove",
    ),
    path(
        "fgd/<int:pk>/kesepakatan/<int:recommendation>/aksi/",
        agreements.action_add,
        name="action_add",
    ),
    path(
        "fgd/<int:pk>/kesepakatan/aksi/<int:action>/ubah/",
        agreements.action_change,
        name="action_change",
    ),
    path(
        "fgd/<int:pk>/kesepakatan/aksi/<int:action>/hapus/",
        agreements.action_remove,
        name="action_remove",
    ),
    path("rencana-aksi/", plan.action_list, name="action_list"),
    path("rencana-aksi/unduh/", plan.action_export, name="action_export"),
    path("rencana-aksi/bukti/<int:pk>/", evidence.evidence_file, name="evidence_file"),
    path(
        "rencana-aksi/bukti/<int:pk>/tarik/",
        evidence.evidence_withdraw,
        name="evidence_withdraw",
    ),
    path("rencana-aksi/<int:pk>/", plan.action_detail, name="action_detail"),
    path(
        "rencana-aksi/<int:pk>/lapor/", progress.report_progress, name="report_progress"
    ),
    path("rencana-aksi/<int:pk>/bukti/", evidence.evidence_add, name="evidence_add"),
    path(
        "rencana-aksi/<int:pk>/desa/<int:village_pk>/",
        villages.village_settle,
        name="village_settle",
    ),
    path(
        "rencana-aksi/<int:pk>/desa/<int:village_pk>/pengecualian/",
        villages.waiver_decide,
        name="waiver_decide",
    ),
    path(
        "rencana-aksi/<int:pk>/selesai/",
        transitions.action_report_done,
        name="action_report_done",
    ),
    path(
        "rencana-aksi/<int:pk>/verifikasi/",
        transitions.action_verify,
        name="action_verify",
    ),
    path(
        "rencana-aksi/<int:pk>/kembalikan/",
        transitions.action_return,
        name="action_return",
    ),
    path(
        "rencana-aksi/<int:pk>/batalkan/",
        transitions.action_cancel,
        name="action_cancel",
    ),
]
