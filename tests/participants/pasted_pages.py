"""The pages of a pasted list, read and sent as a browser does."""

from collections.abc import Callable, Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from desabinaan.uploads.models import UploadRow
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import DelegateList
from fgd.sessions.models import Session
from tests.uploads.buttons import answered, press

Browser = Callable[[str], Client]


def address(name: str, session: Session) -> str:
    return reverse(f"participants:{name}", args=[session.pk])


def paste(browser: Client, session: Session, text: str) -> DelegateList:
    """The list that was stored for a pasted text; its columns are to be checked."""
    answer = browser.post(address("delegates_paste", session), {"text": text})
    assert answer.status_code == 302, answer.context["form"].errors
    listed = DelegateList.objects.latest("pk")
    assert answer["Location"] == DELEGATE_LISTS.url("columns", listed.pk)
    return listed


def columns_form(browser: Client, listed: DelegateList) -> Any:
    """The form that the page of the columns shows."""
    return browser.get(DELEGATE_LISTS.url("columns", listed.pk)).context["form"]


def check(browser: Client, listed: DelegateList, **answers: str) -> Any:
    """Send the page of the columns as it is shown, with these answers changed."""
    url = DELEGATE_LISTS.url("columns", listed.pk)
    return browser.post(url, _sent(columns_form(browser, listed)) | answers)


def previewed(
    browser: Client, session: Session, text: str, **answers: str
) -> DelegateList:
    """Paste the text and confirm its columns; the rows are checked then."""
    listed = paste(browser, session, text)
    answer = check(browser, listed, **answers)
    assert answer.status_code == 302, answer.context["form"].errors
    return listed


def detail(browser: Client, listed: DelegateList, query: str = "") -> Any:
    return browser.get(DELEGATE_LISTS.url("detail", listed.pk) + query)


def commit(browser: Client, listed: DelegateList) -> DelegateList:
    """Press the button that adds the people; return the list as it is then."""
    press(browser, DELEGATE_LISTS, listed, "commit")
    listed.refresh_from_db()
    return listed


def edit(browser: Client, row: UploadRow, **changes: str) -> Any:
    """Send the page of a row with these fields changed."""
    url = DELEGATE_LISTS.url("row", row.parent_id, row.pk)
    form = browser.get(url).context["form"]
    return browser.post(url, _sent(form) | changes)


def choose(browser: Client, listed: DelegateList, chosen: Mapping[str, str]) -> Any:
    """Answer in the list of doubtful rows who is meant by these typed senders."""
    doubtful = listed.rows.filter(check_result="doubtful")
    sent: dict[str, str] = {}
    for row in doubtful:
        if row.cells.get("party", "") in chosen:
            sent |= answered(row, chosen[row.cells.get("party", "")])
    return browser.post(DELEGATE_LISTS.url("choose", listed.pk), sent)


def read(listed: DelegateList) -> list[tuple[str, str, str, str]]:
    """Name, position, sender and telephone of each row of the list."""
    names = ("name", "position", "party", "phone")
    return [
        tuple(row.cells.get(name, "") for name in names) for row in listed.rows.all()
    ]  # type: ignore[misc]


def results(listed: DelegateList) -> list[str]:
    return list(listed.rows.values_list("check_result", flat=True))


def remarks(browser: Client, listed: DelegateList) -> str:
    """What the page of the list says about the text as a whole."""
    return " ".join(detail(browser, listed).context["remarks"])


def problems(row: UploadRow) -> str:
    return " ".join(DELEGATE_LISTS.sentence(*one) for one in row.problems)


def notes(row: UploadRow) -> str:
    return " ".join(DELEGATE_LISTS.sentence(*one) for one in row.notes)


def offered(listed: DelegateList, typed: str) -> list[str]:
    """The parties offered for the sender `typed`, in their order."""
    row = next(one for one in listed.rows.all() if one.cells.get("party", "") == typed)
    names = DELEGATE_LISTS.names_of(set(row.candidates))
    return [names[one] for one in row.candidates if one != "baru"]


def _sent(form: Any) -> dict[str, Any]:
    values = {name: form[name].value() for name in form.fields}
    return {
        name: "on" if value is True else value
        for name, value in values.items()
        if value not in (None, False)
    }
