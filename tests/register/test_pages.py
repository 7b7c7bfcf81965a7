"""Every page of the villages answers whoever may see it, within its queries."""

import pytest

from tests.dataset import Dataset
from tests.register.paper import decree, letter
from villages.register import services as register_services

LONTAR = "36.04.13.2007"
TABS = ("profil", "penetapan", "petugas")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("kanwil", 200),
        ("serang", 200),
        ("pimpasa", 200),
        ("official", 200),
        ("auditor", 200),
        ("tangerang", 404),
        ("official_kronjo", 404),
        ("mixed", 404),
        ("dinsos", 404),
        ("leader", 404),
        ("triage", 404),
        ("admin", 404),
        ("nobody", 404),
    ],
)
def test_a_tab_opens_for_those_who_look_after_the_village(signed_in, name, status, tab):
    assert signed_in(name).get(f"/desa/{LONTAR}/{tab}/").status_code == status


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_takes_at_most_ten_queries(signed_in, django_assert_max_num_queries, tab):
    client = signed_in("kanwil")
    with django_assert_max_num_queries(10):
        assert client.get(f"/desa/{LONTAR}/{tab}/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        f"/desa/{LONTAR}/ubah/",
        f"/desa/{LONTAR}/kontak/baru/",
        f"/desa/{LONTAR}/petugas/baru/",
        "/desa/cari/?q=lo",
        "/desa/usul/",
        "/desa/usul/?q=sus",
        "/desa/usul/36.04.13.2008/",
        "/akun/permintaan/",
        "/akun/permintaan/baru/",
        "/akun/orang/",
    ],
)
def test_a_form_or_list_opens_for_office_staff(
    signed_in, django_assert_max_num_queries, address
):
    client = signed_in("serang")
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_the_history_of_officers_is_shown(dataset: Dataset, signed_in):
    person = dataset.people["pimpasa_kronjo"]
    lontar = dataset.villages["lontar"]
    kanwil = dataset.user("kanwil")
    register_services.assign_pimpasa(lontar, person, letter(), acting_user=kanwil)
    page = signed_in("official").get(f"/desa/{LONTAR}/petugas/").content.decode()
    assert "Contoh pimpasa.kronjo" in page
    assert "ST-007/2026" in page


def test_the_decrees_are_on_their_tab_with_the_file(dataset: Dataset, signed_in):
    lontar = dataset.villages["lontar"]
    made = register_services.record_decree(
        lontar, "deactivate", decree(), acting_user=dataset.user("kanwil")
    )
    page = signed_in("official").get(f"/desa/{LONTAR}/penetapan/").content.decode()
    assert "W.11-007" in page
    assert f"/desa/penetapan/{made.pk}/berkas/" in page


def test_contacts_are_for_those_who_may_read_them(dataset: Dataset, signed_in):
    dataset.villages["lontar"].contacts.create(
        name="Warga Contoh", position="Sekretaris", phone="+6281234567890"
    )
    seen = signed_in("official").get(f"/desa/{LONTAR}/profil/").content.decode()
    assert "Warga Contoh" in seen
