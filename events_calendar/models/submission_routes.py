"""The addresses below the calendar at which clubs write: `indsend/` and what belongs to it."""

from http import HTTPMethod
from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.pages.base import BasePage

ROUTES = frozenset({"submission_form", "submission_entry", "submission_change"})
"""The names of the routes that take a form."""


class SubmissionRoutes(RoutablePageMixin):
    """Lets a page take the entries of clubs."""

    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]

    def check_request_method(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """Refuse a form at the addresses that have none."""
        match = getattr(request, "routable_resolver_match", None)
        if request.method == HTTPMethod.POST and (match is None or match.url_name not in ROUTES):
            return HttpResponseNotAllowed([str(method) for method in BasePage.allowed_http_methods])
        response: HttpResponse | None = super().check_request_method(request, *args, **kwargs)
        return response

    @path("indsend/", name="submission_form")
    def submission_form(self, request: HttpRequest) -> HttpResponse:
        """Take a new entry."""
        return _views().new_entry(self, request)

    @path("indsend/sendt/", name="submission_sent")
    def submission_sent(self, request: HttpRequest) -> HttpResponse:
        """Say that a mail is on its way."""
        return _views().sent(self, request)

    @path("indsend/<str:token>/", name="submission_entry")
    def submission_entry(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show an entry, and confirm it."""
        return _views().entry(self, request, token)

    @path("indsend/<str:token>/ret/", name="submission_change")
    def submission_change(self, request: HttpRequest, token: str) -> HttpResponse:
        """Change an entry."""
        return _views().change_entry(self, request, token)


def _views() -> ModuleType:
    from ..submissions import views  # they import the models

    return views
