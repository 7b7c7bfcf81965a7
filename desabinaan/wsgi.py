"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from desabinaan.lib.starting import told_plainly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
with told_plainly():
    application = get_wsgi_application()
