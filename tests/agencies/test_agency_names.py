"""One reader for the names of agencies: what is taken, what is offered, what is new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fgd.agencies.agency_names import short_name_of, words_of_agency
from fgd.agencies.models import Agency
from fgd.agencies.selectors.named_agencies import agencies_named
from villages.places.models import Region

LISTED = {
    "dinsos": ("Dinas Sosial Provinsi Banten", "Dinsos Banten"),
    "dinsos_kab": ("Dinas Sosial Kabupaten Serang", "Dinsos Kab. Serang"),
    "distan": (
        "Dinas Pertanian dan Ketahanan Pangan Provinsi Banten",
        "Distan Banten",
    ),
    "naker": (
        "Dinas Tenaga Kerja dan Transmigrasi Provinsi Banten",
        "Disnakertrans Banten",
    ),
    "dp3a": (
        "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan KB Kabupaten Serang",
        "DP3AKB Kab. Serang",
    ),
    "dpmd": (
        "Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Tangerang",
        "DPMD Kab. Tangerang",
    ),
    "serang": ("Kepolisian Resor Serang", "Polres Serang"),
    "cilegon": ("Kepolisian Resor Cilegon", "Polres Cilegon"),
    "polresta": ("Kepolisian Resor Kota Tangerang", "Polresta Tangerang"),
    "bp3mi": (
        "Balai Pelayanan Pelindungan Pekerja Migran Indonesia Banten",
        "BP3MI Banten",
    ),
    "intel": ("Direktorat Intelijen Keimigrasian", "Dit. Intelijen Keimigrasian"),
    "kanim": ("Kantor Imigrasi Serang (instansi pelaksana)", "Kanim Serang"),
    "kanwil": (
        "Kantor Wilayah Imigrasi Banten (instansi pelaksana)",
        "Kanwil Imigrasi Banten",
    ),
    "kejari": ("Kejaksaan Negeri Serang", "Kejari Serang"),
    "agama": (
        "Kantor Kementerian Agama Kabupaten Serang",
        "Kemenag Kab. Serang",
    ),
    "satpol": ("Satuan Polisi Pamong Praja Kabupaten Serang", "Satpol PP Kab. Serang"),
    "camat": ("Kecamatan Tirtayasa", "Kec. Tirtayasa"),
}
#: written so, this agency is meant and is taken
TAKEN = [
    ("Dinas Sosial Provinsi Banten", "dinsos"),
    ("DINAS SOSIAL PROVINSI BANTEN", "dinsos"),
    ("Dinas Sosial Prov. Banten", "dinsos"),
    ("Dinsos Prov Banten", "dinsos"),
    ("Dinsos  Banten", "dinsos"),
    ("Dinas Sosial Banten", "dinsos"),
    ("Dinsos Kab. Serang", "dinsos_kab"),
    ("Dinas Sosial Kab Serang", "dinsos_kab"),
    ("Dinas Pertanian & Ketahanan Pangan Prop. Banten", "distan"),
    ("Distan Banten", "distan"),
    ("Disnakertrans Provinsi Banten", "naker"),
    ("Dinas Tenaga Kerja & Transmigrasi Banten", "naker"),
    ("Dinas Ketenagakerjaan dan Transmigrasi Provinsi Banten", "naker"),
    ("DP3AKB Kabupaten Serang", "dp3a"),
    (
        "Dinas Pemberdayaan Perempuan Perlindungan Anak & Keluarga Berencana "
        "Kab. Serang",
        "dp3a",
    ),
    ("DPMD Kabupaten Tangerang", "dpmd"),
    ("Dinas Pemberdayaan Masyarakat Desa Kab. Tangerang", "dpmd"),
    ("Polres Serang", "serang"),
    ("POLRES SERANG", "serang"),
    ("Kepolisian Resort Serang", "serang"),
    ("Polresta Tangerang", "polresta"),
    ("Polres Kota Tangerang", "polresta"),
    ("BP3MI Banten", "bp3mi"),
    ("Balai Pelayanan Perlindungan Pekerja Migran Indonesia Banten", "bp3mi"),
    ("Direktorat Intelijen Keimigrasian", "intel"),
    ("Dit Intelijen Keimigrasian", "intel"),
    ("Kantor Imigrasi Serang", "kanim"),
    ("Kantor Imigrasi Kelas I Non TPI Serang", "kanim"),
    ("Kanim Kelas I TPI Serang", "kanim"),
    ("Kanwil Imigrasi Banten", "kanwil"),
    ("Kejari Serang", "kejari"),
    ("Kantor Kemenag Kab. Serang", "agama"),
    ("Satpol PP Kabupaten Serang", "satpol"),
    ("Kec. Tirtayasa", "camat"),
    ("Kecamatan Tirtayasa", "camat"),
]
#: this one may be meant: it is offered first, and never taken
OFFERED = [
    ("Disnakertrans", "naker"),
    ("Disnaker", "naker"),
    ("Dinas Tenaga Kerja", "naker"),
    ("Dinas Tenaga Kerja dan Transmigrasi", "naker"),
    ("Disnakertran Banten", "naker"),
    ("Dinas Pertanian dan Ketahanan Pangan", "distan"),
    ("Dinas Pertanian", "distan"),
    ("Distan", "distan"),
    ("Dinas Pertanain Banten", "distan"),
    ("Bidang Rehabilitasi Dinas Sosial Provinsi Banten", "dinsos"),
    ("Dinas Sosail Banten", "dinsos"),
    ("Dinsos Serang", "dinsos_kab"),
    ("DP3AKB", "dp3a"),
    ("Dinas PP dan PA Kab. Serang", "dp3a"),
    ("DPMD", "dpmd"),
    ("Polres Kab. Serang", "serang"),
    ("Polresta Serang Kota", "serang"),
    ("Polres Tangerang", "polresta"),
    ("BP3MI", "bp3mi"),
    ("BP3MI Serang Banten", "bp3mi"),
    ("BP3TKI Banten", "bp3mi"),
    ("Direktorat Intelijen Imigrasi Pusat", "intel"),
    ("Kantor Imigrasi", "kanim"),
    ("Seksi Inteldakim Kanim Serang", "kanim"),
    ("Kanwil Banten", "kanwil"),
    ("Kejaksaan Negeri", "kejari"),
    ("Kemenag", "agama"),
    ("Satpol PP", "satpol"),
    ("Kecamatan Tirtaysa", "camat"),
]
#: none of the list; an agency of another place is another agency
UNKNOWN = [
    "Dinas Perikanan",
    "Dinas",
    "Kantor",
    "Dinas Sosial Kota Serang",
    "Dinas Sosial Kabupaten Tangerang",
    "Polres Tangerang Selatan Lebak",
    "Pemerintah Provinsi Banten",
    "Universitas Contoh Banten",
    "PT Contoh Serang",
    "Kecamatan Pontang",
    "PMI Serang",
    "!!",
    "",
]


@pytest.fixture
def listed(db: None) -> dict[str, Agency]:
    for code, name in (
        ("36", "Banten"),
        ("36.02", "Kabupaten Lebak"),
        ("36.03", "Kabupaten Tangerang"),
        ("36.04", "Kabupaten Serang"),
        ("36.72", "Kota Cilegon"),
        ("36.74", "Kota Tangerang Selatan"),
    ):
        level = len(code.split("."))
        Region.objects.create(
            code=code, name=name, level=level, parent_id="36" if level == 2 else None
        )
    return {
        key: Agency.objects.create(
            name=name, short_name=short, kind="other", level="regency"
        )
        for key, (name, short) in LISTED.items()
    }


def test_the_table_of_names_is_long_enough() -> None:
    assert len(TAKEN) + len(OFFERED) + len(UNKNOWN) >= 75


def test_a_name_that_says_the_same_is_taken(listed: dict[str, Agency]) -> None:
    found = agencies_named([typed for typed, _key in TAKEN])
    read = {
        typed: [str(one) for one in named.agencies]
        for (typed, _key), named in zip(TAKEN, found, strict=True)
    }
    assert read == {typed: [str(listed[key])] for typed, key in TAKEN}


def test_a_likely_agency_is_offered_first_and_never_taken(
    listed: dict[str, Agency],
) -> None:
    found = agencies_named([typed for typed, _key in OFFERED])
    assert not any(named.agencies for named in found)
    read = {
        typed: [str(one) for one in named.likely][:1]
        for (typed, _key), named in zip(OFFERED, found, strict=True)
    }
    assert read == {typed: [str(listed[key])] for typed, key in OFFERED}


def test_another_agency_is_neither_taken_nor_offered(
    listed: dict[str, Agency],
) -> None:
    found = agencies_named(UNKNOWN)
    read = {
        typed: [str(one) for one in (*named.agencies, *named.likely)]
        for typed, named in zip(UNKNOWN, found, strict=True)
    }
    assert read == {typed: [] for typed in UNKNOWN}


def test_an_invited_agency_is_offered_before_the_others(
    listed: dict[str, Agency],
) -> None:
    invited = {listed["cilegon"].pk}
    [named] = agencies_named(["Polres"], invited)
    assert named.likely[0] == listed["cilegon"]
    polices = {listed[key] for key in ("serang", "cilegon", "polresta")}
    assert set(named.likely) == polices


def test_five_hundred_names_cost_two_queries(
    listed: dict[str, Agency], django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        agencies_named([f"Dinas Contoh {number}" for number in range(500)])


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Yayasan Contoh Bersama", "Yayasan Contoh Bersama"),
        (
            "Dinas Perindustrian Contoh Kabupaten Serang",
            "Dinas Perindustrian Contoh Kab. Serang",
        ),
        (
            "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan KB Kabupaten Serang",
            "Dinas Pemberdayaan … Kab. Serang",
        ),
        (
            "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan KB Kota Serang",
            "Dinas Pemberdayaan … Kota Serang",
        ),
        (
            "Forum Komunikasi Pencegahan Perdagangan Orang Banten",
            "Forum Komunikasi Pencegahan …",
        ),
        ("A" * 60, "A" * 39 + "…"),
    ],
)
def test_a_short_name_is_not_cut_inside_a_word(name: str, short: str) -> None:
    assert short_name_of(name) == short


@given(st.text())
def test_any_text_has_a_short_name_and_words(text: str) -> None:
    assert len(short_name_of(text)) <= 40
    assert all(words_of_agency(text))
