from django.urls import path, register_converter

from desabinaan.lib.web import converters as converters  # registers "region"
from villages.outreach.views import (
    activities,
    awareness,
    downloads,
    learning,
    records,
    test,
)
from villages.outreach.workflow import PHASE_SLUGS


class PhaseConverter:
    """The phase of a test in an address: "sebelum" or "sesudah"."""

    regex = "|".join(PHASE_SLUGS.values())

    def to_python(self, value: str) -> str:
        return next(kind for kind, word in PHASE_SLUGS.items() if word == value)

    def to_url(self, value: str) -> str:
        return PHASE_SLUGS[value]


register_converter(PhaseConverter, "phase")

app_name = "outreach"
urlpatterns = [
    path("desa/kegiatan/unduh/", downloads.outreach_export, name="outreach_export"),
    path("desa/kegiatan/", activities.outreach_list, name="outreach_list"),
    path("desa/kegiatan/baru/", activities.outreach_plan, name="outreach_plan"),
    path("desa/kegiatan/kunjungan/", activities.visit_record, name="visit_record"),
    path("desa/kegiatan/hasil/", learning.learning_results, name="learning_results"),
    path(
        "desa/kegiatan/hasil/unduh/", learning.learning_export, name="learning_export"
    ),
    path("desa/kegiatan/<int:pk>/", activities.outreach_detail, name="outreach_detail"),
    path(
        "desa/kegiatan/<int:pk>/ubah/", activities.outreach_edit, name="outreach_edit"
    ),
    path(
        "desa/kegiatan/<int:pk>/catat/", records.outreach_record, name="outreach_record"
    ),
    path(
        "desa/kegiatan/<int:pk>/batalkan/",
        records.outreach_cancel,
        name="outreach_cancel",
    ),
    path("desa/kegiatan/<int:pk>/foto/", records.photo_add, name="photo_add"),
    path(
        "desa/kegiatan/<int:pk>/foto/<int:photo>/",
        records.photo_caption,
        name="photo_caption",
    ),
    path(
        "desa/kegiatan/<int:pk>/foto/<int:photo>/hapus/",
        records.photo_remove,
        name="photo_remove",
    ),
    path("desa/kegiatan/foto/<int:pk>/", records.photo_file, name="photo_file"),
    path("desa/kegiatan/<int:pk>/materi/", records.material_file, name="material_file"),
    path(
        "desa/<region:code>/kegiatan/",
        activities.village_outreach,
        name="village_outreach",
    ),
    path("desa/kegiatan/<int:pk>/tes/", awareness.outreach_test, name="outreach_test"),
    path(
        "desa/kegiatan/<int:pk>/tes/<phase:kind>/buka/",
        awareness.test_open,
        name="test_open",
    ),
    path(
        "desa/kegiatan/<int:pk>/tes/<phase:kind>/tutup/",
        awareness.test_close,
        name="test_close",
    ),
    path(
        "desa/kegiatan/<int:pk>/tes/<phase:kind>/lembar/",
        awareness.test_sheet,
        name="test_sheet",
    ),
    path(
        "desa/kegiatan/<int:pk>/tes/<phase:kind>/kertas/",
        awareness.test_paper,
        name="test_paper",
    ),
    path("tes/", test.test_code, name="test_code"),
    path("tes/<slug:code>/", test.test_answer, name="test_answer"),
    path("tes/<slug:code>/selesai/", test.test_done, name="test_done"),
    path("tes/<slug:code>/lagi/", test.test_again, name="test_again"),
]
