"""A village as people write it in one line, taken apart.

"Lontar, Kec. Tirtayasa", "Desa Lontar Kecamatan Tirtayasa Kab. Serang",
"Lontar (Tirtayasa)", "36.04.13.2007 Lontar" and "3604132007" name one village.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from desabinaan.lib.text.folding import folded, plain_signs
from villages.places.region_codes import code_beside_name
from villages.places.village_names import (
    ARABIC,
    DISTRICT_KINDS,
    REGENCY_KINDS,
    VILLAGE_KINDS,
    from_the_kind_on,
)

#: a district or a regency begins here, also where no comma does
MARKED = re.compile(
    r"(?:\s+|\s*/\s*)(?=(?:kecamatan|kec|kabupaten|kab|provinsi|prov)\b[. ])",
    re.IGNORECASE,
)
SIGNS = re.compile(r"\s*(?:[,;()\[\]\n|]|\s[-\u2013\u2014]\s)\s*")
#: "Lontar, Tirtayasa (36.04.13.2007), proposed": fields add the state to the name
WITH_STATE = re.compile(r"(.+,.+\(\d\d\.\d\d\.\d\d\.\d{4}\)),[^,]+")
#: what every list asks about a code that nothing confirms
CODE_ALONE = _(
    "Codes without dots and names may be those of Statistics Indonesia (BPS), which "
    "differ. As a code of the Ministry of Home Affairs it is “%(name)s” (%(code)s). "
    "Choose it if that is right."
)
LEVELS = ("village", "district", "regency")
PROVINCE_KINDS = {"provinsi", "prov", "propinsi"}


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The parts of what somebody wrote; a part that is not there is "".

    `whole` is the text that may as a whole be a name: "Kurau (Timur)" is a village.
    `is_surely_code` is False for ten digits without dots, which may be a code of the
    statistics office.
    """

    village: str = ""
    district: str = ""
    regency: str = ""
    code: str = ""
    whole: str = ""
    is_surely_code: bool = True

    @property
    def is_code_alone(self) -> bool:
        """Whether it is ten digits that neither a dot nor a name beside them confirms.

        A list takes no village by them: it asks, with `CODE_ALONE`.
        """
        named = folded(self.village) or folded(self.district)
        return not (self.is_surely_code or named)


@lru_cache(maxsize=50_000)
def named_place_in(text: str) -> NamedPlace:
    """Return code, village, district and regency of a text; the order is free.

    The first part without a word such as "Kec." is the village, the next one the
    district, the one after it the regency. A province, named last, is not needed.
    """
    if with_state := WITH_STATE.fullmatch(text.strip()):
        text = with_state[1]
    code, rest = code_beside_name(text)
    is_dotted = code in plain_signs(text)
    found: dict[str, str] = {}
    for part in _parts(rest):
        level = _level(part, found)
        if level:
            found[level] = f"{found[level]}, {part}" if level in found else part
    return NamedPlace(**found, code=code, whole=rest, is_surely_code=is_dotted)


def named_place_of(cells: Mapping[str, str]) -> NamedPlace:
    """Return the place that the columns of a row name.

    Columns are `village`, `district`, `regency`, `code`, and `ministry_code` for a
    code that surely follows the ministry's system. A district or regency of its own
    counts before one within the cell of the village.
    """
    named = named_place_in(cells.get("village", ""))
    coded = named_place_in(cells.get("ministry_code") or cells.get("code", ""))
    is_sure = coded.is_surely_code and named.is_surely_code
    return NamedPlace(
        village=named.village or named.whole or coded.village,
        district=cells.get("district", "") or named.district,
        regency=cells.get("regency", "") or named.regency,
        code=coded.code or named.code,
        whole=named.whole or coded.whole,
        is_surely_code=is_sure or bool(cells.get("ministry_code")),
    )


def _parts(text: str) -> list[str]:
    """Return the parts between commas, brackets and marks such as "Kec."."""
    parts: list[str] = []
    for part in SIGNS.split(MARKED.sub(", ", text)):
        if parts and folded(part) in ARABIC:
            parts[-1] += f", {part}"  # a name may list numbers: "Lambang Sari I, II"
        elif part:
            parts.append(part)
    return parts


def _level(part: str, found: dict[str, str]) -> str:
    """Return of what level the part is the name; "" for a province."""
    words = from_the_kind_on(folded(part).split())
    if not words or words[0] in PROVINCE_KINDS:
        return ""
    if len(words) > 1 and words[0] in VILLAGE_KINDS:
        return "village"
    if len(words) > 1 and words[0] in DISTRICT_KINDS:
        return "district"
    if len(words) > 1 and words[0] in REGENCY_KINDS and (found or words[0] != "kota"):
        return "regency"
    return next((one for one in LEVELS if one not in found), "")
