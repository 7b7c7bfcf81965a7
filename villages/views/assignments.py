from django.http import Http404, HttpRequest, HttpResponse


def village_assignments(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def assignment_add(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def assignment_end(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def letter_file(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
