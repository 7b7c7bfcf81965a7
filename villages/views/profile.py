from django.http import Http404, HttpRequest, HttpResponse


def village_profile(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def village_edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
