from django.http import Http404, HttpRequest, HttpResponse


def proposal_search(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def village_propose(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
