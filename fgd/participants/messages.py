"""Sentences for the problems and notes of a row of a list of delegates."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from villages.places.named_places import CODE_ALONE

SENTENCES: dict[str, StrOrPromise] = {
    # Who sent the person
    "no_sender": _(
        "It does not say which agency or village sent this person. Choose it, or "
        "write it on the page of the row."
    ),
    "blank_below": _(
        "The sender is blank below “%(above)s”. Choose it, or say on the page of the "
        "columns that blank cells repeat the cell above."
    ),
    "which_sender": _(
        "It is not sure which agency or village “%(typed)s” is. Choose it."
    ),
    "village_or_agency": _(
        "A village is called “%(typed)s”. Choose it if it sent this person. If an "
        "agency did, correct the name so that it says which kind, such as “Kecamatan”."
    ),
    "village_elsewhere": _(
        "“%(typed)s” is a fostered village of another office: %(office)s. Choose it if "
        "it sent this person, or correct the name."
    ),
    "code_alone": CODE_ALONE,
    "unknown_sender": _(
        "No agency or village is called “%(typed)s”. Correct the name, or choose that "
        "it is a new agency."
    ),
    # The person
    "no_name": _("The name is missing."),
    "long_name": _("The name has more than %(most)s characters."),
    "long_position": _("The position has more than %(most)s characters."),
    "long_party": _("The name of the sender has more than %(most)s characters."),
    "already_listed": _("Already on the list of the session."),
    "same_as_line": _("The same person as in line %(line)s."),
    "phone_not_saved": _("The telephone number %(phone)s of this row is not saved."),
    "same_name_listed": _(
        "%(person)s, from the same sender, is on the list of the session. If it is the "
        "same person, skip this row."
    ),
    "same_name_in_line": _(
        "%(person)s, from the same sender, is in line %(line)s. If it is the same "
        "person, skip one of the two rows."
    ),
    "other_office": _("A fostered village of another office: %(office)s."),
    # What saving writes
    "writes_person": _("New on the list: %(person)s"),
    "writes_agency": _("sent by the agency %(name)s"),
    "writes_village": _("sent by the village %(name)s"),
    "writes_phone": _("telephone %(phone)s"),
    "writes_no_phone": _("no telephone number"),
    "writes_new_agency": _("proposes the new agency “%(name)s”"),
    "writes_uninvited": _("marked as uninvited"),
}
