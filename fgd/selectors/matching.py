"""What a pasted word means: which agency, which village, among those that exist."""

import re
from collections.abc import Iterable, Mapping, Sequence

from desabinaan.accounts.access import Actor
from fgd.models import Agency, Session
from fgd.selectors.participants import (
    UNLISTED,
    Choices,
    grouped_choices,
    invitations_of,
)
from villages.models import Village
from villages.selectors.search import villages_named

PREFIXES = ("desa ", "kelurahan ", "kel ", "pemerintah desa ", "pemdes ")


def parties_named(typed: Sequence[str], user: Actor, session: Session) -> list[str]:
    """For each entry the party it means, as "a12" or "v7"; "" when nobody is meant."""
    known = _agencies_by_word()
    known |= _invited_villages_by_word(session)
    found = [known.get(folded(word), "") for word in typed]
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
    """Each pasted person with the party that is meant; else a new agency's name."""
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


def parties_in(session: Session, user: Actor, values: Iterable[str]) -> Choices:
    """What the rows may answer: the invited, villages in sight they name, agencies."""
    ids = {int(value[1:]) for value in values if re.fullmatch(r"v\d{1,18}", value)}
    named = Village.objects.visible_to(user).filter(pk__in=ids)
    invited = [one.agency or one.village for one in invitations_of(session)]
    return grouped_choices([*invited, *named])


def folded(word: str) -> str:
    """The word as it compares: small letters, no signs, no "Desa" in front."""
    plain = " ".join(re.sub(r"[^\w]+", " ", word.casefold()).split())
    for prefix in PREFIXES:
        if plain.startswith(prefix):
            return plain.removeprefix(prefix)
    return plain


def _agencies_by_word() -> dict[str, str]:
    rows = Agency.objects.standing().values_list("pk", "name", "short_name")
    return {folded(word): f"a{pk}" for pk, *words in rows for word in words}


def _invited_villages_by_word(session: Session) -> dict[str, str]:
    rows = session.invitations.filter(village__isnull=False).values_list(
        "village_id", "village__name", "village__district_name", "village__region_id"
    )
    known: dict[str, str] = {}
    for pk, name, district, code in rows:
        words = (name, f"{name} {district}", code)
        known |= {folded(word): f"v{pk}" for word in words}
    return known


def _villages_by_word(words: Sequence[str], user: Actor) -> dict[str, str]:
    """Villages in sight that exactly one entry can mean."""
    asked = [re.sub(r"(?i)^(desa|kelurahan)\s+", "", word) for word in words]
    found = villages_named(asked[:50], user, "village.view")
    return {
        word: f"v{candidates[0].pk}"
        for word, candidates in zip(words, found, strict=False)
        if len(candidates) == 1
        and folded(word).split()[:1] == folded(candidates[0].name).split()[:1]
    }
