"""The contact that a row names, by the rules of the form for contacts."""

from collections.abc import Mapping
from typing import Any

from desabinaan.lib.text.folding import folded, without_case
from desabinaan.uploads.sheets.headings import heading_key
from desabinaan.uploads.sheets.rows import cell_of
from villages.imports.columns import HEAD_OF_VILLAGE
from villages.imports.models import VillageImport
from villages.imports.selectors.existing_villages import ExistingVillage
from villages.places.selectors.matches import Remark

#: how the register calls the head of a desa, and of a kelurahan
HEADS = ("Kepala desa", "Lurah")
#: other names of these, folded
HEAD_WORDS = {"kepala desa", "kades", "lurah", "kepala kelurahan"}
CONTACT = ("contact_name", "contact_position", "contact_phone")


def names_heads(listed: VillageImport) -> bool:
    """Return whether the heading of the contacts says that they head their villages."""
    place = listed.columns.get("contact_name")
    if place is None:
        return False
    return heading_key(cell_of(listed.headings, place)) in HEAD_OF_VILLAGE


def head_of(code: str) -> str:
    """Return the position of who heads the village; codes of kelurahan have a 1."""
    return HEADS[code.rpartition(".")[2].startswith("1")]


def contact_to_add(
    values: Mapping[str, Any],
    existing: ExistingVillage | None,
    head: str,
    problems: list[Remark],
    notes: list[Remark],
) -> dict[str, str]:
    """Return the contact if the village has none of that name.

    `head` is the position of the contacts of this list, if its heading says so.
    """
    name, position, phone = (values.get(one, "") for one in CONTACT)
    known = existing.contacts if existing else {}
    if not name:
        if phone and phone not in {one.phone for one in known.values()}:
            problems.append(("contact_without_name", {"phone": phone}))
        return {}
    if saved := known.get(without_case(name)):
        if phone and phone != saved.phone:
            notes.append(("contact_kept", {"name": saved.name}))
        return {}
    if not (position or head):
        problems.append(("contact_without_position", {"name": name}))
    return {"name": name, "position": position or head, "phone": phone}


def beside(contact: Mapping[str, str], existing: ExistingVillage | None) -> list[str]:
    """Return the contacts of the village in the same position, with that position."""
    return [
        f"{one.name}, {one.position}"
        for one in (existing.contacts.values() if existing else ())
        if _role(one.position) == _role(contact["position"])
    ]


def _role(position: str) -> str:
    words = folded(position)
    return "head" if words in HEAD_WORDS else words
