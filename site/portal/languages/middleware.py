"""The language of a request is the first part of its address, and nothing else."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers


class AddressLocaleMiddleware(LocaleMiddleware):
    """Django's middleware without its redirect: `/xx/` does not exist, so it must not lead to `/da/xx/`."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the language of the answer; one that names its own was not made for the browser's language."""
        if "Content-Language" not in response.headers and not translation.get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response
