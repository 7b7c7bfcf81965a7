"""One letter for several villages; letters of one person never overlap."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from desabinaan.accounts.access import Role
from tests.dataset import Dataset, assign, build_dataset
from tests.forms import sent_form
from tests.races import at_once
from tests.register.paper import letter, pdf_upload
from villages.register import services as register_services
from villages.register.models import Assignment, VillageEvent

ADDRESS = "/desa/zonasi/surat-tugas/"
NUMBER = "ST-007/2026"


def form(dataset: Dataset, *ticked: str, **changes):
    return {
        "person": "serang2",
        "villages": [str(dataset.villages[name].pk) for name in ticked],
        "number": NUMBER,
        "starts_on": "5 Januari 2026",
        "file": pdf_upload(),
    } | changes


def made() -> list[Assignment]:
    rows = Assignment.objects.filter(letter_number=NUMBER)
    return list(rows.order_by("village__name"))


def test_one_letter_covers_ticked_and_typed_villages(dataset, signed_in):
    sent = form(dataset, "lontar", "tengkurak", more_villages="36.04.08.2009")
    answer = signed_in("serang").post(ADDRESS, sent)
    assert answer.url == f"/desa/zonasi/?kantor={dataset.serang.pk}"
    names = [one.village.name for one in made()]
    assert names == ["Lontar", "Pulo Panjang", "Tengkurak"]
    assert len({one.letter_file.name for one in made()}) == 1
    assert {one.user for one in made()} == {dataset.people["serang2"]}
    assert VillageEvent.objects.filter(verb="assign").count() == 3


def test_the_one_pdf_opens_from_every_village(dataset, signed_in):
    signed_in("serang").post(ADDRESS, form(dataset, "lontar", "tengkurak"))
    lontar, tengkurak = (f"/desa/petugas/{one.pk}/berkas/" for one in made())
    assert signed_in("serang").get(tengkurak).status_code == 200
    assert signed_in("official").get(lontar).status_code == 200
    assert signed_in("official").get(tengkurak).status_code == 404


@pytest.mark.parametrize(
    ("ticked", "changes", "message"),
    [
        ((), {}, "Centang paling sedikit satu desa"),
        (("lontar",), {"ends_on": "1/1/2026"}, "mendahului tanggal mulai"),
        (("lontar",), {"person": "tangerang"}, "tidak mengenal akun aktif"),
        (("lontar",), {"more_villages": "Kronjo"}, "Tidak ada desa “Kronjo”"),
        (("kronjo",), {}, "salah satu jawaban"),
        (("lontar", "tengkurak"), {"person": "pimpasa"}, "Lontar, Tirtayasa."),
    ],
)
def test_a_mistake_is_shown_and_no_village_is_assigned(
    dataset, signed_in, ticked, changes, message
):
    page = signed_in("serang").post(ADDRESS, form(dataset, *ticked, **changes))
    assert message in page.content.decode()
    assert f'value="{NUMBER}"' in page.content.decode()
    assert made() == []


def test_a_village_that_got_an_officer_meanwhile_is_pointed_out(dataset, signed_in):
    """The page said "without an officer"; a colleague has assigned one since."""
    browser = signed_in("serang")
    opened = sent_form(browser.get(ADDRESS))
    village = dataset.villages["tengkurak"]
    assign(dataset.people["pimpasa"], Role.PIMPASA, village=village)
    answer = browser.post(ADDRESS, opened | form(dataset, "tengkurak"))
    assert not made()
    assert "Contoh pimpasa" in str(answer.context["form"].errors["villages"])
    again = sent_form(answer) | {"file": pdf_upload()}
    browser.post(ADDRESS, again)
    assert [one.village for one in made()] == [village]


def test_a_letter_is_whole_or_not_at_all(dataset: Dataset, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    villages = [dataset.villages[name] for name in ("tengkurak", "lontar", "kronjo")]
    with pytest.raises(PermissionDenied):
        register_services.issue_letter(
            villages,
            dataset.user("serang2"),
            letter(),
            acting_user=dataset.user("serang"),
        )
    assert made() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_database_refuses_overlapping_days_whoever_writes(dataset: Dataset):
    lontar, person = dataset.villages["lontar"], dataset.people["nobody"]
    day = date(2026, 3, 2)
    assign(person, Role.PIMPASA, village=lontar, starts_on=day, ends_on=day)
    for begins, ends in ((day, day), (date(2026, 1, 1), None)):
        with (
            pytest.raises(IntegrityError, match="assignment_days_never_overlap"),
            transaction.atomic(),
        ):
            assign(person, Role.PIMPASA, village=lontar, starts_on=begins, ends_on=ends)
    assign(person, Role.PIMPASA, village=lontar, starts_on=day + timedelta(days=1))
    assign(person, Role.PIMPASA, village=dataset.villages["tengkurak"], starts_on=day)
    assign(dataset.people["triage"], Role.PIMPASA, village=lontar, starts_on=day)


def test_reversed_dates_are_refused_before_they_make_a_range(dataset: Dataset):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        assign(
            dataset.people["nobody"],
            Role.PIMPASA,
            village=dataset.villages["lontar"],
            ends_on=date(2024, 1, 1),
        )
    turned = Assignment(
        user=dataset.people["nobody"],
        role=Role.PIMPASA,
        village=dataset.villages["lontar"],
        letter_number="1",
        starts_on=date(2026, 1, 2),
        ends_on=date(2026, 1, 1),
    )
    with pytest.raises(ValidationError) as error:
        turned.full_clean(validate_constraints=False)
    assert set(error.value.message_dict) == {"ends_on"}


def test_the_administration_reports_an_overlap_in_a_sentence(dataset, signed_in):
    page = signed_in("admin").post(
        "/admin/register/assignment/add/",
        {
            "user": dataset.people["pimpasa"].pk,
            "role": "pimpasa",
            "village": dataset.villages["lontar"].pk,
            "letter_number": "9",
            "starts_on": "2026-01-05",
        },
    )
    assert "sudah bertugas di desa ini" in page.content.decode()


def test_the_whole_letter_ends_on_one_day(dataset, signed_in):
    signed_in("serang").post(ADDRESS, form(dataset, "lontar", "tengkurak"))
    lontar = made()[0]
    address = f"/desa/36.04.13.2007/petugas/{lontar.pk}/selesai/"
    assert "Tengkurak, Tirtayasa" in signed_in("serang").get(address).content.decode()
    day = timezone.localdate().isoformat()
    signed_in("serang").post(address, {"ends_on": day, "whole_letter": "on"})
    assert {one.ends_on.isoformat() for one in made()} == {day}


def test_without_the_tick_only_this_village_ends(dataset, signed_in):
    signed_in("serang").post(ADDRESS, form(dataset, "lontar", "tengkurak"))
    lontar = made()[0]
    address = f"/desa/36.04.13.2007/petugas/{lontar.pk}/selesai/"
    signed_in("serang").post(address, {"ends_on": timezone.localdate().isoformat()})
    assert [one.ends_on is None for one in made()] == [False, True]


def test_a_letter_ends_only_where_one_may_end_it(dataset: Dataset):
    person = dataset.people["nobody"]
    for name in ("lontar", "kronjo"):
        assign(person, Role.PIMPASA, village=dataset.villages[name])
    assignment = Assignment.objects.get(user=person, village=dataset.villages["lontar"])
    day = timezone.localdate()
    ended = register_services.end_letter(
        assignment, day, acting_user=dataset.user("serang")
    )
    assert [one.village.name for one in ended] == ["Lontar"]
    with pytest.raises(PermissionDenied):
        register_services.end_assignment(
            Assignment.objects.get(user=person, village=dataset.villages["kronjo"]),
            day,
            acting_user=dataset.user("serang"),
        )


@pytest.mark.parametrize("name", ["lontar", "tengkurak"])
def test_a_link_ticks_its_village(dataset, signed_in, name):
    code = dataset.villages[name].code
    page = signed_in("serang").get(f"{ADDRESS}?desa={code}")
    assert page.context["form"].initial["villages"] == [str(dataset.villages[name].pk)]


@pytest.mark.django_db(transaction=True)
def test_two_letters_at_once_for_one_person_and_village_make_one():
    dataset = build_dataset()
    answers = at_once(
        *(
            partial(
                register_services.issue_letter,
                [dataset.villages[name] for name in names],
                dataset.user("nobody"),
                letter(),
                acting_user=dataset.user(office),
            )
            for office, names in (
                ("serang", ("lontar", "tengkurak")),
                ("serang2", ("tengkurak", "lontar")),
            )
        )
    )
    assert sum(isinstance(one, ValidationError) for one in answers) == 1
    assert len(made()) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_appoint_one_official_at_once_appoint_once():
    dataset = build_dataset()
    answers = at_once(
        *(
            partial(
                register_services.assign,
                Role.VILLAGE_OFFICIAL,
                dataset.user("nobody"),
                letter(),
                village=dataset.villages["lontar"],
                acting_user=dataset.user(name),
            )
            for name in ("kanwil", "kanwil2")
        )
    )
    assert sum(isinstance(one, ValidationError) for one in answers) == 1
    assert len(made()) == 1


def test_a_village_official_gets_no_second_assignment_for_the_same_days(
    dataset: Dataset,
):
    with pytest.raises(ValidationError, match="sudah bertugas di sini"):
        register_services.assign(
            Role.VILLAGE_OFFICIAL,
            dataset.user("official"),
            letter(),
            village=dataset.villages["lontar"],
            acting_user=dataset.user("kanwil"),
        )
