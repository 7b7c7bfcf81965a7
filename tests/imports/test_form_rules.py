"""A list writes nothing about a village that the forms of the village refuse."""

from typing import Any

import pgtrigger
import pytest
from django.urls import reverse

from desabinaan.accounts.access import CAPABILITIES, Role
from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.models import UploadRow
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import NEW, notes_of, problems_of
from tests.lib import sheets
from tests.uploads.buttons import press
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.selectors.checking import check_rows
from villages.imports.services import commit
from villages.places.models import Region, Scheme, ServiceArea
from villages.register.models import Village, VillageContact

LONTAR = "36.04.13.2007"


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def checked(dataset: Dataset, code: str, **cells: Any) -> UploadRow:
    rows = [["Kode", *cells], [code, *cells.values()]]
    return lists.only_row(
        lists.previewed_file(dataset.kanwil, dataset.user("kanwil"), sheets.xlsx(rows))
    )


def written(row: UploadRow) -> str:
    return " ".join(
        VILLAGE_LISTS.sentence(*one)
        for one in row.notes
        if one[0].startswith("writes_")
    )


def asked(row: UploadRow) -> str:
    assert row.check_result == "doubtful"
    return " ".join(VILLAGE_LISTS.in_words(row.problems))


# --- Inhabitants and households -----------------------------------------------


@pytest.mark.parametrize(
    ("cells", "key", "source"),
    [
        ({"Penduduk": "100", "KK": "1.360"}, "more_households", "Jumlah rumah tangga"),
        (
            {"Penduduk": "100"},
            "more_households_households",
            "Register mencatat 1.360 rumah tangga, melebihi 100 penduduk di daftar",
        ),
        (
            {"Penduduk": "tidak berpenghuni"},
            "more_households_households",
            "Register mencatat 1.360 rumah tangga, melebihi 0 penduduk di daftar",
        ),
        (
            {"KK": "5.000"},
            "more_households_population",
            "Daftar mencatat 5.000 rumah tangga, melebihi 4.000 penduduk di register",
        ),
    ],
)
def test_more_households_than_inhabitants_are_asked(
    dataset: Dataset, cells: dict[str, str], key: str, source: str
) -> None:
    """Also when only one number is in the list; the sentence says where each is."""
    Village.objects.filter(region=LONTAR).update(population=4000, households=1360)
    row = checked(dataset, LONTAR, **cells)
    assert problems_of(row) == [key]
    assert source in asked(row)
    assert "melebihi" in asked(row)


def test_a_village_that_has_inhabitants_again_is_asked_for_its_households(
    dataset: Dataset,
) -> None:
    Village.objects.filter(region=LONTAR).update(population=0, households=0)
    row = checked(dataset, LONTAR, Penduduk="500")
    assert "Register mencatat 0 rumah tangga" in asked(row)


def test_more_households_of_a_new_village_are_asked(dataset: Dataset) -> None:
    row = checked(dataset, NEW[0], Penduduk="100", KK="1.360")
    assert "1.360" in asked(row)
    assert "100" in asked(row)


def test_the_form_says_the_same(dataset: Dataset, signed_in: Any) -> None:
    address = reverse("register:village_edit", args=[LONTAR])
    values = {"population": "100", "households": "1.360", "version": "1", "reason": "x"}
    page = signed_in("kanwil").post(address, values).content.decode()
    assert asked(checked(dataset, NEW[0], Penduduk="100", KK="1.360")) in page


def test_an_old_contradiction_is_not_asked_of_a_list_about_something_else(
    dataset: Dataset,
) -> None:
    with pgtrigger.ignore("register.Village:households_fit"):  # saved before the rule
        Village.objects.filter(region=LONTAR).update(population=10, households=20)
    row = checked(dataset, LONTAR, Lintang="-5,99", Bujur="106,31")
    assert row.check_result == "ready"
    saved = uploads_services.commit_upload
    saved(VILLAGE_LISTS, row.parent.villageimport, acting_user=dataset.user("kanwil"))
    assert str(Village.objects.get(region=LONTAR).latitude) == "-5.99000"


def test_numbers_that_contradict_those_saved_meanwhile_stop_the_list(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = checked(dataset, LONTAR, Penduduk="100")

    def checked_then_overtaken(*given: Any) -> Any:
        results = check_rows(*given)
        Village.objects.filter(region=LONTAR).update(households=120)
        return results

    monkeypatch.setattr(commit, "check_rows", checked_then_overtaken)
    listed = row.parent.villageimport
    kanwil = dataset.user("kanwil")
    uploads_services.commit_upload(VILLAGE_LISTS, listed, acting_user=kanwil)
    listed.refresh_from_db()
    assert listed.status == "failed"
    assert "Tidak ada yang disimpan" in listed.problem
    village = Village.objects.get(region=LONTAR)
    assert village.population is None


@pytest.mark.parametrize(
    ("heading", "field"), [("Penduduk", "population"), ("KK", "households")]
)
def test_zero_over_a_number_is_asked_with_the_number(
    dataset: Dataset, heading: str, field: str
) -> None:
    Village.objects.filter(region=LONTAR).update(**{field: 7777})
    assert "7.777" in asked(checked(dataset, LONTAR, **{heading: "0"}))


@pytest.mark.parametrize(
    ("heading", "field"), [("Penduduk", "population"), ("KK", "households")]
)
def test_a_village_of_nobody_is_refused_by_list_and_form(
    dataset: Dataset, signed_in: Any, heading: str, field: str
) -> None:
    assert problems_of(checked(dataset, NEW[0], **{heading: "0"})) == [f"no_{field}"]
    address = reverse("register:village_edit", args=[LONTAR])
    page = signed_in("kanwil").post(address, {field: "0", "version": "1"})
    assert field in page.context["form"].errors


def corrected(client: Any, row: UploadRow, **cells: str) -> UploadRow:
    """The row after its page was sent with these cells changed."""
    address = VILLAGE_LISTS.url("row", row.parent_id, row.pk)
    client.post(address, {**row.cells, "version": row.version, **cells})
    row.refresh_from_db()
    return row


def test_a_village_where_nobody_lives_is_asked_once_and_saved(
    dataset: Dataset, signed_in: Any
) -> None:
    Village.objects.filter(region=LONTAR).update(population=4000)
    row, kanwil = checked(dataset, LONTAR, Penduduk="0"), signed_in("kanwil")
    assert "“tidak berpenghuni”" in asked(row)
    corrected(kanwil, row, population="Tidak berpenghuni")
    assert "Penduduk: 4.000 → 0" in written(row)
    press(kanwil, VILLAGE_LISTS, row.parent, "commit")
    assert Village.objects.get(region=LONTAR).population == 0
    assert checked(dataset, LONTAR, Penduduk="0").check_result == "known"
    assert checked(dataset, LONTAR, Penduduk="0", KK="0").check_result == "ready"
    assert problems_of(checked(dataset, LONTAR, KK="7")) == [
        "more_households_population"
    ]


@pytest.mark.parametrize(
    "said", ["tidak berpenghuni", "Tak berpenghuni", "Uninhabited"]
)
def test_a_list_may_say_by_itself_that_nobody_lives_there(
    dataset: Dataset, said: str
) -> None:
    row = checked(dataset, NEW[0], Penduduk=said, KK="0")
    assert row.check_result == "ready"
    assert "Penduduk: 0" in written(row)


def test_the_households_of_the_register_can_be_corrected_with_the_inhabitants(
    dataset: Dataset, signed_in: Any
) -> None:
    Village.objects.filter(region=LONTAR).update(population=4000, households=900)
    row = checked(dataset, LONTAR, Penduduk="tidak berpenghuni")
    assert problems_of(row) == ["more_households_households"]
    corrected(signed_in("kanwil"), row, households="0")
    assert row.check_result == "ready"
    assert "900 → 0" in written(row)


def test_a_reason_is_as_long_as_in_the_form(dataset: Dataset) -> None:
    """In every list a longer cell is asked about, in one sentence."""
    long = checked(dataset, NEW[0], Alasan="x" * 2001)
    assert long.check_result == "doubtful"
    assert asked(long).count("2.000 karakter") == 1
    assert checked(dataset, NEW[1], Alasan="x" * 2000).check_result == "ready"


# --- Contacts -----------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Kepala Desa", "Nama Kepala Desa", "Lurah"])
def test_a_column_of_heads_says_their_position(dataset: Dataset, heading: str) -> None:
    row = checked(dataset, NEW[0], **{heading: "Budi Contoh"})
    assert "Kontak: Budi Contoh, Kepala desa" in written(row)
    uploads_services.commit_upload(
        VILLAGE_LISTS, row.parent.villageimport, acting_user=dataset.user("kanwil")
    )
    contact = VillageContact.objects.get(village__region=NEW[0])
    assert (contact.name, contact.position) == ("Budi Contoh", "Kepala desa")


def test_a_contact_in_a_list_asks_for_the_right_to_change_contacts(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = checked(dataset, NEW[0], **{"Kepala Desa": "Budi Contoh"}).parent
    capabilities = CAPABILITIES[Role.REGIONAL_STAFF] - {"village.change_contacts"}
    monkeypatch.setitem(CAPABILITIES, Role.REGIONAL_STAFF, capabilities)
    uploads_services.commit_upload(
        VILLAGE_LISTS, listed.villageimport, acting_user=dataset.user("kanwil")
    )
    listed.refresh_from_db()
    assert listed.status == "failed"
    assert not VillageContact.objects.filter(name="Budi Contoh").exists()


def test_the_head_of_a_kelurahan_is_a_lurah(dataset: Dataset) -> None:
    kelurahan = Region.objects.filter(level=4, code__startswith="36.73.01.1")[0]
    ServiceArea.objects.create(office=dataset.serang, region_id="36.73")
    row = checked(dataset, kelurahan.code, **{"Kepala Desa": "Budi Contoh"})
    assert "Budi Contoh, Lurah" in written(row)


def test_a_new_head_is_shown_beside_the_present_one(dataset: Dataset) -> None:
    lontar = dataset.villages["lontar"]
    lontar.contacts.all().delete()
    for name, position in (("Ani Contoh", "Kades"), ("Eko Contoh", "Sekretaris desa")):
        VillageContact.objects.create(village=lontar, name=name, position=position)
    text = written(checked(dataset, LONTAR, **{"Kepala Desa": "Budi Contoh"}))
    assert "Budi Contoh, Kepala desa – di samping Ani Contoh, Kades" in text
    assert "Eko" not in text
    assert checked(dataset, LONTAR, Lurah="Ani Contoh").check_result == "known"


def test_a_contact_needs_a_position_as_in_the_form(
    dataset: Dataset, signed_in: Any
) -> None:
    row = checked(dataset, NEW[0], Narahubung="Budi Contoh")
    assert "Jabatan Budi Contoh" in asked(row)
    client, address = (
        signed_in("kanwil"),
        VILLAGE_LISTS.url("row", row.parent_id, row.pk),
    )
    cells = {"code": NEW[0], "contact_name": "Budi Contoh", "version": row.version}
    client.post(address, cells | {"contact_position": "Sekretaris desa"})
    row.refresh_from_db()
    assert row.check_result == "ready"


def test_a_number_without_a_name_is_asked(dataset: Dataset) -> None:
    row = checked(dataset, NEW[0], **{"No HP": "081234567890", "Jabatan": "Kades"})
    assert "0812-3456-7890" in asked(row)


def test_another_number_of_a_known_contact_is_not_taken_and_that_is_said(
    dataset: Dataset,
) -> None:
    lontar = dataset.villages["lontar"]
    VillageContact.objects.create(
        village=lontar, name="Ani", position="Kades", phone="+6281200000001"
    )
    cells = {"Kepala Desa": "Ani", "No HP": "081200000002"}
    row = checked(dataset, LONTAR, **cells)
    assert row.check_result == "known"
    assert "contact_kept" in notes_of(row)


# --- Schemes and officers -----------------------------------------------------


def test_a_scheme_that_is_no_longer_offered_is_asked(dataset: Dataset) -> None:
    scheme = Scheme.objects.create(code="desmi", name="Desmigratif", is_active=False)
    cells = {"Program lain": "Desmigratif"}
    assert problems_of(checked(dataset, NEW[0], **cells)) == ["closed_scheme"]
    dataset.villages["lontar"].schemes.add(scheme)
    assert checked(dataset, LONTAR, **cells).check_result == "known"


def test_nobody_assigns_oneself_by_a_list(dataset: Dataset) -> None:
    letter = {"Nomor surat tugas": "ST-1", "Tanggal surat tugas": "01/10/2025"}
    row = checked(dataset, NEW[0], PIMPASA=dataset.user("kanwil").username, **letter)
    assert "officer_oneself" in notes_of(row)
    assert "Petugas" not in written(row)
