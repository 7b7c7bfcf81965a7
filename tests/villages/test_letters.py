"""One letter for several villages; letters of one person never overlap."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from desabinaan.accounts.access import Role
from tests.races import at_once
from tests.villages.paper import letter, pdf_upload
from tests.world import World, assign, build_world
from villages import actions
from villages.models import Assignment, VillageEvent

ADDRESS = "/desa/zonasi/surat-tugas/"
NUMBER = "ST-007/2026"


def form(world: World, *ticked: str, **changes):
    return {
        "person": "serang2",
        "villages": [str(world.villages[name].pk) for name in ticked],
        "number": NUMBER,
        "starts_on": "5 Januari 2026",
        "file": pdf_upload(),
    } | changes


def made() -> list[Assignment]:
    rows = Assignment.objects.filter(letter_number=NUMBER)
    return list(rows.order_by("village__name"))


def test_one_letter_covers_ticked_and_typed_villages(world, signed_in):
    sent = form(world, "lontar", "tengkurak", more_villages="36.04.08.2009")
    answer = signed_in("serang").post(ADDRESS, sent)
    assert answer.url == f"/desa/zonasi/?kantor={world.serang.pk}"
    names = [one.village.name for one in made()]
    assert names == ["Lontar", "Pulo Panjang", "Tengkurak"]
    assert len({one.letter_file.name for one in made()}) == 1
    assert {one.user for one in made()} == {world.people["serang2"]}
    assert VillageEvent.objects.filter(verb="assign").count() == 3


def test_the_one_pdf_opens_from_every_village(world, signed_in):
    signed_in("serang").post(ADDRESS, form(world, "lontar", "tengkurak"))
    lontar, tengkurak = (f"/desa/petugas/{one.pk}/berkas/" for one in made())
    assert signed_in("serang").get(tengkurak).status_code == 200
    assert signed_in("official").get(lontar).status_code == 200
    assert signed_in("official").get(tengkurak).status_code == 404


@pytest.mark.parametrize(
    ("ticked", "changes", "told"),
    [
        ((), {}, "Centang sedikitnya satu desa"),
        (("lontar",), {"ends_on": "1/1/2026"}, "mendahului hari pertama"),
        (("lontar",), {"person": "tangerang"}, "tidak mengenal akun aktif"),
        (("lontar",), {"more_villages": "Kronjo"}, "Tidak ada desa “Kronjo”"),
        (("kronjo",), {}, "salah satu jawaban"),
        (("lontar", "tengkurak"), {"person": "pimpasa"}, "Lontar, Tirtayasa."),
    ],
)
def test_a_mistake_is_told_and_no_village_is_assigned(
    world, signed_in, ticked, changes, told
):
    page = signed_in("serang").post(ADDRESS, form(world, *ticked, **changes))
    assert told in page.content.decode()
    assert f'value="{NUMBER}"' in page.content.decode()
    assert made() == []


def test_a_letter_is_whole_or_not_at_all(world: World, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    villages = [world.villages[name] for name in ("tengkurak", "lontar", "kronjo")]
    with pytest.raises(PermissionDenied):
        actions.issue_letter(
            villages,
            world.user("serang2"),
            letter(),
            acting_user=world.user("serang"),
        )
    assert made() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_database_refuses_overlapping_days_whoever_writes(world: World):
    lontar, person = world.villages["lontar"], world.people["nobody"]
    day = date(2026, 3, 2)
    assign(person, Role.PIMPASA, village=lontar, starts_on=day, ends_on=day)
    for begins, ends in ((day, day), (date(2026, 1, 1), None)):
        with (
            pytest.raises(IntegrityError, match="assignment_days_never_overlap"),
            transaction.atomic(),
        ):
            assign(person, Role.PIMPASA, village=lontar, starts_on=begins, ends_on=ends)
    assign(person, Role.PIMPASA, village=lontar, starts_on=day + timedelta(days=1))
    assign(person, Role.PIMPASA, village=world.villages["tengkurak"], starts_on=day)
    assign(world.people["triage"], Role.PIMPASA, village=lontar, starts_on=day)


def test_days_turned_round_are_refused_before_they_make_a_range(world: World):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        assign(
            world.people["nobody"],
            Role.PIMPASA,
            village=world.villages["lontar"],
            ends_on=date(2024, 1, 1),
        )
    turned = Assignment(
        user=world.people["nobody"],
        role=Role.PIMPASA,
        village=world.villages["lontar"],
        letter_number="1",
        starts_on=date(2026, 1, 2),
        ends_on=date(2026, 1, 1),
    )
    with pytest.raises(ValidationError) as told:
        turned.full_clean(validate_constraints=False)
    assert set(told.value.message_dict) == {"ends_on"}


def test_the_administration_tells_an_overlap_in_a_sentence(world, signed_in):
    page = signed_in("admin").post(
        "/admin/villages/assignment/add/",
        {
            "user": world.people["pimpasa"].pk,
            "role": "pimpasa",
            "village": world.villages["lontar"].pk,
            "letter_number": "9",
            "starts_on": "2026-01-05",
        },
    )
    assert "sudah bertugas di desa ini" in page.content.decode()


def test_the_whole_letter_ends_on_one_day(world, signed_in):
    signed_in("serang").post(ADDRESS, form(world, "lontar", "tengkurak"))
    lontar = made()[0]
    address = f"/desa/36.04.13.2007/petugas/{lontar.pk}/selesai/"
    assert "Tengkurak, Tirtayasa" in signed_in("serang").get(address).content.decode()
    day = timezone.localdate().isoformat()
    signed_in("serang").post(address, {"ends_on": day, "whole_letter": "on"})
    assert {one.ends_on.isoformat() for one in made()} == {day}


def test_without_the_tick_only_this_village_ends(world, signed_in):
    signed_in("serang").post(ADDRESS, form(world, "lontar", "tengkurak"))
    lontar = made()[0]
    address = f"/desa/36.04.13.2007/petugas/{lontar.pk}/selesai/"
    signed_in("serang").post(address, {"ends_on": timezone.localdate().isoformat()})
    assert [one.ends_on is None for one in made()] == [False, True]


def test_a_letter_ends_only_where_one_may_end_it(world: World):
    person = world.people["nobody"]
    for name in ("lontar", "kronjo"):
        assign(person, Role.PIMPASA, village=world.villages[name])
    held = Assignment.objects.get(user=person, village=world.villages["lontar"])
    day = timezone.localdate()
    ended = actions.end_letter(held, day, acting_user=world.user("serang"))
    assert [one.village.name for one in ended] == ["Lontar"]
    with pytest.raises(PermissionDenied):
        actions.end_assignment(
            Assignment.objects.get(user=person, village=world.villages["kronjo"]),
            day,
            acting_user=world.user("serang"),
        )


@pytest.mark.parametrize("name", ["lontar", "tengkurak"])
def test_a_link_ticks_its_village(world, signed_in, name):
    code = world.villages[name].code
    page = signed_in("serang").get(f"{ADDRESS}?desa={code}")
    assert page.context["form"].initial["villages"] == [str(world.villages[name].pk)]


@pytest.mark.django_db(transaction=True)
def test_two_letters_at_once_for_one_person_and_village_make_one():
    world = build_world()
    answers = at_once(
        *(
            partial(
                actions.issue_letter,
                [world.villages[name] for name in names],
                world.user("nobody"),
                letter(),
                acting_user=world.user(office),
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
    world = build_world()
    answers = at_once(
        *(
            partial(
                actions.assign,
                Role.VILLAGE_OFFICIAL,
                world.user("nobody"),
                letter(),
                village=world.villages["lontar"],
                acting_user=world.user(name),
            )
            for name in ("kanwil", "kanwil2")
        )
    )
    assert sum(isinstance(one, ValidationError) for one in answers) == 1
    assert len(made()) == 1


def test_a_village_official_gets_no_second_letter_for_the_same_days(world: World):
    with pytest.raises(ValidationError, match="sudah bertugas di sini"):
        actions.assign(
            Role.VILLAGE_OFFICIAL,
            world.user("official"),
            letter(),
            village=world.villages["lontar"],
            acting_user=world.user("kanwil"),
        )
