from django.urls import path

from villages.imports.views import downloads, lists, rows

app_name = "imports"
urlpatterns = [
    path("desa/impor/", lists.import_start, name="import_start"),
    path("desa/impor/unduh/", downloads.import_export, name="import_export"),
    path("desa/impor/templat/", lists.import_template, name="import_template"),
    path("desa/impor/<int:pk>/", lists.import_detail, name="import_detail"),
    path("desa/impor/<int:pk>/kolom/", lists.import_columns, name="import_columns"),
    path("desa/impor/<int:pk>/pilih/", rows.import_choose, name="import_choose"),
    path(
        "desa/impor/<int:pk>/lewati/",
        lists.import_skip_rest,
        name="import_skip_rest",
    ),
    path("desa/impor/<int:pk>/terapkan/", lists.import_commit, name="import_commit"),
    path("desa/impor/<int:pk>/ulangi/", lists.import_restart, name="import_restart"),
    path("desa/impor/<int:pk>/buang/", lists.import_discard, name="import_discard"),
    path("desa/impor/<int:pk>/baris/<int:row>/", rows.import_row, name="import_row"),
    path(
        "desa/impor/<int:pk>/baris/<int:row>/lewati/",
        rows.import_row_skip,
        name="import_row_skip",
    ),
    path(
        "desa/impor/<int:pk>/baris/<int:row>/pulihkan/",
        rows.import_row_restore,
        name="import_row_restore",
    ),
]
