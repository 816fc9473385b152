"""The roster and the unanswered questions in the admin, as Wagtail lists things."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.facts.viewsets import municipality_choices

from ..choices import call_language_choices, language_label
from ..models import QuestionState, Shift, UnansweredQuestion


class ShiftViewSet(SnippetViewSet):
    """The roster: single shifts are changed and removed here, months are filled with `hotline.desk.roster`."""

    model = Shift
    icon = "date"
    menu_label = gettext_lazy("Roster")
    copy_view_enabled = False
    list_display = ["__str__", "staff", "line"]
    list_filter = {"staff": ["exact"], "line": ["exact"], "date": ["gte", "lte"]}
    list_per_page = 100
    ordering = ["-date", "start"]
    edit_handler = ObjectList(
        [FieldPanel("staff"), FieldPanel("line"), FieldPanel("date"), FieldRowPanel(["start", "end"])]
    )


class QuestionForm(WagtailAdminModelForm):
    """The form of a question, with the names of municipalities and languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("municipality", [("", _("consortium")), *municipality_choices()]),
            ("language", call_language_choices()),
        ):
            field = self.fields[name]
            self.fields[name] = forms.ChoiceField(
                choices=choices, required=field.required, label=field.label, help_text=field.help_text
            )


def answer_link(question: UnansweredQuestion) -> SafeString | str:
    """Return the way to writing a page, where there is none yet."""
    if question.state != QuestionState.OPEN or question.page_id:
        return ""
    address = reverse("hotline_answer", args=[question.pk])
    return format_html('<a class="button button-small button-secondary" href="{}">{}</a>', address, _("Write a page"))


def asked_text(question: UnansweredQuestion) -> SafeString:
    """Return the words, marked with their language."""
    return format_html('<span lang="{}">{}</span>', question.language, question.text)


class QuestionViewSet(SnippetViewSet):
    """What callers asked and no page answers."""

    model = UnansweredQuestion
    icon = "help"
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("text", label=gettext_lazy("question"), accessor=asked_text),
        Column("language", label=gettext_lazy("Language"), accessor=lambda one: language_label(one.language)),
        "municipality",
        "state",
        Column("answer", label=gettext_lazy("Answer"), accessor=answer_link),
    ]
    list_filter = ["state", "municipality", "topic"]
    list_per_page = 50
    ordering = ["-created_at"]
    edit_handler = ObjectList(
        ["text", FieldRowPanel(["language", "topic"]), "municipality", "page", "state"], base_form_class=QuestionForm
    )
