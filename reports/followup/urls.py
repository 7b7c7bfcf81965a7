from django.urls import path

from reports.followup.views import evidence, plan, progress, verbs

app_name = "followup"
urlpatterns = [
    path("", plan.action_list, name="action_list"),
    path("unduh/", plan.action_export, name="action_export"),
    # Evidence
    path("bukti/<int:pk>/", evidence.evidence_file, name="evidence_file"),
    path("bukti/<int:pk>/tarik/", evidence.evidence_withdraw, name="evidence_withdraw"),
    # One action
    path("<int:pk>/", plan.action_detail, name="action_detail"),
    path("<int:pk>/lapor/", progress.report_progress, name="report_progress"),
    path("<int:pk>/bukti/", evidence.evidence_add, name="evidence_add"),
    path(
        "<int:pk>/desa/<int:village_pk>/", verbs.village_settle, name="village_settle"
    ),
    path("<int:pk>/selesai/", verbs.action_report_done, name="action_report_done"),
    path("<int:pk>/verifikasi/", verbs.action_verify, name="action_verify"),
    path("<int:pk>/kembalikan/", verbs.action_return, name="action_return"),
    path("<int:pk>/batalkan/", verbs.action_cancel, name="action_cancel"),
]
