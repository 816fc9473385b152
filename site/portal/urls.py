"""Which address is answered by what."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from portal.pages import views

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
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        re_path(serve_pattern, views.serve_page, name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
