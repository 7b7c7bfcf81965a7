"""Imported once by the process from which the limited ones are forked.

They begin within milliseconds, with Django's settings and translations in place.
"""

import django

django.setup()

import desabinaan.lib.files.uploads  # noqa: E402, F401
