"""The reference of the search benchmarks: the search view of Wagtail's project template, on the backend that is named.

It runs behind the same middleware as ours: what is compared is what a reader waits for.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from wagtail.models import Page

from portal.urls import urlpatterns as portal_urlpatterns

TEMPLATE = """{% load wagtailcore_tags wagtailuserbar %}<!doctype html>
<html lang="{{ language }}"><head><title>Search</title></head><body>
<h1>Search</h1><form action="" method="get"><input type="text" name="query" value="{{ search_query }}"></form>
{% if search_results %}<ul>{% for result in search_results %}<li><h4><a href="{% pageurl result %}">{{ result }}</a></h4>
{% if result.search_description %}{{ result.search_description }}{% endif %}</li>{% endfor %}</ul>
{% if search_results.has_next %}<a href="?query={{ search_query }}&page={{ search_results.next_page_number }}">Next</a>{% endif %}
{% endif %}{% wagtailuserbar %}</body></html>"""
RESULTS = 10


def stock_search(request: HttpRequest, backend: str) -> HttpResponse:
    """Answer as a new Wagtail site does."""
    text = request.GET.get("query", "")
    found = Page.objects.live().search(text, backend=backend)
    page = Paginator(found, RESULTS).get_page(request.GET.get("page"))
    template = engines["django"].from_string(TEMPLATE)
    return HttpResponse(template.render({"search_query": text, "search_results": page}, request))


urlpatterns = [path("stock/<slug:backend>/", stock_search), *portal_urlpatterns]
