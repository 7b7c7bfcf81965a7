"""An agency that an office proposed although it was in the list already."""

from fgd.actions.agencies import confirm_agencies, propose_agency
from fgd.actions.merging import merge_agencies
from fgd.models import Agency
from reports.recap.demonstration.portal import Portal


def merge_a_duplicate(portal: Portal) -> None:
    """Proposed under a slightly other name, confirmed, then merged."""
    twin = propose_agency(
        acting_user=portal.user("kanim.serang"),
        place=portal.offices["serang"],
        name="Dinas Sosial Prov. Banten (contoh ganda)",
        short_name="Dinsos Prov.",
        kind=Agency.Kind.SOCIAL,
        level=Agency.Level.PROVINCE,
    )
    admin = portal.user("admin")
    confirm_agencies([twin.pk], acting_user=admin)
    merge_agencies(twin.pk, portal.agencies["dinsos"].pk, acting_user=admin)
