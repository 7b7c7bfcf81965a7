"""Background work: an action defers a task by its name, the worker does it.

A deferred job is a row of the same database, written in the caller's transaction:
a deed that is rolled back leaves no job behind. Tasks live in the `tasks.py` of
their app and only call actions.
"""

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue


def defer(task: str, *, lock: str | None = None, **arguments: JSONValue) -> int:
    """The number of the new job, in the queue once the transaction commits.

    `task` is the registered name ("notices.deliver"); an unknown one raises
    `procrastinate.exceptions.TaskNotFound`. Jobs with the same `lock` run one
    after another.
    """
    return app.configure_task(task, lock=lock, allow_unknown=False).defer(**arguments)
