"""The profile and the contacts: who changes them, stale edits, hostile typing."""

import re
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.html import escape

from desabinaan.lib.workflow.versions import StaleEdit
from tests.dataset import Dataset
from tests.register.hostile import TEXTS
from tests.register.paper import pdf_upload
from villages.people.models import AccountRequest
from villages.places.models import Scheme
from villages.register import services as register_services
from villages.register.models import Designation, Village, VillageContact

LONTAR = "/desa/36.04.13.2007/"
CONTACT = {"name": "Suparti", "position": "Sekretaris Desa", "phone": "+6281234567890"}


def form(**changes):
    return {"reason": "Dekat pantai.", "version": "1"} | changes


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("kanwil", 302),
        ("serang", 302),
        ("pimpasa", 302),
        ("official", 403),
        ("auditor", 403),
        ("tangerang", 404),
        ("mixed", 404),
    ],
)
def test_staff_change_the_profile(dataset: Dataset, signed_in, name, status):
    answer = signed_in(name).post(f"{LONTAR}ubah/", form(population="5200"))
    assert answer.status_code == status
    village = dataset.villages["lontar"]
    village.refresh_from_db()
    changed = status == 302
    assert (village.population, village.version) == (
        (5200, 2) if changed else (None, 1)
    )
    assert village.events.count() == changed


@pytest.mark.parametrize("address", [f"{LONTAR}ubah/", "/desa/usul/36.04.13.2008/"])
def test_a_village_where_nobody_lives_is_asked_once(
    dataset: Dataset, signed_in, address
):
    serang, sent = signed_in("serang"), form(population="0", households="0")
    assert "is_uninhabited" not in serang.get(address).content.decode()
    refused = serang.post(address, sent)
    assert list(refused.context["form"].errors) == ["population"]
    assert "tidak lagi berpenghuni" in refused.content.decode()
    sent["is_uninhabited"] = "on"
    more = serang.post(address, sent | {"households": "3"})
    assert list(more.context["form"].errors) == ["households"]
    assert 'name="is_uninhabited"' in more.content.decode()
    assert serang.post(address, sent).status_code == 302
    village = Village.objects.get(population=0)
    assert village.households == 0
    profile = serang.get(f"/desa/{village.code}/profil/").content.decode()
    assert re.search(r"<dt>Penduduk</dt>\s*<dd>0</dd>", profile)
    again = form(population="0", households="0", version=str(village.version))
    assert serang.post(f"/desa/{village.code}/ubah/", again).status_code == 302


def test_households_without_inhabitants_are_refused(dataset: Dataset, signed_in):
    """Nobody is asked whether a village with people has no households."""
    for population in ("", "12"):
        sent = form(population=population, households="0", is_uninhabited="on")
        answer = signed_in("serang").post(f"{LONTAR}ubah/", sent)
        assert list(answer.context["form"].errors) == ["households"]


def test_schemes_and_coordinates_are_kept(dataset: Dataset, signed_in):
    scheme = Scheme.objects.create(code="desmigratif", name="Desmigratif")
    post = form(latitude="-6,01234", longitude="106.12345", schemes=[scheme.pk])
    signed_in("serang").post(f"{LONTAR}ubah/", post)
    village = dataset.villages["lontar"]
    village.refresh_from_db()
    assert (str(village.latitude), str(village.longitude)) == ("-6.01234", "106.12345")
    page = signed_in("serang").get(f"{LONTAR}profil/").content.decode()
    assert "Desmigratif" in page
    assert "-6,01234" in page


@pytest.mark.parametrize(
    ("latitude", "longitude", "message"),
    [
        ("106,3", "-5,97", "tampaknya tertukar"),
        ("-5,97", "16,3", "luar Indonesia"),
        ("-5,97", "", "Isi lintang dan bujur"),
        ("utara", "106,3", "Lintang"),
        ("NaN", "106,3", "Lintang"),
        ("1e30", "106,3", "Lintang"),
    ],
)
def test_odd_coordinates_are_refused_and_kept_in_the_form(
    dataset: Dataset, signed_in, latitude, longitude, message
):
    post = form(latitude=latitude, longitude=longitude)
    answer = signed_in("serang").post(f"{LONTAR}ubah/", post)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert f'value="{latitude}"' in answer.content.decode()
    dataset.villages["lontar"].refresh_from_db()
    assert dataset.villages["lontar"].latitude is None


def test_what_a_phone_gives_beyond_a_metre_is_rounded_off(dataset: Dataset, signed_in):
    post = form(latitude="-6.0123456789", longitude="106,1234567")
    assert signed_in("serang").post(f"{LONTAR}ubah/", post).status_code == 302
    village = dataset.villages["lontar"]
    village.refresh_from_db()
    assert (str(village.latitude), str(village.longitude)) == ("-6.01235", "106.12346")


def test_a_stale_edit_is_compared_and_then_overwrites_on_purpose(
    dataset: Dataset, signed_in
):
    village = dataset.villages["lontar"]
    register_services.edit_village(
        village,
        {"reason": "Banyak pekerja migran.", "population": 100},
        version=1,
        acting_user=dataset.user("serang2"),
    )
    client = signed_in("serang")
    page = client.post(f"{LONTAR}ubah/", form(reason="Dekat <pantai>."))
    html = page.content.decode()
    assert "Contoh serang2" in html
    assert "Banyak pekerja migran." in html
    assert "Dekat &lt;pantai&gt;." in html
    assert '<input type="hidden" name="version" value="2"' in html
    village.refresh_from_db()
    assert village.reason == "Banyak pekerja migran."
    client.post(f"{LONTAR}ubah/", form(reason="Dekat pantai.", version="2"))
    village.refresh_from_db()
    assert (village.reason, village.version) == ("Dekat pantai.", 3)


def test_the_action_refuses_an_old_version(dataset: Dataset):
    village, serang = dataset.villages["lontar"], dataset.user("serang")
    register_services.edit_village(
        village, {"reason": "A"}, version=1, acting_user=serang
    )
    with pytest.raises(StaleEdit) as error:
        register_services.edit_village(
            village, {"reason": "B"}, version=1, acting_user=serang
        )
    assert error.value.who == "Contoh serang"


# --- Contacts ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("official", 302),
        ("pimpasa", 302),
        ("serang", 302),
        ("kanwil", 302),
        ("auditor", 403),
        ("official_kronjo", 404),
        ("mixed", 404),
    ],
)
def test_the_village_and_its_office_keep_contacts(signed_in, name, status):
    answer = signed_in(name).post(f"{LONTAR}kontak/baru/", CONTACT)
    assert answer.status_code == status
    assert VillageContact.objects.count() == (status == 302)


@pytest.mark.parametrize("name", ["-", "nihil", "belum ada", "n/a"])
def test_a_contact_without_a_real_name_is_refused(signed_in, name):
    contact = CONTACT | {"name": name}
    answer = signed_in("official").post(f"{LONTAR}kontak/baru/", contact)
    assert answer.context["form"].errors == {"name": ["Isi “Nama”."]}
    assert f'value="{name}"' in answer.content.decode()
    assert not VillageContact.objects.exists()


def test_a_contact_with_a_short_name_is_kept(signed_in):
    signed_in("official").post(f"{LONTAR}kontak/baru/", CONTACT | {"name": "Aman"})
    assert VillageContact.objects.get().name == "Aman"


def test_a_contact_is_changed_and_removed(dataset: Dataset, signed_in):
    client = signed_in("official")
    client.post(f"{LONTAR}kontak/baru/", CONTACT)
    contact = VillageContact.objects.get()
    address = f"{LONTAR}kontak/{contact.pk}/"
    client.post(address, CONTACT | {"name": "D'Arc", "version": "1"})
    contact.refresh_from_db()
    assert (contact.name, contact.version) == ("D'Arc", 2)
    assert client.get(f"{address}hapus/").status_code == 200
    assert VillageContact.objects.exists()
    client.post(f"{address}hapus/")
    assert not VillageContact.objects.exists()
    verbs = dataset.villages["lontar"].events.values_list("verb", flat=True)
    assert set(verbs) == {"contact_add", "contact_edit", "contact_remove"}


def test_a_stale_contact_is_compared(dataset: Dataset, signed_in):
    contact = dataset.villages["lontar"].contacts.create(**CONTACT)
    register_services.edit_contact(
        contact,
        CONTACT | {"phone": "+6289912345678"},
        version=1,
        acting_user=dataset.user("serang"),
    )
    page = signed_in("official").post(
        f"{LONTAR}kontak/{contact.pk}/", CONTACT | {"version": "1"}
    )
    assert "Contoh serang" in page.content.decode()
    contact.refresh_from_db()
    assert contact.phone == "+6289912345678"


def test_a_contact_of_another_village_is_not_found(dataset: Dataset, signed_in):
    contact = dataset.villages["kronjo"].contacts.create(**CONTACT)
    client = signed_in("official")
    for address in (f"{contact.pk}/", f"{contact.pk}/hapus/"):
        answer = client.post(f"{LONTAR}kontak/{address}", CONTACT | {"version": "1"})
        assert answer.status_code == 404
    assert VillageContact.objects.get().version == 1


@pytest.mark.parametrize(
    "page", ["ubah/", "kontak/baru/", "kontak/{pk}/", "kontak/{pk}/hapus/"]
)
def test_a_form_is_not_even_shown_to_others(dataset: Dataset, signed_in, page):
    contact = dataset.villages["lontar"].contacts.create(**CONTACT)
    address = LONTAR + page.format(pk=contact.pk)
    assert signed_in("auditor").get(address).status_code == 403
    assert signed_in("serang").get(address).status_code == 200


def test_the_actions_refuse_strangers_themselves(dataset: Dataset):
    village = dataset.villages["lontar"]
    contact = village.contacts.create(**CONTACT)
    stranger = dataset.user("mixed")
    for operation in (
        lambda: register_services.edit_village(
            village, {"reason": "X"}, version=1, acting_user=stranger
        ),
        lambda: register_services.add_contact(village, CONTACT, acting_user=stranger),
        lambda: register_services.edit_contact(
            contact, CONTACT, version=1, acting_user=stranger
        ),
        lambda: register_services.remove_contact(contact, acting_user=stranger),
    ):
        with pytest.raises(PermissionDenied):
            operation()
    assert village.events.count() == 0


# --- Hostile typing ----------------------------------------------------------


@pytest.mark.parametrize("typed", TEXTS, ids=range(40))
def test_hostile_typing_is_kept_as_text_or_refused(dataset: Dataset, signed_in, typed):
    texts = ("reason", "profile", "access_note")
    numbers = ("population", "households", "latitude", "longitude", "schemes")
    contact = dataset.villages["lontar"].contacts.create(**CONTACT)
    serang, kanwil = signed_in("serang"), signed_in("kanwil")
    day = {"starts_on": "1/2/2026"}
    for client, address, names, more in (
        (serang, f"{LONTAR}ubah/", texts, {"version": "1"}),
        (serang, "/desa/usul/36.04.13.2008/", (*texts, *numbers), {}),
        (serang, f"{LONTAR}kontak/{contact.pk}/", tuple(CONTACT), {"version": "1"}),
        (
            kanwil,
            f"{LONTAR}penetapan/nonaktifkan/",
            ("number", "signatory"),
            {"date": "2/3/2026", "file": pdf_upload()},
        ),
        (serang, f"{LONTAR}petugas/baru/", ("person", "number", "ends_on"), day),
        (
            serang,
            "/akun/permintaan/baru/",
            ("name", "phone", "letter_number"),
            day | {"role": "office_staff", "username": "x.y"},
        ),
        (
            serang,
            "/akun/permintaan/baru/",
            ("role", "username", "email", "village", "starts_on", "office"),
            {},
        ),
    ):
        answer = client.post(address, dict.fromkeys(names, typed) | more)
        assert answer.status_code in {200, 302}
        assert typed == escape(typed) or typed not in answer.content.decode()
    for tab in ("profil", "penetapan"):
        page = kanwil.get(f"{LONTAR}{tab}/").content.decode()
        assert typed == escape(typed) or typed not in page
    found = [*Designation.objects.all(), *AccountRequest.objects.all()]
    assert all(str(one) in (typed.strip(), "x.y") for one in found)


@pytest.mark.parametrize("typed", TEXTS, ids=range(40))
def test_hostile_addresses_are_answered(signed_in, typed):
    client = signed_in("kanwil")
    word = quote(typed[:3000])
    for address in (
        f"/desa/?q={word}&kabupaten={word}&kantor={word}&urut={word}&setelah={word}",
        f"/desa/cari/?q={word}",
        f"/akun/orang/?q={word}&setelah={word}",
    ):
        page = client.get(address)
        assert page.status_code == 200
        if escape(typed) != typed:
            assert typed not in page.content.decode()
    assert signed_in("serang").get(f"/desa/usul/?q={word}").status_code == 200
