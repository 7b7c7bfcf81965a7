"""The printed pages of docs/ say what the tables say."""

from tests.tools.printed_docs import pages


def test_permissions_and_workflows_are_fresh() -> None:
    stale = [page.name for page, text in pages().items() if page.read_text() != text]
    assert stale == [], "Run `make docs`."
