"""A person who stands on the list of a session twice."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import back_to
from fgd.actions.merging import merge_delegates
from fgd.forms.participants import MergeDelegatesForm
from fgd.selectors.participants import twins_of
from fgd.views.answering import ask, unlocked
from fgd.views.participants import TAB


@back_to(TAB, "pk")
def delegate_merge(request: Request, pk: int, delegate: int) -> HttpResponse:
    """Two rows become one; attendance and what was said stay with the person."""
    session = unlocked(request, pk, "participant.change")
    row = get_object_or_404(session.delegates, pk=delegate)
    form = MergeDelegatesForm(request.POST or None, twins=twins_of(row))
    return ask(
        request,
        session,
        form,
        lambda: merge_delegates(
            delegate, form.cleaned_data["into"], acting_user=request.user
        ),
        tab=TAB,
        told=_("Both rows are one now."),
        title=_("%(name)s stands here twice") % {"name": row},
        intro=_(
            "Choose the other row of this person. It keeps its name and party, and "
            "takes over attendance, minutes and what it lacks. This row is then gone."
        ),
        submit_label=_("Make one row of both"),
    )
