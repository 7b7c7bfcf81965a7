"""The one reader of codes and names of villages, for every form, list and search."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from villages.places.named_places import NamedPlace, named_place_in
from villages.places.region_codes import code_in, region_code_in
from villages.places.village_names import KINDS, folded_regency, likeness, name_key

LONTAR = "36.04.13.2007"


@pytest.mark.parametrize(
    "typed",
    [
        "36.04.13.2007", "3604132007", "3604132007.0", "3604132007,0", "'3604132007",
        "'36.04.13.2007", " 36.04.13.2007 ", "36 04 13 2007", "3604.13.2007",
        "36.04.132007", "\uff13\uff16\uff10\uff14\uff11\uff13\uff12\uff10\uff10\uff17",
        "36.04.13.2007\u00a0", "36.04.13.2007.0",
    ],
)  # fmt: skip
def test_a_code_is_read_with_or_without_dots(typed: str) -> None:
    assert code_in(typed) == LONTAR


@pytest.mark.parametrize(
    "typed",
    [
        "", "-", "36", "36.04", "36.04.13", "36.04.13.207", "36041320071", "360413200",
        "36,04,13,2007", "081234567890", "36.04.13.2007.1", "3,604E+09", "3.60413E+09",
        "kode", "36-04-13-2007", "3604132007.5", "\u00b36.04.13.2007",
    ],
)  # fmt: skip
def test_what_is_no_code_is_not_made_one(typed: str) -> None:
    assert code_in(typed) == ""


@pytest.mark.parametrize(
    ("typed", "village", "district", "regency", "code"),
    [
        ("Lontar", "Lontar", "", "", ""),
        ("Desa Lontar", "Desa Lontar", "", "", ""),
        ("Lontar, Tirtayasa", "Lontar", "Tirtayasa", "", ""),
        (
            "Lontar, Tirtayasa (36.04.13.2007), diusulkan",
            "Lontar", "Tirtayasa", "", LONTAR,
        ),
        ("Lontar, Kec. Tirtayasa", "Lontar", "Kec. Tirtayasa", "", ""),
        ("Lontar Kec. Tirtayasa", "Lontar", "Kec. Tirtayasa", "", ""),
        ("Lontar Kec Tirtayasa", "Lontar", "Kec Tirtayasa", "", ""),
        ("Lontar/Kec. Tirtayasa", "Lontar", "Kec. Tirtayasa", "", ""),
        ("Lontar (Tirtayasa)", "Lontar", "Tirtayasa", "", ""),
        ("Lontar - Tirtayasa", "Lontar", "Tirtayasa", "", ""),
        ("Lontar \u2013 Tirtayasa", "Lontar", "Tirtayasa", "", ""),
        ("Lontar; Tirtayasa; Serang", "Lontar", "Tirtayasa", "Serang", ""),
        ("Lontar, Tirtayasa, Kab. Serang", "Lontar", "Tirtayasa", "Kab. Serang", ""),
        ("Lontar, Kab. Serang", "Lontar", "", "Kab. Serang", ""),
        ("Lontar Kab. Serang", "Lontar", "", "Kab. Serang", ""),
        ("Lontar, Tirtayasa, Serang, Banten", "Lontar", "Tirtayasa", "Serang", ""),
        (
            "Desa Lontar Kecamatan Tirtayasa Kabupaten Serang Provinsi Banten",
            "Desa Lontar", "Kecamatan Tirtayasa", "Kabupaten Serang", "",
        ),
        (
            "LONTAR KEC TIRTAYASA KAB SERANG PROV BANTEN",
            "LONTAR", "KEC TIRTAYASA", "KAB SERANG", "",
        ),
        ("Kec. Tirtayasa, Desa Lontar", "Desa Lontar", "Kec. Tirtayasa", "", ""),
        ("Kelapa Dua, Kota Serang", "Kelapa Dua", "", "Kota Serang", ""),
        ("Kota Baru", "Kota Baru", "", "", ""),
        ("Kota Baru, Kota Serang", "Kota Baru", "", "Kota Serang", ""),
        ("36.04.13.2007 Lontar", "Lontar", "", "", LONTAR),
        ("36.04.13.2007 - Lontar", "Lontar", "", "", LONTAR),
        ("36.04.13.2007-Lontar", "Lontar", "", "", LONTAR),
        ("Lontar 3604132007", "Lontar", "", "", LONTAR),
        ("Lontar (36.04.13.2007)", "Lontar", "", "", LONTAR),
        ("Lontar, Tirtayasa (36.04.13.2007)", "Lontar", "Tirtayasa", "", LONTAR),
        ("3604132007", "", "", "", LONTAR),
        ("Lambang Sari I, II, III", "Lambang Sari I, II, III", "", "", ""),
        ("Lubuk Pakam I,II", "Lubuk Pakam I, II", "", "", ""),
        ("Kupa-kupa", "Kupa-kupa", "", "", ""),
        ("Belok/Sidan", "Belok/Sidan", "", "", ""),
        ("Kelurahan", "Kelurahan", "", "", ""),
        ("Desa", "Desa", "", "", ""),
        ("Kec. Mauk", "", "Kec. Mauk", "", ""),
        ("Prov. Banten", "", "", "", ""),
        ("Lontar, , Serang", "Lontar", "Serang", "", ""),
        ("Lontar,", "Lontar", "", "", ""),
        ("", "", "", "", ""),
        ("---", "", "", "", ""),
        ("081234567890", "081234567890", "", "", ""),
    ],
)  # fmt: skip
def test_one_line_is_taken_apart(
    typed: str, village: str, district: str, regency: str, code: str
) -> None:
    found = named_place_in(typed)
    assert (found.village, found.district, found.regency, found.code) == (
        village, district, regency, code,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("36.04.13.2007", True), ("3604132007", False), ("3604132007.0", False),
        ("36 04 13 2007", False), ("36.04.13.2007 Lontar", True),
        ("3604132007 Lontar", False), ("Lontar", True),
    ],
)  # fmt: skip
def test_ten_digits_may_be_a_code_of_the_statistics_office(
    typed: str, sure: bool
) -> None:
    assert named_place_in(typed).is_surely_code is sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pulopanjang", "Pulo Panjang"), ("Pulopanjang", "PULO-PANJANG"),
        ("Pulo Panjang", "Pulau Panjang"), ("Sei Rampah", "Sungai Rampah"),
        ("Tj. Sari", "Tanjung Sari"), ("Tg. Sari", "Tanjung Sari"),
        ("Kp. Melayu", "Kampung Melayu"), ("Lontar", "Desa Lontar"),
        ("Lontar", "Ds. Lontar"), ("Lontar", "KEL. LONTAR"),
        ("Lontar", "Kelurahan Lontar"), ("Lontar", "Desa/Kel. Lontar"),
        ("Lontar", "Pemdes Lontar"), ("Lontar", "Pemerintah Desa Lontar"),
        ("Lontar", "  lontar  "), ("Lontar", "L\u00f3ntar"),
        ("Jum'at", "Jumat"), ("Jum\u2019at", "Jumat"),
        ("Sukamaju II", "Sukamaju 2"), ("Sukamaju-II", "Sukamaju 2"),
        ("Sukamaju II", "Sukamaju2"), ("Lambang Sari I, II", "Lambang Sari 1, 2"),
        ("Simpang IV Tanjung", "Simpang 4 Tanjung"), ("Blok VI Baru", "Blok 6 Baru"),
        ("Tirtayasa", "Kecamatan Tirtayasa"), ("Tirtayasa", "Kec.Tirtayasa"),
        ("Sempakata XX", "Sempakata 20"), ("Muara Enim IX", "Muara Enim 9"),
        ("Desa Baru", "Baru"), ("Gampong Baro", "Baro"), ("Seirampah", "Sei Rampah"),
        ("Ujung\u00a0Tebu", "Ujung Tebu"), ("Pulaupanjang", "Pulopanjang"),
    ],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sukamaju I", "Sukamaju II"), ("Sukamaju", "Sukamaju II"),
        ("Pagedangan Ilir", "Pagedangan Udik"), ("Lontar", "Lontar Baru"),
        ("I'odano", "1 odano"), ("Baru", "Bara"), ("Desa", "Kelurahan"),
        ("Tanjung", "Tanjung Sari"), ("Pulau", "Pulau Pulau"),
        ("Lalai I/II", "Lalai III"), ("Kresek", "Kosambi"),
    ],
)  # fmt: skip
def test_different_names_stay_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("Kab. Serang", "kabupaten", "serang"), ("KAB SERANG", "kabupaten", "serang"),
        ("Kabupaten Serang", "kabupaten", "serang"), ("Kota Serang", "kota", "serang"),
        ("Serang", "", "serang"), ("Kota", "", "kota"),
        ("Kota Adm. Jakarta Pusat", "kota", "jakarta pusat"),
        ("Kab. Administrasi Kepulauan Seribu", "kabupaten", "kepulauan seribu"),
    ],
)  # fmt: skip
def test_kind_and_name_of_a_regency(typed: str, kind: str, name: str) -> None:
    assert folded_regency(typed) == (kind, name)


# --- Grown -------------------------------------------------------------------

NAMES = st.text(string.ascii_letters, min_size=2, max_size=12).map(str.capitalize)
PARTS = st.tuples(
    st.integers(10, 99), st.integers(1, 99), st.integers(1, 99), st.integers(1001, 3999)
)


@given(PARTS, st.sampled_from(["", ".", " "]), st.sampled_from(["", ",0", ".0"]))
def test_any_code_is_read_with_any_separator(
    parts: tuple[int, int, int, int], sign: str, tail: str
) -> None:
    pairs = [f"{part:02d}" for part in parts]
    assert code_in(sign.join(pairs) + tail) == ".".join(pairs)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(typed: str) -> None:
    found = named_place_in(typed)
    assert isinstance(found, NamedPlace)
    assert not found.code or code_in(found.code) == found.code
    assert likeness(name_key(typed), name_key(typed)) == 100


@given(
    st.text(string.ascii_lowercase, min_size=3, max_size=9),
    st.integers(1, 20),
    st.sampled_from(["Desa ", "Ds. ", "KEL ", ""]),
)
def test_a_number_is_the_same_in_both_ways_to_write_it(
    name: str, number: int, kind: str
) -> None:
    assume(name not in KINDS)  # "Desa Kecamatan I" is no name
    roman = "".join(
        sign * times for sign, times in (("X", number // 10), *_UNITS[number % 10])
    )
    assert name_key(f"{kind}{name} {roman}") == name_key(f"{name} {number}")


_UNITS: dict[int, tuple[tuple[str, int], ...]] = {
    0: (), 1: (("I", 1),), 2: (("I", 2),), 3: (("I", 3),), 4: (("I", 1), ("V", 1)),
    5: (("V", 1),), 6: (("V", 1), ("I", 1)), 7: (("V", 1), ("I", 2)),
    8: (("V", 1), ("I", 3)), 9: (("I", 1), ("X", 1)),
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("36", "36"),
        ("3604", "36.04"),
        ("36.04", "36.04"),
        ("3604.0", "36.04"),
        ("360413", "36.04.13"),
        ("36 04 13", "36.04.13"),
        ("3604132007", "36.04.13.2007"),
        ("360", ""),
        ("36.04.132", ""),
        ("Serang", ""),
        ("", ""),
    ],
)
def test_codes_of_every_level_are_read(typed: str, code: str) -> None:
    assert region_code_in(typed) == code
