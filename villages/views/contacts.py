from django.http import Http404, HttpRequest, HttpResponse


def contact_add(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def contact_edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def contact_remove(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
