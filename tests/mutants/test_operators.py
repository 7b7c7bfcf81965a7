"""The guards that are taken away still exist under these names."""

from pathlib import Path

from django.conf import settings

from tests.mutants import operators

GUARDS = {
    *operators.REFUSALS,
    *operators.ERRORS,
    *operators.SCOPES,
    *operators.CHECKS,
    *operators.LOCKS,
    *operators.DECORATORS,
}


def test_every_named_guard_is_found_in_the_code() -> None:
    """Otherwise a renamed guard would be skipped, and nobody would know."""
    found = {mutant.what for mutant in operators.mutants_of(Path(settings.BASE_DIR))}
    assert {f"without {name}" for name in GUARDS} - found == set()
