"""Empty lists of people with their headings, to be filled in."""

from collections.abc import Sequence
from operator import itemgetter

from django.utils.translation import gettext as _

from desabinaan.lib.sheets.columns import Column, Sheet
from desabinaan.uploads.columns import Columns
from villages.people.columns import ACCOUNT_COLUMNS
from villages.people.forms.account_lists import ROLES


def people_template(
    name: str, title: str, columns: Columns, about: Sequence[str]
) -> Sheet:
    """Return an empty list with the label of each column as its heading."""
    headings = [
        Column(str(known.label), itemgetter(column), 22)
        for column, known in columns.items()
    ]
    return Sheet(name, title, headings, (), about)


def account_list_template() -> Sheet:
    labels = [str(label) for _value, label in ROLES]
    about = (
        _("One person per row, below the headings."),
        _("Roles: %(roles)s.") % {"roles": "; ".join(labels)},
        _("User name, e-mail and telephone may be left empty."),
    )
    title = _("People who need accounts")
    return people_template("daftar-akun", title, ACCOUNT_COLUMNS, about)
