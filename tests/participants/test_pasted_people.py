"""What the rows of a pasted list say of each person before anybody is added."""

import pytest
from django.test import Client

from fgd.participants.models import Delegate
from fgd.sessions.models import Session
from tests.participants.pasted_pages import commit, detail, notes, previewed, results


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890.0",
        "0062812-3456-7890",
        "\uff10\uff18\uff11\uff12 3456 7890",
        "81234567890",
    ],
)
def test_the_telephone_is_shown_as_it_will_be_stored(
    session: Session, staff: Client, typed: str
) -> None:
    text = f"Nama\tJabatan\tInstansi\tHP\nSiti\tKabid\tDinsos\t{typed}\n"
    listed = previewed(staff, session, text)
    assert "telepon 0812-3456-7890" in detail(staff, listed).content.decode()
    assert typed not in notes(listed.rows.get())
    commit(staff, listed)
    assert Delegate.objects.get().phone == "+6281234567890"


def test_a_word_for_nothing_is_no_telephone_and_any_other_word_is_asked(
    session: Session, staff: Client
) -> None:
    text = (
        "Nama\tJabatan\tInstansi\tHP\n"
        "Siti\tKabid\tDinsos\ttidak punya\nBudi\tStaf\tDinsos\tmenyusul\n"
    )
    listed = previewed(staff, session, text)
    assert results(listed) == ["ready", "doubtful"]
    assert "telepon" not in notes(listed.rows.first())
