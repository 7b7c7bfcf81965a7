from django.urls import path, register_converter

from desabinaan.lib import converters as converters  # registers "region"
from villages.views import (
    account_requests,
    assignments,
    awareness,
    contacts,
    counts,
    designations,
    downloads,
    figure_imports,
    guarded,
    import_rows,
    imports,
    learning,
    outreach,
    outreach_deeds,
    people,
    profile,
    proposals,
    register,
    rosters,
    test_door,
    vulnerability,
    vulnerability_models,
    zoning,
)
from villages.workflow import DECREE_WORDS, MOMENT_WORDS


class DecreeVerb:
    """The verb of a decree in an address: its Indonesian word."""

    regex = "|".join(DECREE_WORDS.values())

    def to_python(self, value: str) -> str:
        return next(verb for verb, word in DECREE_WORDS.items() if word == value)

    def to_url(self, value: str) -> str:
        return DECREE_WORDS[value]


class RoundMoment:
    """The round of a test in an address: "sebelum" or "sesudah"."""

    regex = "|".join(MOMENT_WORDS.values())

    def to_python(self, value: str) -> str:
        return next(moment for moment, word in MOMENT_WORDS.items() if word == value)

    def to_url(self, value: str) -> str:
        return MOMENT_WORDS[value]


register_converter(DecreeVerb, "decree")
register_converter(RoundMoment, "moment")

app_name = "villages"
urlpatterns = [
    path("desa/", register.village_list, name="village_list"),
    path("desa/unduh/", downloads.village_export, name="village_export"),
    path("desa/jumlah/", counts.village_counts, name="village_counts"),
    path("desa/cari/", register.village_search, name="village_search"),
    # Vulnerability
    path(
        "desa/kerentanan/unduh/",
        downloads.vulnerability_export,
        name="vulnerability_export",
    ),
    path(
        "desa/kerentanan/", vulnerability.vulnerability_list, name="vulnerability_list"
    ),
    path(
        "desa/kerentanan/jumlah/",
        vulnerability.vulnerability_totals,
        name="vulnerability_totals",
    ),
    path(
        "desa/kerentanan/hitung/",
        vulnerability.vulnerability_score_all,
        name="vulnerability_score_all",
    ),
    path(
        "desa/kerentanan/model/",
        vulnerability_models.vulnerability_models,
        name="vulnerability_models",
    ),
    path(
        "desa/kerentanan/model/unduh/",
        downloads.vulnerability_model_export,
        name="vulnerability_model_export",
    ),
    path(
        "desa/kerentanan/model/baru/",
        vulnerability_models.vulnerability_draft,
        name="vulnerability_draft",
    ),
    path(
        "desa/kerentanan/model/<int:pk>/",
        vulnerability_models.vulnerability_model,
        name="vulnerability_model",
    ),
    path(
        "desa/kerentanan/model/<int:pk>/bobot/",
        vulnerability_models.vulnerability_weigh,
        name="vulnerability_weigh",
    ),
    path(
        "desa/kerentanan/model/<int:pk>/ajukan/",
        vulnerability_models.vulnerability_propose,
        name="vulnerability_propose",
    ),
    path(
        "desa/kerentanan/model/<int:pk>/kembalikan/",
        vulnerability_models.vulnerability_return,
        name="vulnerability_return",
    ),
    path(
        "desa/kerentanan/model/<int:pk>/berlakukan/",
        vulnerability_models.vulnerability_put_in_force,
        name="vulnerability_put_in_force",
    ),
    path("desa/kerentanan/impor/", figure_imports.figure_import, name="figure_import"),
    path(
        "desa/kerentanan/impor/unduh/",
        downloads.figure_import_export,
        name="figure_import_export",
    ),
    path(
        "desa/kerentanan/impor/contoh/",
        figure_imports.figure_template_file,
        name="figure_template",
    ),
    path(
        "desa/kerentanan/impor/<int:pk>/",
        figure_imports.figure_import_detail,
        name="figure_import_detail",
    ),
    path(
        "desa/kerentanan/impor/<int:pk>/ambil/",
        figure_imports.figure_import_apply,
        name="figure_import_apply",
    ),
    path(
        "desa/<region:code>/kerentanan/",
        vulnerability.village_vulnerability,
        name="village_vulnerability",
    ),
    path(
        "desa/<region:code>/kerentanan/nilai/<int:pk>/",
        vulnerability.vulnerability_score,
        name="vulnerability_score",
    ),
    path(
        "desa/<region:code>/kerentanan/isi/",
        vulnerability.vulnerability_enter,
        name="vulnerability_enter",
    ),
    path(
        "desa/<region:code>/kerentanan/<int:pk>/betulkan/",
        vulnerability.vulnerability_correct,
        name="vulnerability_correct",
    ),
    # Outreach
    path("desa/kegiatan/unduh/", downloads.outreach_export, name="outreach_export"),
    path("desa/kegiatan/", outreach.outreach_list, name="outreach_list"),
    path("desa/kegiatan/baru/", outreach.outreach_plan, name="outreach_plan"),
    path("desa/kegiatan/kunjungan/", outreach.visit_record, name="visit_record"),
    path("desa/kegiatan/hasil/", learning.learning_results, name="learning_results"),
    path(
        "desa/kegiatan/hasil/unduh/", learning.learning_export, name="learning_export"
    ),
    path("desa/kegiatan/<int:pk>/", outreach.outreach_detail, name="outreach_detail"),
    path("desa/kegiatan/<int:pk>/ubah/", outreach.outreach_edit, name="outreach_edit"),
    path(
        "desa/kegiatan/<int:pk>/catat/",
        outreach_deeds.outreach_held,
        name="outreach_held",
    ),
    path(
        "desa/kegiatan/<int:pk>/batalkan/",
        outreach_deeds.outreach_cancel,
        name="outreach_cancel",
    ),
    path("desa/kegiatan/<int:pk>/foto/", outreach_deeds.photo_add, name="photo_add"),
    path(
        "desa/kegiatan/<int:pk>/foto/<int:photo>/",
        outreach_deeds.photo_caption,
        name="photo_caption",
    ),
    path(
        "desa/kegiatan/<int:pk>/foto/<int:photo>/hapus/",
        outreach_deeds.photo_remove,
        name="photo_remove",
    ),
    path("desa/kegiatan/foto/<int:pk>/", outreach_deeds.photo_file, name="photo_file"),
    path(
        "desa/kegiatan/<int:pk>/materi/",
        outreach_deeds.material_file,
        name="material_file",
    ),
    path(
        "desa/<region:code>/kegiatan/",
        outreach.village_outreach,
        name="village_outreach",
    ),
    # The awareness test, the officer's side
    path("desa/kegiatan/<int:pk>/tes/", awareness.outreach_test, name="outreach_test"),
    path(
        "desa/kegiatan/<int:pk>/tes/<moment:moment>/buka/",
        awareness.test_open,
        name="test_open",
    ),
    path(
        "desa/kegiatan/<int:pk>/tes/<moment:moment>/tutup/",
        awareness.test_close,
        name="test_close",
    ),
    path(
        "desa/kegiatan/<int:pk>/tes/<moment:moment>/lembar/",
        awareness.test_sheet,
        name="test_sheet",
    ),
    path(
        "desa/kegiatan/<int:pk>/tes/<moment:moment>/kertas/",
        awareness.test_paper,
        name="test_paper",
    ),
    # The awareness test, the participants' side: open
    path("tes/", test_door.test_door, name="test_door"),
    path("tes/<slug:code>/", test_door.test_answer, name="test_answer"),
    path("tes/<slug:code>/selesai/", test_door.test_done, name="test_done"),
    path("tes/<slug:code>/lagi/", test_door.test_again, name="test_again"),
    # Lists as spreadsheets
    path("desa/impor/", imports.import_start, name="import_start"),
    path("desa/impor/unduh/", downloads.import_export, name="import_export"),
    path("desa/impor/templat/", imports.import_template, name="import_template"),
    path("desa/impor/<int:pk>/", imports.import_detail, name="import_detail"),
    path("desa/impor/<int:pk>/kolom/", imports.import_columns, name="import_columns"),
    path("desa/impor/<int:pk>/pilih/", import_rows.import_choose, name="import_choose"),
    path(
        "desa/impor/<int:pk>/lewati/",
        imports.import_leave_out_rest,
        name="import_leave_out_rest",
    ),
    path("desa/impor/<int:pk>/terapkan/", imports.import_apply, name="import_apply"),
    path("desa/impor/<int:pk>/ulangi/", imports.import_again, name="import_again"),
    path("desa/impor/<int:pk>/buang/", imports.import_discard, name="import_discard"),
    path(
        "desa/impor/<int:pk>/baris/<int:row>/",
        import_rows.import_row,
        name="import_row",
    ),
    path(
        "desa/impor/<int:pk>/baris/<int:row>/lewati/",
        import_rows.import_row_leave_out,
        name="import_row_leave_out",
    ),
    path(
        "desa/impor/<int:pk>/baris/<int:row>/pulihkan/",
        import_rows.import_row_take_back,
        name="import_row_take_back",
    ),
    # Proposals
    path("desa/usul/", proposals.proposal_search, name="proposal_search"),
    path("desa/usul/<region:code>/", proposals.village_propose, name="village_propose"),
    path(
        "desa/<region:code>/usulan/tarik/",
        proposals.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path(
        "desa/<region:code>/usulan/tolak/",
        proposals.proposal_decline,
        name="proposal_decline",
    ),
    # Profile and contacts
    path("desa/<region:code>/profil/", profile.village_profile, name="village_profile"),
    path("desa/<region:code>/ubah/", profile.village_edit, name="village_edit"),
    path("desa/<region:code>/kontak/baru/", contacts.contact_add, name="contact_add"),
    path(
        "desa/<region:code>/kontak/<int:pk>/",
        contacts.contact_edit,
        name="contact_edit",
    ),
    path(
        "desa/<region:code>/kontak/<int:pk>/hapus/",
        contacts.contact_remove,
        name="contact_remove",
    ),
    # Decrees
    path(
        "desa/<region:code>/penetapan/",
        designations.village_designations,
        name="village_designations",
    ),
    path(
        "desa/<region:code>/penetapan/<decree:verb>/",
        designations.village_decree,
        name="village_decree",
    ),
    path(
        "desa/<region:code>/penetapan/<int:pk>/koreksi/",
        designations.decree_correct,
        name="decree_correct",
    ),
    path(
        "desa/penetapan/<int:pk>/berkas/", designations.decree_file, name="decree_file"
    ),
    path(
        "desa/penetapan/<int:pk>/lampirkan/",
        designations.decree_attach,
        name="decree_attach",
    ),
    # Officers
    path("desa/zonasi/", zoning.zoning, name="zoning"),
    path("desa/zonasi/unduh/", downloads.zoning_export, name="zoning_export"),
    path("desa/zonasi/surat-tugas/", zoning.letter_issue, name="letter_issue"),
    path(
        "desa/<region:code>/petugas/",
        assignments.village_assignments,
        name="village_assignments",
    ),
    path(
        "desa/<region:code>/petugas/baru/",
        assignments.assignment_add,
        name="assignment_add",
    ),
    path(
        "desa/<region:code>/petugas/<int:pk>/selesai/",
        assignments.assignment_end,
        name="assignment_end",
    ),
    path("desa/petugas/<int:pk>/berkas/", assignments.letter_file, name="letter_file"),
    # Accounts by the office
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
    path("akun/permintaan/berkas/", rosters.roster_upload, name="roster_upload"),
    path("akun/permintaan/berkas/periksa/", rosters.roster_check, name="roster_check"),
    path("akun/permintaan/berkas/kirim/", rosters.roster_send, name="roster_send"),
    path("akun/permintaan/berkas/contoh/", rosters.roster_file, name="roster_file"),
    path(
        "akun/permintaan/setujui/",
        rosters.account_requests_approve,
        name="account_requests_approve",
    ),
    path("akun/permintaan/slip/", rosters.account_slips, name="account_slips"),
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
    path("akun/orang-kedua/", guarded.guarded_list, name="guarded_list"),
    path("akun/orang-kedua/<int:pk>/", guarded.guarded_detail, name="guarded_detail"),
    path(
        "akun/orang-kedua/<int:pk>/sahkan/",
        guarded.guarded_confirm,
        name="guarded_confirm",
    ),
    path(
        "akun/orang-kedua/<int:pk>/tolak/",
        guarded.guarded_decline,
        name="guarded_decline",
    ),
    path("akun/orang/unduh/", downloads.person_export, name="person_export"),
    path("akun/orang/", people.person_list, name="person_list"),
    path(
        "akun/orang/<int:pk>/kode/", people.person_issue_code, name="person_issue_code"
    ),
]
