"""Browsers in which somebody is signed in, without the way through the form."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.accounts.sessions import SEEN, SINCE


def session_of(user: User) -> str:
    """The key of a new session in which `user` is signed in."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[SEEN] = store[SINCE] = timezone.now().timestamp()
    store.create()
    assert store.session_key is not None
    return store.session_key


def browser_with(session: str | None) -> Client:
    """A browser that brings this session; without one, a stranger's."""
    client = Client()
    if session is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client
