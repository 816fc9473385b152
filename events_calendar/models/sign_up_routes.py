"""The addresses of sign-up, below the address of its activity."""

from http import HTTPMethod
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from wagtail.contrib.routable_page.models import re_path

from .occurrence_routes import IN_ADDRESS, OccurrenceRoutes

if TYPE_CHECKING:
    from .activities import ActivityPage

FORMS = {"sign_up_form", "sign_up"}
"""The views that take what visitors send."""
READ_ONLY = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]


class SignUpRoutes(OccurrenceRoutes):
    """Answers `2026-12-03-1900/tilmelding/`, the form, and `tilmelding/<secret>/`, what came of it."""

    allowed_http_methods = [*READ_ONLY, HTTPMethod.POST]

    def check_request_method(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """Take what is sent to the forms, and nothing that is sent elsewhere."""
        match = getattr(request, "routable_resolver_match", None)
        view = getattr(match.func, "__name__", "") if match else ""
        if request.method == HTTPMethod.POST and view not in FORMS:
            return HttpResponseNotAllowed([method.value for method in READ_ONLY])
        return super().check_request_method(request, *args, **kwargs)

    @re_path(rf"^{IN_ADDRESS}/tilmelding/$")
    def sign_up_form(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form, or act on it."""
        from ..sign_up.views import form_page  # it reads models of this package

        return form_page(cast("ActivityPage", self), request, self.occurrence_at(slug))

    @re_path(r"^tilmelding/(?P<secret>[A-Za-z0-9_-]{20,64})/$")
    def sign_up(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Show a sign-up to whoever has its link, or change it."""
        from ..sign_up.views import manage_page

        return manage_page(cast("ActivityPage", self), request, secret)
