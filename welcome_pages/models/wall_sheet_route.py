"""The address of a guide's wall sheet, below the address of the guide."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

if TYPE_CHECKING:
    from .guides import GuidePage


class WallSheetRoute(RoutablePageMixin):
    """Answers `opslag/`: the guide on one A4 page in two languages. `?with=` names the second."""

    subpaths: frozenset[str] | None = frozenset({"opslag"})

    @path("opslag/")
    def wall_sheet(self, request: HttpRequest) -> HttpResponse:
        """Show the sheet."""
        from ..wall_sheets import sheet_context  # it reads guides through the models

        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        context = sheet_context(request, cast("GuidePage", self))
        return TemplateResponse(request, "welcome_pages/wall_sheet.html", context)
