from django.http import Http404, HttpRequest, HttpResponse


def village_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def village_search(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
