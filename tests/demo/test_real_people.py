"""The demonstration stays away from a database that somebody really uses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from desabinaan.accounts.models import User
from desabinaan.demo.build import build
from villages.places.models import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [User, Office])
def test_a_database_of_a_real_portal_is_refused(model: type) -> None:
    if model is User:
        User.objects.create(username="kepala", is_demonstration=False)
    else:
        Office.objects.create(name="Kanwil Contoh", kind=Office.Kind.REGIONAL)
    with pytest.raises(CommandError, match="portal sungguhan"):
        call_command("demo")
    with pytest.raises(PermissionDenied):
        build()
    assert not User.objects.filter(is_demonstration=True).exists()
    assert Office.objects.count() + User.objects.count() == 1
