from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from desabinaan.uploads.models import Upload, UploadRow


class UploadRowQuerySet(QuerySet["UploadRow"]):
    def of(self, upload: "Upload", check_result: str = "") -> Self:
        rows = self.filter(parent=upload)
        return rows.filter(check_result=check_result) if check_result else rows
