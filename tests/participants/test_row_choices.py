"""The page of a row in a pasted list: what its choices and its tick say."""

from django.test import Client

from fgd.participants.kind import DELEGATE_LISTS
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.participants.pasted_pages import previewed


def test_the_tick_says_what_the_other_rows_have_in_common(
    session: Session, staff: Client
) -> None:
    def tick(text: str) -> str:
        row = previewed(staff, session, text).rows.first()
        address = DELEGATE_LISTS.url("row", row.parent_id, row.pk)
        return staff.get(address).context["form"]["for_alike"].label

    same = tick("Siti\tKabid\tRehsos\nBudi\tStaf\tREHSOS\n")
    assert same.startswith("1 baris lain dengan")
    assert "yang sama" in same
    assert "tanpa" in tick("Siti\nBudi\n")


def test_a_settled_row_does_not_ask_as_if_nothing_was_decided(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    def last_choice(text: str) -> str:
        row = previewed(staff, session, text).rows.first()
        address = DELEGATE_LISTS.url("row", row.parent_id, row.pk)
        return staff.get(address).context["form"].fields["chosen"].choices[-1][1]

    assert "belum pasti" in last_choice("Siti\tKabid\tDinas Sosal\n")
    assert last_choice("Siti\tKabid\tDinsos\n") == "seperti yang dibaca sekarang"
