"""A request whose user is signed in."""

from django.http import HttpRequest

from desabinaan.accounts.models import User


class Request(HttpRequest):
    user: User
