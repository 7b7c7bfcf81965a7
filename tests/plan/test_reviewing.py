"""What the verifier reads before the button, and who is offered it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from desabinaan.accounts.models import User
from fgd.plan import services as plan_services
from fgd.plan.models import Action
from fgd.plan.permissions import verification_conflict
from reports.followup.selectors import to_verify, waiting_for
from tests.dataset import Dataset
from tests.plan import reporting as telling

Browser = Callable[[str], Client]
BUTTON = "<button"


def review(action: Action, verb: str = "verifikasi") -> str:
    return f"/rencana-aksi/{action.pk}/{verb}/"


def content(client: Client, url: str) -> str:
    """Return the page below its top bar and menu."""
    page = client.get(url).content.decode()
    return page[page.index("<main") :]


def reported(dataset: Dataset, **fields: object) -> Action:
    """Reported done by Dinsos, with all that a verifier reads."""
    action = telling.action(
        dataset,
        **({"status": "reported_done", "indicator": "Dua kali pelatihan"} | fields),
    )
    telling.report_progress(dataset, action)
    telling.evidence(dataset, action, title="Daftar hadir", sha256="b" * 64)
    action.action_villages.update(
        status="waived",
        reason="Balai desa kebanjiran.",
        requested_by=dataset.people["dinsos"],
        decided_by=dataset.people["kanwil"],
        decision_note="Sudah dicek ke camat.",
    )
    return action


@pytest.mark.parametrize("verb", ["verifikasi", "kembalikan"])
def test_all_that_was_reported_is_shown_before_the_button(
    dataset: Dataset, signed_in: Browser, verb: str
) -> None:
    action = reported(dataset)
    page = content(signed_in("serang"), review(action, verb))
    above = page[: page.rindex(BUTTON)]
    for words in (
        "Dua kali pelatihan",
        "Pertemuan pertama selesai.",
        "40%",
        "Foto pertemuan",
        "Daftar hadir",
        "Lontar",
        "Balai desa kebanjiran.",
        str(dataset.people["kanwil"]),
        "Sudah dicek ke camat.",
        str(dataset.people["dinsos"]),
    ):
        assert words in above, words
    for evidence in action.evidence.all():
        assert f"/rencana-aksi/bukti/{evidence.pk}/" in above


def test_the_review_needs_no_more_queries_for_more_progress(
    dataset: Dataset,
    signed_in: Browser,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    action, client = reported(dataset), signed_in("serang")
    for _time in range(5):
        telling.report_progress(dataset, action)
    client.get(review(action))
    with django_assert_max_num_queries(18):
        client.get(review(action))


def test_the_typed_note_stays_beside_what_was_reported(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = reported(dataset)
    answer = signed_in("serang").post(review(action), {"note": "x" * 2001})
    page = answer.content.decode()
    assert "x" * 2001 in page
    assert "Daftar hadir" in page


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"by": "serang"}, "serang"),
        ({"by": "kanwil"}, "kanwil"),
        ({"lead": "kanim"}, "serang2"),
        ({"lead": "kanim"}, "pimpasa"),
    ],
)
def test_who_gains_from_it_is_offered_no_button_and_reads_why(
    dataset: Dataset, signed_in: Browser, fields: dict[str, str], name: str
) -> None:
    by = dataset.people[fields.get("by", "dinsos")]
    lead = fields.get("lead", "dinsos")
    action = telling.action(dataset, status="reported_done", lead=lead, reported_by=by)
    client, user = signed_in(name), dataset.user(name)
    answer = client.get(f"/rencana-aksi/{action.pk}/")
    assert f'"{review(action)}"' not in answer.content.decode()
    assert answer.context["conflict"]
    assert client.get(review(action)).status_code == 403
    assert client.post(review(action)).status_code == 403
    assert action not in to_verify(user)
    with pytest.raises(PermissionDenied):
        plan_services.verify(action.pk, acting_user=user)


def test_button_list_and_service_follow_one_rule(dataset: Dataset) -> None:
    actions = [
        telling.action(dataset, status="reported_done", lead=lead, reported_by=by)
        for lead in ("dinsos", "kanim")
        for by in (dataset.people["serang"], dataset.people["dinsos"])
    ]
    for name in ("serang", "serang2", "pimpasa", "kanwil"):
        user = dataset.user(name)
        free = {one for one in actions if not verification_conflict(user, one)}
        assert set(to_verify(user)) == free


def entered(dataset: Dataset, what: str) -> Action:
    """Reported done by Dinsos; one part of it was entered by an officer."""
    officer, dinsos = dataset.user("serang"), dataset.user("dinsos")
    action = telling.action(dataset, percent=100, evidence_count=1)
    place = action.action_villages.get()
    party = f"agency:{action.lead_agency_id}"
    full = telling.progress(party, percent=100)
    enter: dict[str, Callable[[User], object]] = {
        "progress": lambda by: plan_services.report_progress(
            action.pk, full, acting_user=by
        ),
        "evidence": lambda by: plan_services.add_evidence(
            action.pk, telling.evidence_file(), acting_user=by
        ),
        "village": lambda by: plan_services.mark_village_done(place.pk, acting_user=by),
    }
    for name, call in enter.items():
        call(officer if name == what else dinsos)
    return plan_services.report_done(action.pk, acting_user=dinsos)


@pytest.mark.parametrize("what", ["progress", "evidence", "village"])
def test_what_an_officer_entered_on_behalf_is_verified_by_another(
    dataset: Dataset, signed_in: Browser, what: str
) -> None:
    action, user = entered(dataset, what), dataset.user("serang")
    page = signed_in("serang").get(f"/rencana-aksi/{action.pk}/")
    assert f'"{review(action)}"' not in page.content.decode()
    assert "Anda ikut memasukkan" in page.content.decode()
    assert signed_in("serang").get(review(action)).status_code == 403
    with pytest.raises(PermissionDenied):
        plan_services.verify(action.pk, acting_user=user)
    assert action not in to_verify(user)
    assert waiting_for(user).to_verify == 0
    assert action in to_verify(dataset.user("serang2"))
    plan_services.verify(action.pk, acting_user=dataset.user("serang2"))


def test_after_a_return_by_another_the_officer_may_verify(dataset: Dataset) -> None:
    action, dinsos = entered(dataset, "evidence"), dataset.user("dinsos")
    colleague, user = dataset.user("serang2"), dataset.user("serang")
    plan_services.return_action(action.pk, reason="Kurang.", acting_user=colleague)
    full = telling.progress(f"agency:{action.lead_agency_id}", percent=100)
    plan_services.report_progress(action.pk, full, acting_user=dinsos)
    plan_services.report_done(action.pk, acting_user=dinsos)
    assert action in to_verify(user)
    plan_services.verify(action.pk, acting_user=user)


def test_only_verifiers_read_why_they_may_not_verify(
    dataset: Dataset, signed_in: Browser
) -> None:
    action = reported(dataset)
    answer = signed_in("dinsos").get(f"/rencana-aksi/{action.pk}/")
    assert not answer.context["conflict"]
