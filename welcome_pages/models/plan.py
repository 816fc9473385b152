"""The arrival plan: a page of questions, and the plan that the answers in its address make."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.pages.base import BasePage
from portal.pages.context import Head

SLUG = "plan"
PHRASES = "saetninger/"
STEPS = "trin/"
"""Below the plan: all steps, and each by itself."""


class PlanPage(RoutablePageMixin, BasePage):
    """Asks four or five questions and shows what to do first, next and later. It keeps no answer."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    show_in_menus_default = True
    fixed_slug = SLUG
    template = "welcome_pages/plan_page.html"

    plan_facts: tuple[str, ...] = ()
    """The facts of the plan that is shown; they are read together with those of the page."""
    plan_texts: tuple[str, ...] = ()

    class Meta:
        verbose_name = _("arrival plan")
        verbose_name_plural = _("arrival plans")

    def raw_texts(self) -> Iterator[str]:
        """Yield the texts of the page, and those of the plan that is shown."""
        yield from super().raw_texts()
        yield from self.plan_texts

    def cited_facts(self) -> Iterator[str]:
        """Yield the facts of the plan that is shown."""
        yield from super().cited_facts()
        yield from self.plan_facts

    @path("")
    def plan(self, request: HttpRequest) -> HttpResponse:
        """Show the questions, and the plan where all are answered."""
        from ..plan.view import plan_context  # it reads guides through the models

        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        context = plan_context(request, self)
        status = HTTPStatus.BAD_REQUEST if context["asked"].errors else HTTPStatus.OK
        return _private(TemplateResponse(request, self.template, context, status=status))

    @path("plan.ics/")
    def calendar_file(self, request: HttpRequest) -> HttpResponse:
        """Answer with the deadlines of the plan as a calendar file; 404 where it has none."""
        from ..plan.calendar_file import calendar_file
        from ..plan.view import plan_context

        content = calendar_file(plan_context(request, self), self)
        if not content:
            raise Http404("a plan without dates")
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="plan.ics"'
        response.headers["X-Robots-Tag"] = "noindex"
        return _private(response)

    @path(PHRASES)
    def phrases(self, request: HttpRequest) -> HttpResponse:
        """Show the phrases of the counter in the reader's language and in Danish."""
        from ..plan.phrases import phrase_sections

        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        context = self.get_context(request)
        scope = context["scope"]
        base = scope.path_for(self.url_path)
        addition = {
            **addresses_below(context, PHRASES),
            "plan_url": base,
            "phrase_sections": phrase_sections(scope.language),
            "head": phrases_head(context["head"], scope.path_for(self.url_path, municipality="")),
        }
        return TemplateResponse(request, "welcome_pages/phrases.html", {**context, **addition})

    @path(STEPS)
    def steps(self, request: HttpRequest) -> HttpResponse:
        """Show all steps that a plan may have, by their names."""
        from ..plan.step_pages import steps_context

        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        return TemplateResponse(request, "welcome_pages/plan_steps.html", steps_context(request, self))

    @path(f"{STEPS}<slug:key>/")
    def step(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show one step to whoever has no plan; 404 where there is no such step."""
        from ..plan.step_pages import step_context

        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        return TemplateResponse(request, "welcome_pages/plan_one_step.html", step_context(request, self, key))


def below(url: str, part: str) -> str:
    """Return the address of a part of a page, with the query string where there is one."""
    path_only, mark, query = url.partition("?")
    return f"{path_only}{part}{mark}{query}"


def addresses_below(context: dict[str, Any], part: str) -> dict[str, Any]:
    """Return the addresses of the context, each of this part of the page."""
    return {
        "switcher": [replace(link, url=below(link.url, part)) for link in context["switcher"]],
        "municipality_links": [replace(link, url=below(link.url, part)) for link in context["municipality_links"]],
        "shared_url": below(context["shared_url"], part),
        "danish_url": below(context["danish_url"], part),
    }


def phrases_head(head: Head, path_only: str) -> Head:
    """Return what search engines are told about the phrases: the shared address, in every language."""
    canonical = f"{settings.BASE_URL}{below(path_only, PHRASES)}"
    return replace(head, canonical=canonical, alternates=[], default_url="")


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the answers, which stand in the address, out of shared caches and out of what links tell other pages."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
