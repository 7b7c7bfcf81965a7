from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.agencies.models import Agency
from fgd.minutes import services as minutes_services
from fgd.plan import services as plan_services
from fgd.plan.models import Action, Recommendation
from fgd.plan.selectors.agreements import actions_of_village, recommendations_of
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(name, args=[session.pk, *more])


def typed(dataset: Dataset, **changes: object) -> dict[str, object]:
    return {
        "title": "Pelatihan kerja",
        "lead_agency": dataset.agencies["dinsos"].pk,
        "due_on": "2026-03-01",
        "indicator": "Dua kali pelatihan",
        "pillar": "knowledge",
        "villages": [dataset.villages["lontar"].pk],
        "more_villages": "Tengkurak",
        "supporters": [dataset.agencies["dinsos"].pk],
        "funding": "APBD",
    } | changes


def test_an_action_has_one_lead_its_villages_and_no_agreement_yet(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("pimpasa")
    browser = signed_in("serang")
    browser.post(page("plan:recommendation_add", session), {"text": "Perkuat."})
    row = Recommendation.objects.get()
    browser.post(page("plan:action_add", session, row.pk), typed(dataset))
    action = Action.objects.get()
    assert (action.session, action.office) == (session, dataset.serang)
    assert (action.villages_open, action.agreed_at) == (2, None)
    assert not action.supports.exists()


@pytest.mark.parametrize("who", ["host", "walk_in", "invited"])
def test_whoever_sat_at_the_table_may_support(
    dataset: Dataset, signed_in: Browser, who: str
) -> None:
    session = scene.running(dataset)
    polres = dataset.agencies["polres"]
    agency = {"invited": dataset.agencies["dinsos"], "walk_in": polres}.get(who)
    if agency is None:
        agency, _made = Agency.objects.update_or_create(
            office=dataset.serang,
            defaults={
                "name": "Kantor Imigrasi Contoh",
                "short_name": "Kanim Contoh",
                "kind": "immigration",
                "level": "regency",
                "status": "confirmed",
            },
        )
    if who == "walk_in":
        scene.delegate(dataset, session, agency=polres, is_walk_in=True)
    url = page("plan:action_add", session, scene.recommendation(session).pk)
    browser = signed_in("serang")
    offered = browser.get(url).context["form"]["supporters"].subwidgets
    assert agency.pk in {int(str(one.data["value"])) for one in offered}
    lead = polres if who == "invited" else dataset.agencies["dinsos"]
    sent = typed(dataset, lead_agency=lead.pk, supporters=[agency.pk])
    assert browser.post(url, sent).status_code == 302
    assert [row.pk for row in Action.objects.get().supporters.all()] == [agency.pk]


def test_who_was_not_there_is_not_offered_as_supporter(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    url = page("plan:action_add", session, scene.recommendation(session).pk)
    offered = signed_in("serang").get(url).context["form"]["supporters"].subwidgets
    absent = dataset.agencies["polres"].pk
    assert absent not in {int(str(one.data["value"])) for one in offered}


def test_a_due_date_before_the_session_is_a_field_error(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    url = page("plan:action_add", session, scene.recommendation(session).pk)
    answer = signed_in("serang").post(url, typed(dataset, due_on="2025-11-10"))
    assert answer.context["form"].errors["due_on"]
    assert not Action.objects.exists()
    signed_in("serang").post(url, typed(dataset, due_on="2025-11-11"))
    assert Action.objects.get().due_on == date(2025, 11, 11)


def test_only_a_confirmed_agency_leads(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    dinsos = dataset.agencies["dinsos"]
    Agency.objects.filter(pk=dinsos.pk).update(status="proposed")
    row = scene.recommendation(session)
    answer = signed_in("serang").post(
        page("plan:action_add", session, row.pk), typed(dataset)
    )
    assert answer.context["form"].errors["lead_agency"]
    assert not Action.objects.exists()


def test_an_invisible_village_is_not_added(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    row = scene.recommendation(session)
    for changes in (
        {"villages": [dataset.villages["kronjo"].pk]},
        {"more_villages": "36.03.07.2001"},
    ):
        data = typed(dataset, **changes)
        answer = signed_in("serang").post(
            page("plan:action_add", session, row.pk), data
        )
        assert answer.context["form"].errors
    assert not Action.objects.exists()


def test_an_action_is_changed_and_a_stale_edit_is_shown(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    action = scene.action(dataset, session=session, agreed=False)
    url = page("plan:action_change", session, action.pk)
    new = typed(dataset, title="Lain", villages=[], more_villages="", version=1)
    signed_in("serang").post(url, new)
    action.refresh_from_db()
    assert (action.title, action.villages_open, action.version) == ("Lain", 0, 2)
    answer = signed_in("serang2").post(url, typed(dataset, version=1))
    assert answer.context["form"].stale
    assert answer.context["form"]["version"].value() == "2"


def test_a_recommendation_goes_only_without_actions(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    action = scene.action(dataset, session=session, agreed=False)
    scene.recommendation(session, 2)
    url = page("plan:recommendation_remove", session, action.recommendation_id)
    browser.post(url)
    assert Recommendation.objects.count() == 2
    browser.post(page("plan:action_remove", session, action.pk))
    browser.post(url)
    assert Recommendation.objects.get().number == 1


def test_what_was_agreed_is_locked(dataset: Dataset, signed_in: Browser) -> None:
    action = scene.action(dataset)
    session, browser = action.session, signed_in("serang")
    for name, args in (
        ("plan:recommendation_add", ()),
        ("plan:recommendation_change", (action.recommendation_id,)),
        ("plan:action_add", (action.recommendation_id,)),
        ("plan:action_change", (action.pk,)),
        ("plan:action_remove", (action.pk,)),
        ("sessions:topic_add", ()),
        ("sessions:agenda_add", ()),
    ):
        answer = browser.post(page(name, session, *args), typed(dataset, text="x"))
        assert answer.status_code == 409
    user = dataset.user("serang")
    with pytest.raises(IllegalTransition):
        plan_services.remove_action(action.pk, acting_user=user)
    with pytest.raises(IllegalTransition):
        plan_services.add_recommendation(session.pk, acting_user=user, text="x")
    assert (Action.objects.count(), Recommendation.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["official", "dinsos", "tangerang", "auditor"])
def test_others_write_no_agreement(dataset: Dataset, name: str) -> None:
    session = scene.running(dataset)
    action = scene.action(dataset, session=session, agreed=False)
    user = dataset.user(name)
    with pytest.raises(PermissionDenied):
        plan_services.add_recommendation(session.pk, acting_user=user, text="x")
    with pytest.raises(PermissionDenied):
        plan_services.remove_action(action.pk, acting_user=user)
    with pytest.raises(PermissionDenied):
        minutes_services.add_entry(scene.topic(session).pk, acting_user=user, text="x")
    assert Action.objects.count() == 1


def test_a_village_knows_its_agreed_actions(dataset: Dataset) -> None:
    agreed = scene.action(dataset)
    scene.action(dataset, agreed=False)
    assert list(actions_of_village(dataset.villages["lontar"])) == [agreed]


def test_the_table_links_only_visible_actions(dataset: Dataset) -> None:
    session = scene.running(dataset, status="finalised")
    own = scene.action(dataset, session=session)
    other = scene.action(dataset, session=session, lead="polres", villages=("kronjo",))
    [row] = recommendations_of(session, dataset.user("dinsos"))
    marks = {action.pk: action.is_visible for action in row.actions.all()}
    assert marks == {own.pk: True, other.pk: False}
