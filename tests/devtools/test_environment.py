"""The variables of the demonstration, and the database they name."""

import pytest

from desabinaan.devtools import environment
from desabinaan.lib.files.postgres_programs import ServerProblem

UNREACHABLE = "postgresql://nobody@127.0.0.1:1/portal"


def test_an_unreachable_database_is_refused_in_one_sentence():
    with pytest.raises(ServerProblem, match="does not answer"):
        environment.refuse_unfit_server(UNREACHABLE)


def test_an_address_of_another_database_is_refused():
    with pytest.raises(ServerProblem, match="postgresql://"):
        environment.refuse_unfit_server("sqlite:///portal.db")


def test_the_practice_key_is_private_and_stays_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VAR", tmp_path)
    key = environment.practice_key()
    assert key.startswith("latihan-")
    assert environment.practice_key() == key
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets/secret_key").stat().st_mode & 0o777 == 0o600
