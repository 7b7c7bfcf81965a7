from django.http import Http404, HttpRequest, HttpResponse


def village_designations(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def village_decree(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def decree_file(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
