"""Which PostgreSQL the portal works with."""

OLDEST_SERVER = 15


def refusal_of(major: int) -> str:
    """A sentence when the server of this major version is too old, else nothing."""
    if major >= OLDEST_SERVER:
        return ""
    return f"This is PostgreSQL {major}; the portal needs {OLDEST_SERVER} or newer."
