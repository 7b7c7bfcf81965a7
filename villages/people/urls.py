from django.urls import path

from desabinaan.uploads.urls import upload_urls
from villages.people.kind import ACCOUNT_LISTS
from villages.people.views import (
    account_lists,
    account_requests,
    approvals,
    downloads,
    people,
    zoning,
)

app_name = "people"
urlpatterns = [
    path("desa/zonasi/", zoning.zoning, name="zoning"),
    path("desa/zonasi/unduh/", downloads.zoning_export, name="zoning_export"),
    path("desa/zonasi/surat-tugas/", zoning.letter_issue, name="letter_issue"),
    path(
        "akun/permintaan/",
        account_requests.account_request_list,
        name="account_request_list",
    ),
    path(
        "akun/permintaan/unduh/",
        downloads.account_request_export,
        name="account_request_export",
    ),
    path(
        "akun/permintaan/baru/",
        account_requests.account_request_create,
        name="account_request_create",
    ),
    path("akun/permintaan/berkas/", account_lists.roster_upload, name="roster_upload"),
    path(
        "akun/permintaan/berkas/contoh/", account_lists.roster_file, name="roster_file"
    ),
    *upload_urls(ACCOUNT_LISTS, "akun/permintaan/berkas/"),
    path(
        "akun/permintaan/setujui/",
        account_lists.account_requests_approve,
        name="account_requests_approve",
    ),
    path("akun/permintaan/slip/", account_lists.account_slips, name="account_slips"),
    path(
        "akun/permintaan/<int:pk>/",
        account_requests.account_request_detail,
        name="account_request_detail",
    ),
    path(
        "akun/permintaan/<int:pk>/setujui/",
        account_requests.account_request_approve,
        name="account_request_approve",
    ),
    path(
        "akun/permintaan/<int:pk>/tolak/",
        account_requests.account_request_decline,
        name="account_request_decline",
    ),
    path("akun/orang-kedua/", approvals.approval_list, name="approval_list"),
    path(
        "akun/orang-kedua/<int:pk>/", approvals.approval_detail, name="approval_detail"
    ),
    path(
        "akun/orang-kedua/<int:pk>/sahkan/",
        approvals.approval_grant,
        name="approval_grant",
    ),
    path(
        "akun/orang-kedua/<int:pk>/tolak/",
        approvals.approval_decline,
        name="approval_decline",
    ),
    path("akun/orang/unduh/", downloads.person_export, name="person_export"),
    path("akun/orang/", people.person_list, name="person_list"),
    path(
        "akun/orang/<int:pk>/kode/", people.person_issue_code, name="person_issue_code"
    ),
]
