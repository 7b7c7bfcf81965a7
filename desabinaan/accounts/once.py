"""The same form sent twice, from any page, is saved once.

A view that creates something is written with `once_per_form` directly above its `def`:

    @require_form_methods
    @back_to(TOPICS, "pk")
    @once_per_form
    def topic_add(request: Request, pk: int) -> HttpResponse: ...

Its page carries a number of its own, the hidden field `client_uuid`: the layouts of
forms write it, a form of another template by the tag {% client_uuid %}. The number is
stored in a receipt, in the transaction of what the form creates.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from desabinaan.accounts import selectors, services
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import FormReceipt
from desabinaan.accounts.preserved_post import (
    PreservedPost,
    as_unsaved,
    post_to_preserve,
)
from desabinaan.lib.web.sent_forms import forms_for

View = TypeVar("View", bound=Callable[..., HttpResponse])
FIELD = "client_uuid"
#: sent with the button that saves the same once more
ONE_MORE = "one_more"
#: what differs between two sendings of the same form
NOT_TYPED = {FIELD, "csrfmiddlewaretoken", "lagi", ONE_MORE}


def list_once_per_form(view: View) -> View:
    """Like `once_per_form`, for a list of rows that are checked before any is saved.

    The same list may be brought again in another form: its rows say what is there.
    """
    return once_per_form(view, asks_about_same_text=False)


def once_per_form(view: View, *, asks_about_same_text: bool = True) -> View:
    """Let the form of this view be saved once, however often it is sent.

    An answer that leads on, a redirect, means that the form is saved. It is kept in
    the receipt, and the same form sent again gets it, too. Any other answer and every
    exception leave no receipt, so that a refused form can be corrected: a view that
    refuses by a redirect raises IllegalTransition under `back_to`.
    """

    @wraps(view)
    def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        number = _number_sent(request)
        request.client_uuid = number or uuid4()
        if number is None:
            return view(request, *args, **kwargs)
        receipt = _receipt_for(request)
        with transaction.atomic():
            earlier = services.start_receipt(receipt)
            is_new = earlier is None and ONE_MORE not in request.POST
            if is_new and asks_about_same_text:
                earlier = selectors.receipt_like(receipt)
            if earlier is None:
                answer = view(request, *args, **kwargs)
                is_saved = isinstance(answer, HttpResponseRedirectBase)
                services.finish_receipt(receipt, answer["Location"] if is_saved else "")
                return answer
            if earlier.pk != receipt.pk:
                services.finish_receipt(receipt, "")
        return _answer_again(
            request, receipt, earlier, lambda again: view(again, *args, **kwargs)
        )

    wrapper.saves_once = True  # type: ignore[attr-defined]
    return cast(View, wrapper)


def _number_sent(request: Request) -> UUID | None:
    """Return the number of the form; None if it has none that can be read.

    Such a form is saved as a new one: what was typed counts more than the number.
    """
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _receipt_for(request: Request) -> FormReceipt:
    typed = sorted(
        (name, values) for name, values in request.POST.lists() if name not in NOT_TYPED
    )
    has_text = any(value.strip() for _name, values in typed for value in values)
    return FormReceipt(
        client_uuid=request.client_uuid,
        user=request.user,
        path=request.path,
        typed_hash=_keyed_hash(json.dumps(typed)) if has_text else "",
        files_hash=_files_hash(request) if request.FILES else "",
    )


def _files_hash(request: Request) -> str:
    content = hashlib.sha256()
    for _name, files in sorted(request.FILES.lists()):
        for file in files:
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
    return _keyed_hash(content.hexdigest())


def _keyed_hash(text: str) -> str:
    return salted_hmac("accounts.once", text, algorithm="sha256").hexdigest()


def _answer_again(
    request: Request,
    receipt: FormReceipt,
    earlier: FormReceipt,
    view: Callable[[Request], HttpResponse],
) -> HttpResponse:
    """Answer a form that was saved before.

    Nobody learns where the form of another person or page led. A form that was
    changed since is shown: it may be a correction, or one more. So is the same text
    under a new number: after "Back" many browsers ask for the page again.
    """
    is_own = (receipt.user, receipt.path) == (earlier.user, earlier.path)
    is_same = receipt.typed_hash == earlier.typed_hash and (
        # Browsers drop the chosen files when somebody goes back.
        receipt.files_hash in {"", earlier.files_hash}
    )
    if is_own and is_same and receipt.pk == earlier.pk:
        messages.info(request, _("This was already saved. Nothing was saved twice."))
        return redirect(earlier.answer)
    preserved = _with_new_number(request)
    context = {
        "unsaved": preserved and as_unsaved(preserved, forms_for(request, view)),
        "saved_url": earlier.answer if is_own else "",
        "is_same": is_same,
    }
    return render(request, "accounts/form_sent_before.html", context, status=409)


def _with_new_number(request: Request) -> PreservedPost | None:
    preserved = post_to_preserve(request)
    if preserved is None:
        return None
    own = {FIELD: str(uuid4()), ONE_MORE: "ya"}
    typed = [(name, value) for name, value in preserved.fields if name not in own]
    return replace(preserved, fields=[*typed, *own.items()])
