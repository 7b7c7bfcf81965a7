"""Sentences for the problems and notes of a row: what is wrong, and what to do."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.text.telephones import telephone_text
from villages.places.named_places import CODE_ALONE
from villages.register.values import COUNT_DOUBTS, NOBODY

SENTENCES: dict[str, StrOrPromise] = {
    # Which village
    "no_village": _("The village is missing. Enter its name or code."),
    "unknown_code": _("There is no village with the code “%(code)s”."),
    "unknown_code_of_name": _(
        "There is no village with the code “%(code)s”, but the names fit “%(name)s”. "
        "Choose the village if it is meant, or correct the code. If the whole column "
        "holds other codes, such as those of Statistics Indonesia, do not use it."
    ),
    "code_and_name_differ": _(
        "The code %(code)s belongs to “%(name)s”, but the name in the row is "
        "different. Choose the right village."
    ),
    "code_elsewhere": _(
        "The code %(code)s belongs to “%(name)s” in %(district)s, %(regency)s, but the "
        "row names another place. Choose the right village."
    ),
    "code_alone": CODE_ALONE,
    "blank_below": _(
        "District or regency is blank below “%(above)s”. Choose the village, or say on "
        "the page of the columns that blank cells repeat the cell above."
    ),
    "in_other_district": _(
        "“%(typed)s” has no village “%(name)s”; the only one of that name there is in "
        "%(district)s. Choose it if it is meant."
    ),
    "in_other_districts": _(
        "“%(typed)s” has no village “%(name)s”, but these districts do: %(district)s. "
        "Choose one of them if it is meant."
    ),
    "unknown_regency": _("There is no regency or city “%(name)s” in your area."),
    "unknown_district": _("There is no district “%(name)s” there."),
    "unknown_village": _(
        "There is no village “%(name)s” there, nor one with a similar name."
    ),
    "similar_village": _("Is “%(name)s” the village “%(like)s”? If so, choose it."),
    "similar_district": _(
        "Is “%(name)s” the district “%(like)s”? If so, choose the village."
    ),
    "several": _(
        "%(count)s villages have this name. Choose the one in the right district."
    ),
    "district_as_village": _("“%(name)s” is a district. Choose one of its villages."),
    "village_or_district": _(
        "“%(name)s” is both a village and a district. Choose the right village."
    ),
    "foreign_area": _("The village %(code)s is outside the area of your office."),
    "duplicate": _("Line %(line)s names the same village. Skip one of them."),
    # Facts in the other cells
    "bad_status": _("“%(cell)s” is not a valid status. Write diusulkan or ditetapkan."),
    "bad_decree_date": _("“%(cell)s” is not a valid date. Write it like 12/11/2025."),
    "bad_letter_date": _("“%(cell)s” is not a valid date. Write it like 12/11/2025."),
    "bad_latitude": _(
        "“%(cell)s” is not a valid coordinate. Write degrees like -6.01234."
    ),
    "bad_longitude": _(
        "“%(cell)s” is not a valid coordinate. Write degrees like -6.01234."
    ),
    "bad_population": _(
        "“%(cell)s” is not a valid number of people. Write it like 4,210."
    ),
    "bad_households": _(
        "“%(cell)s” is not a valid number of households. Write it like 1,050."
    ),
    **COUNT_DOUBTS,
    NOBODY: _(
        "0 inhabitants? Clear the cell if their number is not known. If nobody lives "
        "in the village any more, write “uninhabited”."
    ),
    "more_households_households": _(
        "The register has %(households)s households, more than the %(population)s "
        "inhabitants in the list. Enter the number of households as well; 0 if nobody "
        "lives in the village any more."
    ),
    "no_households_households": _(
        "The register has 0 households. Enter their number as well, for the list says "
        "that the village has inhabitants."
    ),
    "more_households_population": _(
        "The list has %(households)s households, more than the %(population)s "
        "inhabitants in the register. Enter the number of inhabitants as well, or "
        "correct that of the households."
    ),
    "zero_population": _(
        "“0” would replace the %(old)s inhabitants in the register. Clear the cell if "
        "their number is not known. If nobody lives in the village any more, write "
        "“uninhabited”."
    ),
    "zero_households": _(
        "“0” would replace the %(old)s households in the register. Clear the cell if "
        "their number is not known."
    ),
    "contact_without_name": _(
        "The contact with the number %(phone)s has no name. Enter it, or clear the "
        "number."
    ),
    "contact_without_position": _(
        "The position of %(name)s is missing. Enter it, for example village secretary."
    ),
    "bad_contact_phone": _(
        "“%(cell)s” is not a telephone number. Write it like 0812 3456 7890."
    ),
    "too_long": _("“%(cell)s…” is too long; the limit is %(limit)s characters."),
    "decree_incomplete": _("A decree needs its number, date and signatory."),
    "future_decree": _(
        "The decree is dated %(day)s, which is in the future. Check the date."
    ),
    "decree_of_other_day": _(
        "Decree %(number)s is dated %(day)s elsewhere. Check the number and the date."
    ),
    "decree_on_own_page": _(
        "The register shows a different status. Record this decree on the village's "
        "own page."
    ),
    "half_coordinates": _("Enter both latitude and longitude, or neither."),
    "swapped_coordinates": _(
        "Latitude and longitude seem to be swapped. Swap the two numbers."
    ),
    "outside_indonesia": _("This point is outside Indonesia. Check both numbers."),
    "far_away": _("This point is far from %(regency)s. Check or delete both numbers."),
    "unknown_scheme": _(
        "There is no scheme “%(name)s”. Correct it, or clear the cell."
    ),
    "closed_scheme": _(
        "The scheme “%(name)s” is no longer in use. Correct it, or clear the cell."
    ),
    # Notes: the row can be saved
    "new": _("New in the register."),
    "known": _("Already in the register; nothing changes."),
    "changes": _("Already in the register; some facts are updated."),
    "blank_district": _(
        "No district given; only %(district)s has a village of this name."
    ),
    "designated_without_decree": _(
        "Without a decree, the village is recorded as proposed."
    ),
    "reason_kept": _(
        "The reason in the list is not taken: the village has one. Change it on the "
        "village's own page."
    ),
    "contact_kept": _(
        "%(name)s is already a contact; the other number is not taken. Change it on "
        "the village's own page."
    ),
    "dropped": _("Its proposal was dropped. Propose it again on its own page."),
    "decree_by_kanwil": _(
        "Decree %(number)s is kept with the proposal; the Kanwil confirms it by "
        "recording the decree."
    ),
    "other_decree": _(
        "Decree %(number)s is not recorded: the register already has a decree."
    ),
    "officer_unknown": _("There is no account “%(name)s” in your area."),
    "officer_by_account": _(
        "%(name)s is not assigned: name the account that assigns with --as."
    ),
    "officer_oneself": _(
        "%(name)s is not assigned: you cannot assign yourself. Ask a colleague to do "
        "it."
    ),
    "officer_without_letter": _(
        "%(name)s is not assigned: the number and date of the letter are missing."
    ),
    # What saving will write
    "writes_population": _("Inhabitants: %(new)s"),
    "writes_population_update": _("Inhabitants: %(old)s → %(new)s"),
    "writes_households": _("Households: %(new)s"),
    "writes_households_update": _("Households: %(old)s → %(new)s"),
    "writes_point": _("Point: %(latitude)s / %(longitude)s"),
    "writes_point_update": _(
        "Point: %(old_latitude)s / %(old_longitude)s → %(latitude)s / %(longitude)s"
    ),
    "writes_reason": _("Reason as in the list"),
    "writes_decree": _("Decree %(number)s dated %(day)s, signed by %(who)s"),
    "writes_schemes": _("Schemes: %(names)s"),
    "writes_contact": _("Contact: %(name)s"),
    "writes_contact_beside": _("Contact: %(name)s – beside %(others)s"),
    "writes_officer": _("Officer: %(name)s, letter %(number)s, from %(day)s"),
}
#: details that are numbers, as stored in the database
NUMBERS = (
    "old",
    "new",
    "population",
    "households",
    "latitude",
    "longitude",
    "old_latitude",
    "old_longitude",
)


def with_numbers(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the details with numbers as the reader writes them."""
    values = dict(details)
    if "phone" in values:
        values["phone"] = telephone_text(values["phone"])
    for name in values.keys() & set(NUMBERS):
        number = Decimal(values[name]).normalize()
        values[name] = number_format(number, use_l10n=True, force_grouping=True)
    return values
