"""The reference of the benchmarks: a constant 30 kB Django view behind Django's smallest useful middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"<!doctype html><title>constant</title>" + b"x" * 30_000


def constant(request: HttpRequest) -> HttpResponse:
    """Return always the same bytes."""
    return HttpResponse(BODY)


urlpatterns = [path("", constant)]

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for the benchmark",
)
application = get_wsgi_application()
