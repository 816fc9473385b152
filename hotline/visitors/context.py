"""What the templates of the hotline get, and how their answers are kept out of caches."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control

from portal.pages.context import Head, LanguageLink, Link

if TYPE_CHECKING:
    from ..models import HotlinePage

ACCEPTED, SEE_OTHER, CONFLICT, UNPROCESSABLE, TOO_MANY = 202, 303, 409, 422, 429


def path_of(page: "HotlinePage", request: HttpRequest) -> str:
    """Return the address of the hotline from where the reader is."""
    return str(request.links.path_for(page.url_path))  # type: ignore[attr-defined]


def step_context(page: "HotlinePage", request: HttpRequest, below: str, query: str = "") -> dict[str, Any]:
    """Return what every page below the hotline needs. `query` is what a change of the language keeps."""
    context = page.get_context(request)
    path, language = path_of(page, request), context["language"]

    def elsewhere(link: LanguageLink) -> LanguageLink:
        return replace(link, url=f"{link.url.split('?')[0]}{below}{query}")

    return {
        **context,
        "path": path,
        "below": below,
        "title_language": context["text_language"],
        "text_language": language,
        "notices": [],
        "switcher": [elsewhere(link) for link in context["switcher"]],
        "head": Head(f"{settings.BASE_URL}{path}", [], "", is_indexed=False),
        "breadcrumbs": [*context["breadcrumbs"], Link(path, page.title, context["text_language"])],
    }


def errors_of(form: forms.Form) -> list[tuple[str, str]]:
    """Return what is wrong, in the order of the fields, each with the id of its field."""
    names = [name for name in form.fields if name in form.errors]
    found = [(form[name].id_for_label, str(text)) for name in names for text in form.errors[name]]
    return [("", str(text)) for text in form.non_field_errors()] + found


def redirect(address: str) -> HttpResponse:
    """Lead to another page with GET."""
    return private(HttpResponseRedirect(address, status=SEE_OTHER))


def private(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches, search engines and the logs of other sites."""
    patch_cache_control(response, private=True, no_store=True)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
