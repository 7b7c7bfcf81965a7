from collections.abc import Callable, Generator

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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Refuse N+1 queries and templates that show nothing for a missing name.

    Fixtures may build rows one by one.
    """
    with n_plus_one_refused(), missing_names_refused():
        return (yield)
