"""Questions of the awareness test; used versions are read-only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy, ngettext

from villages.outreach import services
from villages.outreach.models import MOST_CHOICES, Question, QuestionBank


class LinesField(SimpleArrayField):
    """Answers typed one per line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            forms.CharField(max_length=150),
            delimiter="\n",
            max_length=MOST_CHOICES,
            widget=forms.Textarea(attrs={"rows": MOST_CHOICES}),
            help_text=gettext_lazy("Three or four, one per line."),
            **options,
        )

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in str(value or "").splitlines()]
        return super().to_python("\n".join(line for line in lines if line))


class QuestionForm(forms.ModelForm[Question]):
    choices = LinesField(label=gettext_lazy("Answers"))
    choices_en = LinesField(label=gettext_lazy("Answers in English"), required=False)

    class Meta:
        model = Question
        fields = (
            "number",
            "text",
            "text_en",
            "choices",
            "choices_en",
            "right",
            "reason",
            "reason_en",
        )


class QuestionInline(admin.StackedInline[Question, QuestionBank]):
    model = Question
    form = QuestionForm
    extra = 0


def _lines(answers: Sequence[str]) -> str:
    return format_html_join("", "<div>{}</div>", ((one,) for one in answers))


@admin.register(QuestionBank)
class QuestionBankAdmin(admin.ModelAdmin[QuestionBank]):
    fields = ("pillar", "title", "title_en", "is_active")
    list_display = ("title", "pillar", "version", "is_active", "used_at")
    list_filter = ("pillar", "is_active")
    inlines = (QuestionInline,)
    actions = ("revise",)
    show_full_result_count = False

    def get_readonly_fields(
        self, request: HttpRequest, obj: QuestionBank | None = None
    ) -> tuple[str, ...]:
        return ("pillar",) if obj else ()

    def get_inlines(
        self, request: HttpRequest, obj: QuestionBank | None
    ) -> tuple[Any, ...]:
        """Show the questions of a used version read-only: answers refer to them."""
        return (ReadQuestions,) if obj and obj.used_at else (QuestionInline,)

    def has_delete_permission(
        self, request: HttpRequest, obj: QuestionBank | None = None
    ) -> bool:
        return False  # older tests refer to it; it can be taken out of use

    def save_model(
        self, request: HttpRequest, obj: QuestionBank, form: Any, change: bool
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            services.add_bank(obj)

    @admin.action(
        description=gettext_lazy("Make a new version to change its questions"),
        permissions=["change"],
    )
    def revise(self, request: HttpRequest, chosen: QuerySet[QuestionBank]) -> None:
        made = {services.revise_bank(bank) for bank in chosen}
        text = ngettext(
            "%(count)s new version is in the list. Put it into use when it is ready.",
            "%(count)s new versions are in the list. Put them into use when they are "
            "ready.",
            len(made),
        )
        messages.success(request, text % {"count": len(made)})


class ReadQuestions(QuestionInline):
    """Read-only questions of a used version, one answer per line."""

    fields = readonly_fields = (
        *("number", "text", "text_en", "answers", "answers_en"),
        *("right", "reason", "reason_en"),
    )

    @admin.display(description=gettext_lazy("Answers"))
    def answers(self, question: Question) -> str:
        return _lines(question.choices)

    @admin.display(description=gettext_lazy("Answers in English"))
    def answers_en(self, question: Question) -> str:
        return _lines(question.choices_en)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
