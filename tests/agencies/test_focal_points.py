"""One focal point: appointed, ended and notified in the administration."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from fgd.agencies.models import Agency, FocalPoint
from fgd.agencies.services.focal_points import appoint, change_term
from fgd.merging.services import merge_agencies
from tests.dataset import Dataset
from tests.locks import locked_by
from tests.notices.sent_notices import notified

LIST = "/admin/agencies/focalpoint/"

BEGIN = date(2026, 3, 2)


def appointed(dataset: Dataset, name: str = "nobody", by: str = "admin", **more):
    dinsos = dataset.agencies["dinsos"]
    return appoint(
        dataset.user(name), dinsos, BEGIN, acting_user=dataset.user(by), **more
    )


def sent(dataset: Dataset, name: str = "nobody", **more: object) -> dict[str, object]:
    agency = dataset.agencies["dinsos"].pk
    return {
        "user": dataset.people[name].pk,
        "agency": agency,
        "starts_on": BEGIN,
    } | more


def test_a_new_focal_point_is_notified(dataset: Dataset, signed_in):
    signed_in("admin").post(f"{LIST}add/", sent(dataset))
    assert FocalPoint.objects.filter(user=dataset.people["nobody"]).exists()
    assert notified(Kind.FOCAL_POINT_BEGUN) == {"nobody"}
    [notice] = Notice.objects.filter(kind=Kind.FOCAL_POINT_BEGUN)
    assert str(notice) == "Anda menjadi narahubung Dinsos mulai 2 Maret 2026."
    assert notice.path == "/"


def test_a_last_day_is_notified_once(dataset: Dataset, signed_in):
    point, admin = appointed(dataset), signed_in("admin")
    address = f"{LIST}{point.pk}/change/"
    admin.post(address, {"position": "Kepala bidang", "ends_on": ""})
    assert notified(Kind.FOCAL_POINT_ENDED) == set()
    for _again in range(2):
        admin.post(address, {"position": "Staf", "ends_on": "2027-01-31"})
    [notice] = Notice.objects.filter(kind=Kind.FOCAL_POINT_ENDED)
    assert str(notice) == "Anda menjadi narahubung Dinsos sampai 31 Januari 2027."
    point.refresh_from_db()
    assert (point.position, point.ends_on) == ("Staf", date(2027, 1, 31))


def test_a_term_is_held_while_it_is_changed(dataset: Dataset):
    point, admin = appointed(dataset), dataset.user("admin")
    change = partial(change_term, point, position="", ends_on=None, acting_user=admin)
    assert locked_by(change) == ["agencies_focalpoint"]


def test_focal_points_of_the_remaining_agency_are_notified(dataset: Dataset):
    dinsos, polres = dataset.agencies["dinsos"], dataset.agencies["polres"]
    merge_agencies(dinsos.pk, polres.pk, acting_user=dataset.user("admin"))
    assert notified(Kind.FOCAL_POINT_BEGUN) == {"dinsos"}
    assert Notice.objects.get(kind=Kind.FOCAL_POINT_BEGUN).about == "Polres Serang"


def test_an_appointment_that_is_rolled_back_notifies_nobody(dataset: Dataset):
    with transaction.atomic():
        appointed(dataset)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def refused(dataset: Dataset, case: str) -> dict[str, object]:
    """What is sent in a case that is refused."""
    agencies = Agency.objects.filter(pk=dataset.agencies["dinsos"].pk)
    if case == "oneself":
        return sent(dataset, "admin")
    if case == "closed":
        User.objects.filter(username="nobody").update(is_active=False)
    elif case == "proposed":
        agencies.update(status="proposed")
    elif case == "merged":
        agencies.update(successor=dataset.agencies["polres"])
    elif case == "twice":
        appointed(dataset, ends_on=date(2026, 3, 31))
        return sent(dataset, starts_on="2026-03-31")
    elif case == "backwards":
        return sent(dataset, ends_on="2026-03-01")
    return sent(dataset)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("oneself", "dirinya sendiri"),
        ("closed", "Akun ini ditutup"),
        ("proposed", "belum dikonfirmasi"),
        ("merged", "sudah digabung"),
        ("twice", "pada masa itu"),
        ("backwards", "lebih awal"),
    ],
)
def test_refusals_are_shown_on_the_page(dataset: Dataset, signed_in, case, words):
    data = refused(dataset, case)
    before = FocalPoint.objects.count()
    answer = signed_in("admin").post(f"{LIST}add/", data)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert FocalPoint.objects.count() == before


def test_the_service_refuses_it_too(dataset: Dataset):
    appointed(dataset)
    with pytest.raises(ValidationError, match="pada masa itu"):
        appointed(dataset)
    with pytest.raises(ValidationError, match="dirinya sendiri"):
        appointed(dataset, "admin")
    with pytest.raises(ValidationError, match="lebih awal"):
        appointed(dataset, "official", ends_on=date(2026, 3, 1))


def test_a_second_term_may_follow_the_first(dataset: Dataset, signed_in):
    appointed(dataset, ends_on=date(2026, 3, 31))
    signed_in("admin").post(f"{LIST}add/", sent(dataset, starts_on="2026-04-01"))
    assert FocalPoint.objects.filter(user=dataset.people["nobody"]).count() == 2


@pytest.mark.parametrize("name", ["kanwil", "serang", "dinsos", "official", "nobody"])
def test_only_an_administrator_appoints_and_ends(dataset: Dataset, name: str):
    with pytest.raises(PermissionDenied):
        appointed(dataset, "polres", by=name)
    point = FocalPoint.objects.get(user__username="dinsos")
    with pytest.raises(PermissionDenied):
        change_term(point, position="", ends_on=BEGIN, acting_user=dataset.user(name))
    assert FocalPoint.objects.get(pk=point.pk).ends_on is None
