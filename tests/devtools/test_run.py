"""What `make run` and `make dev` set up and start."""

import os
import socket

import pytest

from desabinaan.devtools import run
from desabinaan.devtools.run import MODES, free_port, manage
from desabinaan.devtools.supervisor import Child
from desabinaan.lib.files.postgres_programs import ServerProblem


def commands(mode: str) -> dict[str, str]:
    """The command line of each program, by its name."""
    return {child.name: " ".join(child.command) for child in MODES[mode].programs(8123)}


def children(mode: str) -> dict[str, Child]:
    return {child.name: child for child in MODES[mode].programs(8123)}


def steps(mode: str) -> list[str]:
    return [arguments[0] for _sentence, arguments in MODES[mode].steps]


def test_a_taken_port_is_reported(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(ServerProblem, match="cannot be used"):
            free_port()


@pytest.mark.parametrize("chosen", ["eight", "-1", "0", "70000", "80 80"])
def test_a_port_that_is_none_is_reported(monkeypatch, chosen):
    monkeypatch.setenv("PORT", chosen)
    with pytest.raises(ServerProblem, match="is no port"):
        free_port()


def test_the_default_port_is_8000(monkeypatch):
    monkeypatch.setenv("PORT", "")
    monkeypatch.setattr(socket.socket, "bind", lambda _self, _address: None)
    assert free_port() == 8000


def test_a_command_that_fails_is_reported_and_kept_in_the_log(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "LOG", tmp_path / "run.log")
    with pytest.raises(ServerProblem, match="no_such_thing"):
        manage(["no_such_thing"], dict(os.environ))
    assert "no_such_thing" in run.LOG.read_text()


def test_make_run_serves_what_production_serves():
    assert steps("run") == ["migrate", "collectstatic", "demo"]
    assert (
        "gunicorn desabinaan.wsgi --bind=127.0.0.1:8123"
        in (commands("run")["web server"])
    )
    assert "DEBUG" not in MODES["run"].variables
    assert [child.sources for child in children("run").values()] == [None, None]


def test_make_dev_serves_the_same_demonstration_with_a_server_that_reloads():
    assert steps("dev") == ["migrate", "demo"]
    server = commands("dev")["web server"]
    assert server.endswith("manage.py runserver --nostatic 127.0.0.1:8123")
    assert commands("dev")["worker"] == commands("run")["worker"]
    assert MODES["dev"].variables["DEBUG"] == "1"
    assert children("dev")["worker"].sources


@pytest.mark.parametrize("arguments", [[], ["serve"], ["run", "dev"]])
def test_another_command_prints_how_to_call_it(arguments):
    with pytest.raises(SystemExit, match=r"run\|dev\|stop"):
        run.main(arguments)
