"""Makes the draft of a page of an unanswered question; it is published by the usual workflow, or not at all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.facts.viewsets import municipality_choices
from portal.pages.answer_drafts import draft_answer, may_draft

from ..models import QuestionState, UnansweredQuestion


class AnswerForm(forms.Form):
    """The question as readers ask it, in Danish, and its answer."""

    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"))
    question = forms.CharField(
        label=gettext_lazy("The question in Danish"),
        max_length=100,
        help_text=gettext_lazy("The title of the page: short, and as somebody would ask it."),
    )
    answer = forms.CharField(
        label=gettext_lazy("The answer in Danish"), widget=forms.Textarea({"rows": 8}), max_length=5000
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.choices = [(slug, name) for slug, name in municipality_choices() if may_draft(slug, user)]


class AnswerView(WagtailAdminTemplateMixin, FormView):
    """The form, for those who may change questions and add pages somewhere."""

    template_name = "wagtailadmin/generic/form.html"
    form_class = AnswerForm
    page_title = gettext_lazy("Write a page")
    header_icon = "doc-full"

    @cached_property
    def question(self) -> UnansweredQuestion:
        """Return the question."""
        return get_object_or_404(UnansweredQuestion, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not; whoever wrote the page is led to it."""
        if not request.user.has_perm("hotline.change_unansweredquestion"):
            raise PermissionDenied
        if self.question.page_id:
            messages.warning(request, _("A page on this question exists already."))
            return redirect("wagtailadmin_pages:edit", self.question.page_id)
        if not self.get_form().fields["municipality"].choices:
            messages.error(request, _("You may not add pages. Assign the question to a municipality instead."))
            return redirect(self.list_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def list_url(self) -> str:
        """Return the address of the list of questions."""
        return reverse(UnansweredQuestion.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Narrow the municipalities to those of the user."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Begin with the words of the caller."""
        danish = self.question.text[:100] if self.question.language == "da" else ""
        return {"municipality": self.question.municipality, "question": danish}

    def get_page_subtitle(self) -> str:
        """Show the question in the caller's words."""
        return self.question.text

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way over the questions."""
        questions = {"url": self.list_url, "label": _("unanswered questions")}
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, questions, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail shows."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context["form"].media,
            "action_url": self.request.path,
            "submit_button_label": _("Make a draft"),
        }

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        """Make the draft once, note it at the question, and go on in the editor."""
        values = form.cleaned_data
        with transaction.atomic():
            locked = UnansweredQuestion.objects.select_for_update(no_key=True).get(pk=self.question.pk)
            if locked.page_id is None:
                page = draft_answer(values["municipality"], values["question"], values["answer"], self.request.user)
                locked.page_id, locked.municipality, locked.state = page.pk, values["municipality"], QuestionState.DONE
                locked.save(update_fields=["page", "municipality", "state"])
        messages.success(self.request, _("The draft is made. Complete it, and submit it as usual."))
        return redirect("wagtailadmin_pages:edit", locked.page_id)
