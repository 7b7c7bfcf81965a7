"""Imported once by the process from which the limited ones are forked.

They begin within milliseconds, with settings, translations and all readers in place.
"""

import django

django.setup()
