"""Requirements for the secret key, checked before the portal starts."""

from django.core.exceptions import ImproperlyConfigured

PRACTICE_PREFIX = "latihan-"
SHORTEST = 50
FEWEST_DIFFERENT = 5


def refuse_weak_key(key: str, *, demonstration: bool) -> None:
    """Stop with a sentence unless the key is fit for this kind of portal."""
    if problem := _problem(key, demonstration=demonstration):
        raise ImproperlyConfigured(problem)


def _problem(key: str, *, demonstration: bool) -> str:
    if not key:
        return (
            "SECRET_KEY is not set; give production a random one of at least "
            f"{SHORTEST} characters, or start a local portal with `make run`."
        )
    if len(key) < SHORTEST or len(set(key)) < FEWEST_DIFFERENT:
        return (
            f"SECRET_KEY is too weak; use at least {SHORTEST} random characters, "
            f"{FEWEST_DIFFERENT} or more of them different."
        )
    if key.startswith("django-insecure"):
        return "SECRET_KEY is Django's insecure example; make a random one."
    if key.startswith(PRACTICE_PREFIX) and not demonstration:
        return (
            f"SECRET_KEY begins with {PRACTICE_PREFIX!r}, which only the "
            "demonstration (DEMO=1) may use; make a random one for production."
        )
    return ""
