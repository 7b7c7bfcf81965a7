"""A request whose user is signed in and one of ours."""

from django.http import HttpRequest

from desabinaan.accounts.models import User


class Request(HttpRequest):
    user: User
