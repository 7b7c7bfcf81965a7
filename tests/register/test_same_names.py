"""A contact with the name of another one is asked about before it is saved."""

import html
import re
from uuid import uuid4

import pytest

from tests.dataset import Dataset
from villages.register.models import VillageContact

pytestmark = pytest.mark.django_db

LONTAR = "/desa/36.04.13.2007/"
ADD = f"{LONTAR}kontak/baru/"
TYPED = {"name": "Ma'mun bin Sarip", "position": "Sekretaris", "phone": "081234567890"}
QUESTION = "Desa ini sudah mempunyai kontak Ma'mun bin Sarip (Sekretaris)."
TICK = 'type="checkbox" name="is_another"'


@pytest.fixture
def first(dataset: Dataset, signed_in) -> VillageContact:
    assert signed_in("serang").post(ADD, TYPED).status_code == 302
    return VillageContact.objects.get()


def test_sent_again_without_the_telephone_it_is_asked_about(first, signed_in):
    """After "Back" the browser fills in everything but the number."""
    client = signed_in("serang")
    again = TYPED | {"phone": "", "client_uuid": str(uuid4())}
    answer = client.post(ADD, again)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert QUESTION in page
    assert TICK in page
    assert 'value="Sekretaris"' in page
    assert VillageContact.objects.get() == first
    assert client.post(ADD, again | {"is_another": "on"}).status_code == 302
    assert VillageContact.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["MA'MUN  BIN SARIP", "Ma\u2019mun\u00a0bin Sarip", "Mamun bin Sárip"]
)
def test_case_accents_and_spaces_do_not_make_another_name(first, signed_in, name):
    answer = signed_in("official").post(ADD, TYPED | {"name": name, "position": "Kaur"})
    assert QUESTION in html.unescape(answer.content.decode())
    assert VillageContact.objects.count() == 1


def test_another_name_and_another_village_are_not_asked_about(
    first, dataset: Dataset, signed_in
):
    client = signed_in("serang")
    assert TICK not in client.get(ADD).content.decode()
    assert client.post(ADD, TYPED | {"name": "Ma'mun"}).status_code == 302
    there = "/desa/36.04.13.2011/kontak/baru/"
    assert client.post(there, TYPED).status_code == 302


def test_a_contact_is_renamed_into_another_one_on_purpose_only(first, signed_in):
    client = signed_in("serang")
    client.post(ADD, TYPED | {"name": "Suparti"})
    other = VillageContact.objects.get(name="Suparti")
    address = f"{LONTAR}kontak/{other.pk}/"
    assert client.post(address, TYPED | {"version": "1"}).status_code == 200
    assert client.post(
        address, TYPED | {"version": "1", "is_another": "on"}
    ).status_code == (302)
    # Its own name is not asked about again.
    changed = TYPED | {"version": "2", "position": "Kaur"}
    assert client.post(address, changed).status_code == 302


def test_one_more_asked_for_on_the_page_before_is_not_asked_again(first, signed_in):
    client = signed_in("serang")
    number = {"client_uuid": str(uuid4())}
    client.post(ADD, TYPED | number | {"name": "Suparti"})
    page = client.post(ADD, TYPED | number | {"name": "Suparti", "phone": ""})
    assert page.status_code == 409
    hidden = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()
    )
    sent = {name: html.unescape(value) for name, value in hidden}
    assert client.post(ADD, sent).status_code == 302
    assert VillageContact.objects.filter(name="Suparti").count() == 2
