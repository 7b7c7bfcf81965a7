"""One focal point: appointed and ended in the administration, and told so."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from fgd.actions.focal_points import appoint, change_term
from fgd.actions.merging import merge_agencies
from fgd.models import Agency, FocalPoint
from tests.locks import locked_by
from tests.notices.telling import told
from tests.world import World

LIST = "/admin/fgd/focalpoint/"
BEGIN = date(2026, 3, 2)


def appointed(world: World, name: str = "nobody", by: str = "admin", **more):
    dinsos = world.agencies["dinsos"]
    return appoint(world.user(name), dinsos, BEGIN, acting_user=world.user(by), **more)


def sent(world: World, name: str = "nobody", **more: object) -> dict[str, object]:
    agency = world.agencies["dinsos"].pk
    return {"user": world.people[name].pk, "agency": agency, "starts_on": BEGIN} | more


def test_the_person_is_told_for_whom_and_from_when(world: World, signed_in):
    signed_in("admin").post(f"{LIST}add/", sent(world))
    assert FocalPoint.objects.filter(user=world.people["nobody"]).exists()
    assert told(Kind.FOCAL_POINT_BEGUN) == {"nobody"}
    [notice] = Notice.objects.filter(kind=Kind.FOCAL_POINT_BEGUN)
    assert str(notice) == "Anda menjadi narahubung Dinsos mulai 2 Maret 2026."
    assert notice.path == "/"


def test_the_person_is_told_of_a_last_day_once(world: World, signed_in):
    point, admin = appointed(world), signed_in("admin")
    address = f"{LIST}{point.pk}/change/"
    admin.post(address, {"position": "Kepala bidang", "ends_on": ""})
    assert told(Kind.FOCAL_POINT_ENDED) == set()
    for _again in range(2):
        admin.post(address, {"position": "Staf", "ends_on": "2027-01-31"})
    [notice] = Notice.objects.filter(kind=Kind.FOCAL_POINT_ENDED)
    assert str(notice) == "Anda menjadi narahubung Dinsos sampai 31 Januari 2027."
    point.refresh_from_db()
    assert (point.position, point.ends_on) == ("Staf", date(2027, 1, 31))


def test_a_term_is_held_while_it_is_changed(world: World):
    point, admin = appointed(world), world.user("admin")
    change = partial(change_term, point, position="", ends_on=None, acting_user=admin)
    assert locked_by(change) == ["fgd_focalpoint"]


def test_who_speaks_for_the_agency_that_stays_is_told(world: World):
    dinsos, polres = world.agencies["dinsos"], world.agencies["polres"]
    merge_agencies(dinsos.pk, polres.pk, acting_user=world.user("admin"))
    assert told(Kind.FOCAL_POINT_BEGUN) == {"dinsos"}
    assert Notice.objects.get(kind=Kind.FOCAL_POINT_BEGUN).about == "Polres Serang"


def test_an_appointment_that_is_rolled_back_tells_nobody(world: World):
    with transaction.atomic():
        appointed(world)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def refused(world: World, case: str) -> dict[str, object]:
    """What is sent in a case that is refused."""
    agencies = Agency.objects.filter(pk=world.agencies["dinsos"].pk)
    if case == "oneself":
        return sent(world, "admin")
    if case == "closed":
        User.objects.filter(username="nobody").update(is_active=False)
    elif case == "proposed":
        agencies.update(status="proposed")
    elif case == "merged":
        agencies.update(successor=world.agencies["polres"])
    elif case == "twice":
        appointed(world, ends_on=date(2026, 3, 31))
        return sent(world, starts_on="2026-03-31")
    elif case == "backwards":
        return sent(world, ends_on="2026-03-01")
    return sent(world)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("oneself", "dirinya sendiri"),
        ("closed", "Akun ini ditutup"),
        ("proposed", "belum dikonfirmasi"),
        ("merged", "sudah digabung"),
        ("twice", "pada masa itu"),
        ("backwards", "mendahului"),
    ],
)
def test_what_cannot_be_is_told_on_the_page(world: World, signed_in, case, words):
    data = refused(world, case)
    before = FocalPoint.objects.count()
    answer = signed_in("admin").post(f"{LIST}add/", data)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert FocalPoint.objects.count() == before


def test_the_deed_itself_refuses_it_too(world: World):
    appointed(world)
    with pytest.raises(ValidationError, match="pada masa itu"):
        appointed(world)
    with pytest.raises(ValidationError, match="dirinya sendiri"):
        appointed(world, "admin")
    with pytest.raises(ValidationError, match="mendahului"):
        appointed(world, "official", ends_on=date(2026, 3, 1))


def test_a_second_term_may_follow_the_first(world: World, signed_in):
    appointed(world, ends_on=date(2026, 3, 31))
    signed_in("admin").post(f"{LIST}add/", sent(world, starts_on="2026-04-01"))
    assert FocalPoint.objects.filter(user=world.people["nobody"]).count() == 2


@pytest.mark.parametrize("name", ["kanwil", "serang", "dinsos", "official", "nobody"])
def test_only_an_administrator_appoints_and_ends(world: World, name: str):
    with pytest.raises(PermissionDenied):
        appointed(world, "polres", by=name)
    point = FocalPoint.objects.get(user__username="dinsos")
    with pytest.raises(PermissionDenied):
        change_term(point, position="", ends_on=BEGIN, acting_user=world.user(name))
    assert FocalPoint.objects.get(pk=point.pk).ends_on is None
