from django.http import Http404, HttpRequest, HttpResponse


def account_request_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def account_request_create(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def account_request_detail(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def account_request_approve(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def account_request_decline(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
