"""WSGI application for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from desabinaan.lib.web.startup import exit_with_one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")

with exit_with_one_sentence():
    application = get_wsgi_application()
