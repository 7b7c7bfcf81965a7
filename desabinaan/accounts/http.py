"""A request whose user is signed in."""

from uuid import UUID

from django.http import HttpRequest

from desabinaan.accounts.models import User


class Request(HttpRequest):
    user: User
    #: the number of the form on this page; set by accounts.once
    client_uuid: UUID
