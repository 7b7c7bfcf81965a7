"""Run code that decodes uploads in a process of its own, with limits.

A file of some kilobytes can take minutes and gigabytes to decode. The process that
does it ends when it needs too much; the portal only loses that one file. It has no
connection to the database, writes no file, and answers with bytes: nothing that comes
back from it is unpickled.
"""

import json
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, override

MEGABYTE = 1024 * 1024
#: what an answer begins with
DONE, REFUSED, EXCEEDED, FAILED = b"+", b"-", b"!", b"?"

_processes = get_context("forkserver")
_processes.set_forkserver_preload(["desabinaan.lib.files.limited_processes_ready"])


class LimitExceeded(Exception):
    """The work needed more time, memory or output than it may have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`cpu_seconds` of computing; `seconds` by the clock, for a busy machine."""

    cpu_seconds: int
    seconds: int
    megabytes: int
    megabytes_of_output: int = 20


def run_limited(work: Callable[..., bytes], *arguments: Any, limits: Limits) -> bytes:
    """Return what `work(*arguments)` returns, computed in a process with limits.

    `work` is a function of a module; its ValidationError is raised here, with its
    words and its code. Raises LimitExceeded.
    """
    ours, theirs = _processes.Pipe(duplex=False)
    process = _processes.Process(
        target=_work, args=(theirs, limits, get_language(), work, arguments)
    )
    process.start()
    theirs.close()
    try:
        if not ours.poll(limits.seconds):
            raise LimitExceeded("seconds")
        answer = ours.recv_bytes(limits.megabytes_of_output * MEGABYTE)
    except (EOFError, OSError) as ended:  # killed at a limit, or a longer answer
        raise LimitExceeded("process") from ended
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    return _result(answer[:1], answer[1:])


def _result(kind: bytes, content: bytes) -> bytes:
    if kind == DONE:
        return content
    if kind == REFUSED:
        message, code = json.loads(content)
        raise ValidationError(message, code)
    if kind == EXCEEDED:
        raise LimitExceeded("memory")
    raise RuntimeError(f"Decoding failed: {content.decode()}.")


def _work(
    answer: Connection,
    limits: Limits,
    language: str | None,
    work: Callable[..., bytes],
    arguments: tuple[Any, ...],
) -> None:
    """Run in the new process: answer by one message, whatever happens."""
    _limit_this_process(limits)
    try:
        with override(language):
            said = DONE + work(*arguments)
    except ValidationError as refusal:
        said = REFUSED + json.dumps([refusal.messages[0], _code_of(refusal)]).encode()
    except MemoryError:
        said = EXCEEDED
    except Exception as problem:  # noqa: BLE001 - worded by the process that asked
        # without the message: it may quote what somebody typed
        said = FAILED + type(problem).__qualname__.encode()
    answer.send_bytes(said)


def _code_of(refusal: ValidationError) -> str:
    return str(refusal.error_list[0].code or "")


def _limit_this_process(limits: Limits) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    mapped = pages * os.sysconf("SC_PAGE_SIZE")
    for what, most in (
        (resource.RLIMIT_AS, mapped + limits.megabytes * MEGABYTE),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
