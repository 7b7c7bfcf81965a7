from collections.abc import Callable, Generator, Iterator

import pytest
from django.test import Client

from tests.browsers import browser_with, session_of
from tests.cached_rows import cached_rows
from tests.dataset import Dataset, build_dataset
from tests.n_plus_one import n_plus_one_refused
from tests.strict_templates import missing_names_refused


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(build_dataset)


@pytest.fixture
def signed_in(dataset: Dataset) -> Callable[[str], Client]:
    """`signed_in("kanwil")`: a client signed in as that person of the dataset."""

    def browser(name: str) -> Client:
        return browser_with(session_of(dataset.people[name]))

    return browser


@pytest.fixture(scope="session", autouse=True)
def _strict_templates() -> Iterator[None]:
    with missing_names_refused():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Refuse N+1 queries in a test; its fixtures may build rows one by one."""
    with n_plus_one_refused():
        return (yield)
