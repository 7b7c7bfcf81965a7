"""The folder of uploads is that of the action plan, whose evidence moves along."""

from tests.plan.conftest import uploads

__all__ = ["uploads"]
