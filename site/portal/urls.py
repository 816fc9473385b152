"""Which address is answered by what."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from portal.pages import views
from portal.search import api, learning_views
from portal.search.views import search_page

handler400 = "portal.pages.views.bad_request"
handler404 = "portal.pages.views.page_not_found"
handler500 = "portal.pages.views.server_error"

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("was", views.accessibility_statement),
    path("was/", views.accessibility_statement),
    path("healthz", views.health),
    path("readyz", views.readiness),
    path("robots.txt", views.robots),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("api/search/", api.search),
    path("api/suggest/", api.suggest),
    path("api/search/seen", learning_views.seen),
    path("api/search/click", learning_views.click),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("search/", search_page),
        path("<slug:municipality>/search/", search_page),
        re_path(serve_pattern, views.serve_page, name="wagtail_serve"),
        re_path(r"^((?:[\w\-]+/)+[\w\-]+\.(?:ics|pdf))$", views.serve_page),  # the files of pages
        path("", include(wagtail_urls)),
    ),
]

if settings.SERVE_MEDIA:
    urlpatterns.insert(0, path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))
