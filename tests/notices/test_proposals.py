"""A proposal asks the Kanwil; the office is notified of its decision."""

import pytest

from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from tests.dataset import Dataset
from tests.notices.sent_notices import notified
from tests.register.paper import decree
from villages.places.models import Region
from villages.register import services as register_services
from villages.register.models import Village


@pytest.fixture
def proposed(dataset: Dataset) -> Village:
    region = Region.objects.get(pk="36.04.13.2008")
    facts = {"reason": "Banyak warga bekerja ke luar negeri."}
    return register_services.propose_village(
        region, facts, acting_user=dataset.user("serang")
    )


def waiting() -> int:
    return Notice.objects.unread().filter(kind=Kind.VILLAGE_PROPOSED).count()


def test_the_kanwil_is_asked_and_the_office_notified_of_the_refusal(
    dataset: Dataset, proposed: Village
) -> None:
    assert notified(Kind.VILLAGE_PROPOSED) == {"kanwil", "kanwil2"}
    kanwil = dataset.user("kanwil")
    register_services.drop_proposal(
        proposed, "decline", "Nama warga X.", acting_user=kanwil
    )
    assert notified(Kind.PROPOSAL_DECLINED) == {"serang", "serang2"}
    assert waiting() == 0
    assert not Notice.objects.filter(about__contains="warga").exists()


def test_a_withdrawn_proposal_asks_nobody_any_longer(
    dataset: Dataset, proposed: Village
) -> None:
    serang = dataset.user("serang")
    register_services.drop_proposal(proposed, "withdraw", "Salah.", acting_user=serang)
    assert waiting() == 0
    assert notified(Kind.PROPOSAL_DECLINED) == set()


def test_the_office_is_notified_of_a_decree(
    dataset: Dataset, proposed: Village
) -> None:
    register_services.record_decree(
        proposed, "designate", decree(), acting_user=dataset.user("kanwil")
    )
    assert notified(Kind.VILLAGE_DESIGNATED) == {"serang", "serang2"}
    assert waiting() == 0
