from django.urls import path

from fgd.agencies.views import agencies, downloads

app_name = "agencies"
urlpatterns = [
    path("fgd/instansi/", agencies.agency_list, name="agency_list"),
    path("fgd/instansi/unduh/", downloads.agency_export, name="agency_export"),
    path("fgd/instansi/usul/", agencies.agency_propose, name="agency_propose"),
    path(
        "fgd/instansi/<int:pk>/kontak/", agencies.agency_contact, name="agency_contact"
    ),
]
