"""The settings as the type checker reads them: no secrets, no database."""

import os

os.environ.setdefault("DEMO", "1")
os.environ.setdefault(
    "SECRET_KEY", "latihan-types-only-0123456789abcdefghijklmnopqrstuvwxyz"
)

from desabinaan.settings import *  # noqa: F403
