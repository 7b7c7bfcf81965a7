"""Rundowns pasted by a browser, for the tests of what becomes of them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from fgd.sessions.models import RundownList, Session
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.uploads import buttons

RUNDOWN = "09.00-09.30 Pembukaan; MC\n09.30-11.00 Diskusi; Moderator"


def pasted(browser: Client, session: Session, text: str) -> Any:
    url = reverse("sessions:agenda_paste", args=[session.pk])
    return browser.post(url, {"text": text}, follow=True)


def listed_after(browser: Client, session: Session, text: str) -> RundownList:
    """Return the list that pasting the text made."""
    answer = pasted(browser, session, text)
    assert answer.redirect_chain, answer.context["form"].errors
    return session.rundown_lists.latest("pk")


def rows_of(listed: RundownList) -> list[tuple[str, list[str], list[str]]]:
    """Return check result, problems and notes of every row."""
    return [
        (
            row.check_result,
            [RUNDOWN_LISTS.sentence(*one) for one in row.problems],
            [RUNDOWN_LISTS.sentence(*one) for one in row.notes],
        )
        for row in listed.rows.all()
    ]


def row_form(browser: Client, url: str) -> dict[str, str]:
    """Return what the page of a row sends when nothing is changed."""
    form = browser.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def press(browser: Client, listed: RundownList, page: str) -> Any:
    return buttons.press(browser, RUNDOWN_LISTS, listed, page)


def saved(browser: Client, session: Session, text: str) -> RundownList:
    listed = listed_after(browser, session, text)
    press(browser, listed, "commit")
    listed.refresh_from_db()
    return listed


def lines(session: Session) -> list[tuple[int | None, str, str]]:
    return list(session.agenda_items.values_list("minutes", "title", "presenter"))
