"""The examples in sentences are written in the notation of their language."""

import re
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from typing import Any

import polib
import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from desabinaan.lib.text.coordinates import coordinate_in
from desabinaan.lib.text.numbers import number_in, whole_number_in
from desabinaan.lib.text.times import time_in
from tests.tools.messages import ROOT
from villages.imports.messages import SENTENCES
from villages.register.forms.profile import ProposalForm

#: a comma before decimals, a point between thousands or in a time
INDONESIAN = re.compile(r"\d,\d{4,}|\b\d{1,3}(?:\.\d{3})+\b|\b\d\d\.\d\d(?![.\d])")
EXAMPLE = re.compile(r"-?\d(?:[\d.,:]*\d)?")


def refused(read: Callable[[str], Any]) -> str:
    with pytest.raises(ValidationError) as refusal:
        read("entah")
    return str(refusal.value.messages[0])


def test_no_english_sentence_has_an_indonesian_number() -> None:
    catalogue = polib.pofile(str(ROOT / "locale/id/LC_MESSAGES/django.po"))
    written = [entry.msgid for entry in catalogue if INDONESIAN.search(entry.msgid)]
    # numbers of letters and decrees look alike
    assert [one for one in written if "W.1" not in one] == []


ENGLISH = [["-6.01234"], ["-6.01234"], ["25", "1,250"], ["1234", "1,234.5"], ["09:30"]]
OWN = [["-6,01234"], ["-6,01234"], ["25", "1.250"], ["1.234", "1.234,5"], ["09.30"]]


@pytest.mark.parametrize(("language", "examples"), [("en", ENGLISH), ("id", OWN)])
def test_what_the_sentence_offers_is_accepted(
    language: str, examples: list[list[str]]
) -> None:
    with override(language):
        sentences = [
            str(ProposalForm.base_fields["latitude"].help_text),
            refused(coordinate_in),
            refused(whole_number_in),
            refused(number_in),
            refused(time_in),
        ]
        assert [EXAMPLE.findall(one) for one in sentences] == examples
        place, again, counts, numbers, [at] = examples
        assert {coordinate_in(one) for one in place + again} == {Decimal("-6.01234")}
        assert [whole_number_in(one) for one in counts] == [25, 1250]
        assert [number_in(one) for one in numbers] == [1234, Decimal("1234.5")]
        assert time_in(at) == time(9, 30)
        counted = str(SENTENCES["bad_population"]) % {"cell": "?"}
        assert [whole_number_in(one) for one in EXAMPLE.findall(counted)] == [4210]
