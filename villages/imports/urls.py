from django.urls import path

from desabinaan.uploads.urls import upload_urls
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.views import downloads, lists

app_name = "imports"
urlpatterns = [
    path("desa/impor/", lists.import_start, name="import_start"),
    path("desa/impor/unduh/", downloads.import_export, name="import_export"),
    path("desa/impor/templat/", lists.import_template, name="import_template"),
    *upload_urls(VILLAGE_LISTS, "desa/impor/"),
]
