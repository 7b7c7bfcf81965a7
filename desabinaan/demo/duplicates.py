"""A duplicate agency of the demonstration, merged."""

from desabinaan.demo.portal import Portal
from fgd.agencies.models import Agency
from fgd.agencies.services.agencies import confirm_agencies, propose_agency
from fgd.merging.services import merge_agencies


def merge_a_duplicate(portal: Portal) -> None:
    """Propose an agency under a similar name, confirm it, then merge it."""
    duplicate = propose_agency(
        acting_user=portal.user("kanim.serang"),
        place=portal.offices["serang"],
        name="Dinas Sosial Prov. Banten (contoh ganda)",
        short_name="Dinsos Prov.",
        kind=Agency.Kind.SOCIAL,
        level=Agency.Level.PROVINCE,
    )
    admin = portal.user("admin")
    confirm_agencies([duplicate.pk], acting_user=admin)
    merge_agencies(duplicate.pk, portal.agencies["dinsos"].pk, acting_user=admin)
