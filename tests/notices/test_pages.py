"""The pages of one's own notices."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices import services
from desabinaan.notices.kinds import USUAL, Category, Channel, Kind
from desabinaan.notices.models import Notice, Preference
from desabinaan.notices.selectors import unread_count
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.notices.sent_notices import PATH, notify, reached
from tests.test_exports import rows_of, sheet

LIST = "/pemberitahuan/"
FILE = "notices:notice_export"


def unread(client: Client) -> str:
    return str(client.get("/privasi/").context["page_context"]["unread"])


def test_new_notices_come_first_and_the_latest_on_top(
    dataset: Dataset, signed_in
) -> None:
    official = dataset.people["official"]
    now = timezone.now()
    for day in range(4):
        notify(official, once=day, occurred_at=now - timedelta(days=day))
    Notice.objects.filter(key="report_returned:1").update(read_at=now)
    page = signed_in("official").get(LIST)
    ages = [(now - row["occurred_at"]).days for row in page.context["new"]]
    assert ages == [0, 2, 3]
    assert len(page.context["old"]) == 1


def test_only_the_own_notices_are_seen(dataset: Dataset, signed_in) -> None:
    notify(dataset.people["official"])
    page = signed_in("pimpasa").get(LIST)
    assert page.context["new"] == page.context["old"] == []
    assert "Belum ada pemberitahuan" in page.content.decode()


def test_others_notices_are_not_counted_for_one_who_just_came_in(
    dataset: Dataset,
) -> None:
    notify(dataset.people["official"])
    for name, count in (("official", 1), ("serang", 0)):
        just_in = User.objects.get(pk=dataset.people[name].pk)
        assert unread_count(just_in) == count


def test_sentences_are_in_the_readers_language(dataset: Dataset, signed_in) -> None:
    notify(dataset.people["official"], Kind.ASSIGNMENT_BEGUN)
    client = signed_in("official")
    assert "Anda bertugas di Lontar, Tirtayasa mulai" in client.get(LIST).text
    User.objects.filter(username="official").update(language="en")
    assert "You serve at Lontar, Tirtayasa from" in client.get(LIST).text


def test_opening_marks_as_read_and_leads_on(dataset: Dataset, signed_in) -> None:
    notice = notify(dataset.people["official"])
    client = signed_in("official")
    answer = client.post(reverse("notices:notice_open", args=[notice.pk]))
    assert answer["Location"] == PATH
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert unread(client) == ""


def test_the_first_moment_of_reading_stays(dataset: Dataset, signed_in) -> None:
    notice = notify(dataset.people["official"])
    client = signed_in("official")
    moments = set()
    for _turn in range(2):
        client.post(reverse("notices:notice_mark", args=[notice.pk]))
        notice.refresh_from_db()
        moments.add(notice.read_at)
    assert len(moments) == 1


def test_nobody_marks_the_notice_of_another(dataset: Dataset) -> None:
    notice = notify(dataset.people["official"])
    with pytest.raises(PermissionDenied):
        services.mark_read(notice, acting_user=dataset.people["pimpasa"])
    assert Notice.objects.unread().count() == 1


def test_all_is_marked_but_what_came_meanwhile(dataset: Dataset, signed_in) -> None:
    official, now = dataset.people["official"], timezone.now()
    notify(official, once=1, occurred_at=now - timedelta(hours=1))
    stranger = notify(dataset.people["pimpasa"], occurred_at=now - timedelta(hours=1))
    client = signed_in("official")
    until = client.get(LIST).context["until"].isoformat()
    notify(official, once=2, occurred_at=now)
    client.post(reverse("notices:mark_all"), {"until": until})
    assert unread(client) == "1"
    stranger.refresh_from_db()
    assert stranger.read_at is None


@pytest.mark.parametrize("until", ["", "kemarin", "2026-13-01", "2026-01-01T00:00:00"])
def test_an_unreadable_moment_marks_nothing(
    dataset: Dataset, signed_in, until: str
) -> None:
    notify(dataset.people["official"])
    client = signed_in("official")
    answer = client.post(reverse("notices:mark_all"), {"until": until})
    assert answer.status_code == 302
    assert unread(client) == "1"


def test_a_get_changes_nothing(dataset: Dataset, signed_in) -> None:
    notice = notify(dataset.people["official"])
    client = signed_in("official")
    for name in ("notice_open", "notice_mark"):
        answer = client.get(reverse(f"notices:{name}", args=[notice.pk]))
        assert answer.status_code == 405
    assert client.get(reverse("notices:mark_all")).status_code == 405
    assert unread(client) == "1"


def test_filters_narrow_by_state_and_category(dataset: Dataset, signed_in) -> None:
    official = dataset.people["official"]
    notify(official)
    notify(official, Kind.ACTION_OVERDUE)
    read = notify(official, once="read")
    Notice.objects.filter(pk=read.pk).update(read_at=timezone.now())
    client = signed_in("official")
    queries = ("state=baru", "state=dibaca", "category=deadlines", "state=x")
    pages = {query: client.get(f"{LIST}?{query}").context for query in queries}
    sizes = {name: (len(page["new"]), len(page["old"])) for name, page in pages.items()}
    assert sizes == {
        "state=baru": (2, 0),
        "state=dibaca": (0, 1),
        "category=deadlines": (1, 0),
        "state=x": (0, 0),
    }


def test_the_file_holds_the_own_notices_and_no_others(
    dataset: Dataset, signed_in
) -> None:
    for name in ("official", "pimpasa"):
        notify(dataset.people[name], Kind.ASSIGNMENT_BEGUN)
    _head, *rows = rows_of(sheet(signed_in("official"), FILE))
    [(_when, _category, sentence, read_on)] = rows
    assert sentence.startswith("Anda bertugas di Lontar, Tirtayasa mulai")
    assert read_on == ""


def test_the_file_is_narrowed_like_the_page(dataset: Dataset, signed_in) -> None:
    official, now = dataset.people["official"], timezone.now()
    notify(official, Kind.ACTION_OVERDUE, occurred_at=now - timedelta(days=2))
    for day in (1, 3):
        notify(official, once=day, occurred_at=now - timedelta(days=day))
    Notice.objects.filter(key="report_returned:1").update(read_at=now)
    client = signed_in("official")
    queries = ("", "?state=baru", "?state=dibaca", "?category=deadlines")
    ages = {
        query: [
            (timezone.localdate(now) - date.fromisoformat(row[0][:10])).days
            for row in rows_of(sheet(client, FILE, query=query))[1:]
        ]
        for query in queries
    }
    assert list(ages.values()) == [[1, 2, 3], [2, 3], [1], [2]]
    page = client.get(f"{LIST}?state=dibaca").text
    assert f'action="{LIST}unduh/?state=dibaca"' in page


def test_a_long_list_goes_on_page_by_page(dataset: Dataset, signed_in) -> None:
    official, now = dataset.people["official"], timezone.now()
    for hour in range(60):
        notify(official, once=hour, occurred_at=now - timedelta(hours=hour))
    client = signed_in("official")
    page = client.get(LIST)
    assert (len(page.context["new"]), page.context["more_new"]) == (25, True)
    Notice.objects.update(read_at=now)
    seen, address = 0, LIST
    while address:
        page = client.get(address)
        seen += len(page.context["old"])
        turn = page.context["listing"].next_url
        address = LIST + turn if turn else ""
    assert seen == 60


def test_the_list_costs_the_same_whatever_its_length(
    dataset: Dataset, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in("official")
    for once in range(30):
        notify(dataset.people["official"], once=once)
    with django_assert_max_num_queries(6):
        client.get(LIST)


def test_the_count_comes_with_the_user_and_costs_no_query(
    dataset: Dataset, signed_in, django_assert_num_queries
) -> None:
    client = signed_in("nobody")
    with django_assert_num_queries(5):  # as many as before there were notices
        assert unread(client) == ""
    notify(dataset.people["nobody"])
    with django_assert_num_queries(5):
        assert unread(client) == "1"


def test_beyond_ninety_nine_is_not_counted(dataset: Dataset, signed_in) -> None:
    for once in range(101):
        notify(dataset.people["nobody"], once=once)
    assert unread(signed_in("nobody")) == "99+"


def test_the_choice_of_letters_is_kept(dataset: Dataset, signed_in) -> None:
    reached(dataset.people["official"])
    client, page = signed_in("official"), reverse("notices:preferences")
    wishes = {str(category): str(channel) for category, channel in USUAL.items()}
    client.post(page, wishes | {"reporting": "digest"})
    form = client.get(page).context["form"]
    assert form["reporting"].value() == Channel.DIGEST
    assert form["checking"].value() == Channel.DIGEST
    assert Preference.objects.filter(user=dataset.people["official"]).count() == len(
        Category
    )


def test_an_unknown_choice_is_refused_and_nothing_is_saved(
    dataset: Dataset, signed_in
) -> None:
    wishes = {str(category): "pigeon" for category in Category}
    page = signed_in("official").post(reverse("notices:preferences"), wishes)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Preference.objects.exists()


def test_who_has_no_address_reads_that_no_letter_comes(
    dataset: Dataset, signed_in
) -> None:
    page = reverse("notices:preferences")
    message = "belum punya alamat email"
    assert message in signed_in("official").get(page).text
    reached(dataset.people["official"])
    assert message not in signed_in("official").get(page).text


def test_choices_of_two_windows_are_both_kept(dataset: Dataset, signed_in) -> None:
    browser = signed_in("official")
    address = reverse("notices:preferences")
    opened = sent_form(browser.get(address))
    one, two, *_others = Category.values
    changed = {
        name: next(value for value in Channel.values if value != opened[name])
        for name in (one, two)
    }
    for name in (one, two):
        browser.post(address, opened | {name: changed[name]})
    stored = dict(Preference.objects.values_list("category", "channel"))
    assert stored == changed
