"""Forms of the awareness test: access code, answers, and counts on paper."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.forms import PortalForm, WholeNumberField
from desabinaan.lib.web.stale_edits import VersionedForm
from villages.outreach.models import CODE_LENGTH, CODE_LETTERS, AwarenessPhase, Question

UNKNOWN = 0


class AccessCodeForm(PortalForm, forms.Form):
    """The access code; small letters, spaces and dashes are accepted."""

    takes_any_text = True
    kode = forms.CharField(
        label=gettext_lazy("Access code"),
        max_length=20,
        help_text=gettext_lazy("Six letters."),
        widget=forms.TextInput(
            attrs={
                "class": "wide-20",
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )

    def clean_kode(self) -> str:
        typed: str = self.cleaned_data["kode"]
        code = "".join(sign for sign in typed.upper() if sign.isalnum())
        if len(code) != CODE_LENGTH or set(code) - set(CODE_LETTERS):
            raise ValidationError(
                _("A code has six letters. Please check the code again.")
            )
        return code


class AnswerForm(PortalForm, forms.Form):
    """All questions on one page; "I do not know yet" is always an answer."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, *args: Any, questions: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for place, question in enumerate(questions, 1):
            listed = list(enumerate(question.shown_choices, 1))
            field = forms.TypedChoiceField(
                label=f"{place}. {question}",
                choices=[*listed, (UNKNOWN, _("I do not know yet"))],
                coerce=int,
                widget=forms.RadioSelect,
            )
            message = _("Choose an answer to question %(number)s.") % {"number": place}
            field.error_messages |= {"required": message, "invalid_choice": message}
            self.fields[f"q{question.pk}"] = field

    def choices(self) -> dict[int, int]:
        return {
            int(name[1:]): value
            for name, value in self.cleaned_data.items()
            if name != "token"
        }


class PaperForm(PortalForm, VersionedForm, forms.Form):
    """Counts of paper answers, two numbers for each question."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        phase: AwarenessPhase,
        questions: Sequence[Question],
        known: Mapping[int, tuple[int, int]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.fields["version"].initial = phase.version
        for question in questions:
            answered, right = known.get(question.pk, (None, None))
            for name, label, initial in (
                ("answered", _("Question %(number)s: answers"), answered),
                ("right", _("Question %(number)s: right answers"), right),
            ):
                self.fields[f"{name}_{question.pk}"] = _count(
                    label % {"number": question.number}, initial
                )

    def tallies(self) -> dict[int, tuple[int, int]]:
        """Return {question id: (answered, right)}."""
        data = self.cleaned_data
        return {
            question.pk: (
                data[f"answered_{question.pk}"],
                data[f"right_{question.pk}"],
            )
            for question in self.questions
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return each question with its two fields for the template."""
        return [
            {
                "question": question,
                "pair": [
                    self[f"{name}_{question.pk}"] for name in ("answered", "right")
                ],
            }
            for question in self.questions
        ]


def _count(label: str, initial: int | None) -> WholeNumberField:
    field = WholeNumberField(label=label, initial=initial, min_value=0)
    field.widget = forms.TextInput(
        attrs={"inputmode": "numeric", "class": "wide-4", "autocomplete": "off"}
    )
    message = _("“%(label)s” must be a number, for example 25.") % {"label": label}
    field.error_messages |= {
        "required": message,
        "invalid": message,
        "min_value": message,
    }
    return field
