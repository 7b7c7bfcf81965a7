"""Every test fails on N+1 queries of the portal, and on none of its own."""

from collections.abc import Callable, Iterable

import pytest
from django.http import HttpResponse
from zeal import NPlusOneError
from zeal.middleware import zeal_middleware

from tests.dataset import Dataset
from villages.places.models import Office
from villages.register.models import Village

SELECTOR = "def offices_of(villages): return [village.office for village in villages]"


@pytest.fixture
def offices_of(dataset: Dataset) -> Callable[[Iterable[Village]], list[Office]]:
    """A function with the file name of a selector that reads row by row."""
    names: dict[str, Callable[[Iterable[Village]], list[Office]]] = {}
    exec(compile(SELECTOR, "villages/register/selectors/invented.py", "exec"), names)  # noqa: S102
    return names["offices_of"]


def test_a_selector_that_reads_row_by_row_is_refused(offices_of) -> None:
    with pytest.raises(NPlusOneError, match=r"Village\.office"):
        offices_of(Village.objects.all())
    assert len(offices_of(Village.objects.select_related("office"))) > 1


def test_a_page_that_reads_row_by_row_is_refused(offices_of, rf) -> None:
    def page(request: object) -> HttpResponse:
        return HttpResponse(offices_of(Village.objects.all()))

    with pytest.raises(NPlusOneError, match=r"Village\.office"):
        zeal_middleware(page)(rf.get("/"))


def test_each_call_by_a_test_counts_for_itself(offices_of) -> None:
    for village in Village.objects.all():
        assert len(offices_of([village])) == 1


def test_a_test_may_read_row_by_row_itself(dataset: Dataset) -> None:
    assert len([village.office for village in Village.objects.all()]) > 1


def test_every_request_of_a_test_is_watched(settings) -> None:
    assert settings.MIDDLEWARE[0] == "zeal.middleware.zeal_middleware"
