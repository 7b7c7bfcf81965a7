"""Problems and notes of a row as sentences: what is odd, and what to do."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, StrOrPromise] = {
    # Which village
    "no_village": _("No village is named. Write its name or its code."),
    "unknown_code": _("There is no village with the code “%(code)s”."),
    "code_and_name_differ": _(
        "The code %(code)s belongs to “%(name)s”, but the name says otherwise. "
        "Choose the village that is meant."
    ),
    "unknown_regency": _("There is no regency or city “%(name)s” in your area."),
    "unknown_district": _("There is no district “%(name)s” there."),
    "unknown_village": _("There is no village “%(name)s” there, and none like it."),
    "similar_village": _("Is “%(name)s” the village “%(like)s”? Choose it to say yes."),
    "similar_district": _(
        "Is “%(name)s” the district “%(like)s”? Choose the village to say yes."
    ),
    "several": _(
        "%(count)s villages have this name. Choose the one in the right district."
    ),
    "district_as_village": _(
        "“%(name)s” is a district. Choose the village in it that is meant."
    ),
    "village_or_district": _(
        "“%(name)s” is a village and a district. Choose the village that is meant."
    ),
    "foreign_area": _("The village %(code)s lies outside the area of your office."),
    "twin": _("Line %(line)s names the same village. Leave one of them out."),
    # What is said of it
    "bad_status": _("“%(cell)s” is no state. Write diusulkan or ditetapkan."),
    "bad_decree_date": _("“%(cell)s” is no day. Write it like 12/11/2025."),
    "bad_letter_date": _("“%(cell)s” is no day. Write it like 12/11/2025."),
    "bad_latitude": _("“%(cell)s” is no coordinate. Write degrees like -6,01234."),
    "bad_longitude": _("“%(cell)s” is no coordinate. Write degrees like -6,01234."),
    "bad_population": _("“%(cell)s” is no number of people. Write it like 4.210."),
    "bad_households": _("“%(cell)s” is no number of households. Write it like 1.050."),
    "too_long": _("“%(cell)s…” is too long, the limit is %(limit)s letters."),
    "decree_incomplete": _("A decree needs its number, its date and who signed it."),
    "future_decree": _("The decree of %(day)s lies in the future. Check the date."),
    "decree_of_other_day": _(
        "Decree %(number)s is of %(day)s elsewhere. Check the number and the date."
    ),
    "decree_by_hand": _(
        "The register does not say so. Record this decree on the village's own page."
    ),
    "half_coordinates": _("Give latitude and longitude together, or neither."),
    "swapped_coordinates": _(
        "Latitude and longitude seem to be swapped. Exchange the two numbers."
    ),
    "outside_indonesia": _("This place lies outside Indonesia. Check both numbers."),
    "far_away": _(
        "This place lies far from %(regency)s. Check both numbers, or empty them."
    ),
    "unknown_scheme": _(
        "There is no scheme “%(name)s”. Correct it, or empty the cell."
    ),
    # Told, but no hindrance
    "new": _("New in the register."),
    "known": _("In the register already, nothing changes."),
    "changes": _("In the register already, some facts are brought up to date."),
    "blank_district": _("No district given; only %(district)s has such a village."),
    "designated_without_decree": _("Without a decree the village stands as proposed."),
    "dropped": _("Its proposal was dropped. Propose it again on its own page."),
    "decree_by_kanwil": _("Decree %(number)s is left out: the Kanwil records decrees."),
    "other_decree": _(
        "Decree %(number)s is left out: the register holds a decree already."
    ),
    "officer_unknown": _("No account of your area is called “%(name)s”."),
    "officer_without_letter": _(
        "%(name)s is not assigned: number and date of the letter are missing."
    ),
    # What is written
    "writes_population": _("Inhabitants: %(new)s"),
    "writes_population_anew": _("Inhabitants: %(old)s → %(new)s"),
    "writes_households": _("Households: %(new)s"),
    "writes_households_anew": _("Households: %(old)s → %(new)s"),
    "writes_point": _("Point: %(latitude)s / %(longitude)s"),
    "writes_point_anew": _(
        "Point: %(old_latitude)s / %(old_longitude)s → %(latitude)s / %(longitude)s"
    ),
    "writes_reason": _("Reason as in the list"),
    "writes_decree": _("Decree %(number)s of %(day)s, signed by %(who)s"),
    "writes_schemes": _("Schemes: %(names)s"),
    "writes_contact": _("Contact: %(name)s"),
    "writes_officer": _("Officer: %(name)s, letter %(number)s, from %(day)s"),
}
#: details that are numbers, as the database holds them
NUMBERS = ("old", "new", "latitude", "longitude", "old_latitude", "old_longitude")


def in_words(remarks: Iterable[Sequence[Any]]) -> list[str]:
    return [_sentence(word, details) for word, details in remarks]


def _sentence(word: str, details: dict[str, str]) -> str:
    said = dict(details)
    if "day" in said:
        said["day"] = date_format(date.fromisoformat(said["day"]), "DATE_FORMAT")
    for name in said.keys() & set(NUMBERS):
        number = Decimal(said[name]).normalize()
        said[name] = number_format(number, use_l10n=True, force_grouping=True)
    return str(SENTENCES[word]) % said
