from datetime import date

from django.urls import path, register_converter

from desabinaan.lib.web import converters as converters
from reports.monthly.views import checking, detail, lists, sending


class MonthConverter:
    """A month in an address, such as 2026-10: its first day."""

    regex = r"20\d{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

MONTH = "<region:code>/<month:month>/"

app_name = "monthly"
urlpatterns = [
    path("", lists.report_list, name="report_list"),
    path("unduh/", lists.report_export, name="report_export"),
    path("periksa/", lists.report_next, name="report_next"),
    path("<region:code>/", lists.village_reports, name="village_reports"),
    # One month
    path(MONTH, detail.report_detail, name="report_detail"),
    path(f"{MONTH}bukti/", detail.report_receipt, name="report_receipt"),
    # Written by the village, or for it
    path(f"{MONTH}isi/", sending.report_fill, name="report_fill"),
    path(f"{MONTH}draf/", sending.report_save_draft, name="report_save_draft"),
    path(f"{MONTH}nihil/", sending.report_nil, name="report_nil"),
    path(f"{MONTH}atas-nama/", sending.report_on_behalf, name="report_on_behalf"),
    # Checked
    path(f"{MONTH}periksa/", checking.report_verify, name="report_verify"),
    path(f"{MONTH}kembalikan/", checking.report_return, name="report_return"),
    path(
        f"{MONTH}koreksi/",
        checking.report_request_correction,
        name="report_request_correction",
    ),
    path(f"{MONTH}bebaskan/", checking.report_excuse, name="report_excuse"),
]
