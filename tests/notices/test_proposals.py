"""A proposal asks the Kanwil; what it decides is told to the office that proposed."""

import pytest

from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from tests.notices.telling import told
from tests.villages.paper import decree
from tests.world import World
from villages import actions
from villages.models import Region, Village


@pytest.fixture
def proposed(world: World) -> Village:
    region = Region.objects.get(pk="36.04.13.2008")
    facts = {"reason": "Banyak warga bekerja ke luar negeri."}
    return actions.propose_village(region, facts, acting_user=world.user("serang"))


def waiting() -> int:
    return Notice.objects.unread().filter(kind=Kind.VILLAGE_PROPOSED).count()


def test_the_kanwil_is_asked_and_the_office_told_that_it_was_declined(
    world: World, proposed: Village
) -> None:
    assert told(Kind.VILLAGE_PROPOSED) == {"kanwil", "kanwil2"}
    kanwil = world.user("kanwil")
    actions.drop_proposal(proposed, "decline", "Nama warga X.", acting_user=kanwil)
    assert told(Kind.PROPOSAL_DECLINED) == {"serang", "serang2"}
    assert waiting() == 0
    assert not Notice.objects.filter(about__contains="warga").exists()


def test_what_is_withdrawn_asks_nobody_any_longer(
    world: World, proposed: Village
) -> None:
    serang = world.user("serang")
    actions.drop_proposal(proposed, "withdraw", "Salah.", acting_user=serang)
    assert waiting() == 0
    assert told(Kind.PROPOSAL_DECLINED) == set()


def test_the_office_is_told_of_the_decree(world: World, proposed: Village) -> None:
    actions.record_decree(
        proposed, "designate", decree(), acting_user=world.user("kanwil")
    )
    assert told(Kind.VILLAGE_DESIGNATED) == {"serang", "serang2"}
    assert waiting() == 0
