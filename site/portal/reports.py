"""The addresses of a report in Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail.admin.views.reports import ReportView


def report_urls(view: type[ReportView], slug: str) -> list[URLPattern]:
    """Return the addresses of a report and of its results alone, named `portal_` and its slug with underscores."""
    name = f"portal_{slug.replace('-', '_')}"
    return [
        path(f"reports/{slug}/", view.as_view(), name=name),
        path(f"reports/{slug}/results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]
