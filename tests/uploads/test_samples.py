"""The samples of a column on the page where the columns are chosen."""

from collections.abc import Callable

from django.test import Client

from tests.dataset import Dataset
from tests.participants.pasted_pages import columns_form, paste
from tests.sessions import sessions as scene

WOMEN = "Dinas Pemberdayaan Perempuan, Perlindungan Anak"


def test_samples_are_whole_or_say_that_they_are_cut(
    dataset: Dataset, signed_in: Callable[[str], Client]
) -> None:
    rows = [
        f"Siti\t{WOMEN} Provinsi Banten",
        f"Budi\t{WOMEN} Kabupaten Serang",
        f"Adi\t{'panjang ' * 20}",
    ]
    browser = signed_in("serang")
    listed = paste(
        browser, scene.running(dataset), "\n".join(["Nama\tInstansi", *rows])
    )
    (hint,) = [
        field.help_text
        for field in columns_form(browser, listed).fields.values()
        if WOMEN in str(field.help_text)
    ]
    assert f"{WOMEN} Provinsi Banten · {WOMEN} Kabupaten Serang" in hint
    assert hint.rstrip().endswith("…")
