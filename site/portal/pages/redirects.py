"""Redirects that also hold below a municipality: the shared redirect applies and the reader stays where they are."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect


class MunicipalityRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, asked once more without the municipality in the address."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the redirect for an address that was not found, if there is one."""
        response = super().process_response(request, response)
        scope = getattr(request, "links", None)
        parts = request.path.split("/", 3)  # "", language, municipality, the rest
        if response.status_code != 404 or scope is None or len(parts) < 4 or parts[2] not in scope.municipality_slugs:
            return response
        language, rest = parts[1], parts[3]
        redirect = get_redirect(request, Redirect.normalise_path(f"/{language}/{rest}"))
        if redirect is None or not redirect.redirect_page_id or not redirect.redirect_page.live:
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return kind(scope.path_for(redirect.redirect_page.url_path))
