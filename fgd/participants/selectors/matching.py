"""Agencies and villages that match the names in pasted rows."""

from collections.abc import Mapping, Sequence

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded
from fgd.agencies.models import Agency
from fgd.participants.selectors.participants import UNLISTED
from fgd.sessions.models import Session
from villages.places.named_places import named_place_in
from villages.register.selectors.search import villages_named

PREFIXES = ("desa ", "kelurahan ", "kel ", "pemerintah desa ", "pemdes ")


def parties_named(typed: Sequence[str], user: Actor, session: Session) -> list[str]:
    """Return for each name the matching party, as "a12" or "v7"; "" for none."""
    known = _agencies_by_word()
    known |= _invited_villages_by_word(session)
    found = [known.get(folded_party(word), "") for word in typed]
    unknown = sorted(
        {word for word, value in zip(typed, found, strict=True) if word and not value}
    )
    villages = _villages_by_word(unknown, user)
    return [
        value or villages.get(word, "")
        for word, value in zip(typed, found, strict=True)
    ]


def matched(
    people: Sequence[Mapping[str, str]], user: Actor, session: Session
) -> list[dict[str, str]]:
    """Return the pasted people with the matching party or a new agency's name."""
    values = parties_named([row["party"] for row in people], user, session)
    return [
        {
            "name": row["name"],
            "position": row["position"],
            "phone": row["phone"],
            "party": value or (UNLISTED if row["party"] else ""),
            "new_agency": "" if value else row["party"],
        }
        for row, value in zip(people, values, strict=True)
    ]


def folded_party(name: str) -> str:
    """Return the name as it compares, without "Desa" in front."""
    plain = folded(name)
    for prefix in PREFIXES:
        if plain.startswith(prefix):
            return plain.removeprefix(prefix)
    return plain


def _agencies_by_word() -> dict[str, str]:
    rows = Agency.objects.not_merged().values_list("pk", "name", "short_name")
    return {folded_party(word): f"a{pk}" for pk, *words in rows for word in words}


def _invited_villages_by_word(session: Session) -> dict[str, str]:
    rows = session.invitations.filter(village__isnull=False).values_list(
        "village_id", "village__name", "village__district_name", "village__region_id"
    )
    known: dict[str, str] = {}
    for pk, name, district, code in rows:
        words = (name, f"{name} {district}", code)
        known |= {folded_party(word): f"v{pk}" for word in words}
    return known


def _villages_by_word(words: Sequence[str], user: Actor) -> dict[str, str]:
    """Return visible villages by word, if only one village matches it."""
    found = villages_named([*map(named_place_in, words)], user, "village.view")
    return {
        word: f"v{named.villages[0].pk}"
        for word, named in zip(words, found, strict=True)
        if len(named.villages) == 1
    }
