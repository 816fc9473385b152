"""Bookings that look as if a program had filled in the form: somebody at the desk decides about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import Help, Topic


class HeldBooking(models.Model):
    """What was sent, until somebody accepts it or throws it away. It blocks no time, and nobody is written to."""

    starts_at = models.DateTimeField()
    call_language = models.CharField(max_length=10)
    help = models.CharField(max_length=12, choices=Help.choices, default=Help.NONE)
    own_language = models.CharField(max_length=10, blank=True)
    topic = models.CharField(max_length=12, choices=Topic.choices)
    about_page_id = models.PositiveIntegerField(null=True, blank=True)
    municipality = models.SlugField(blank=True)
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    email = models.EmailField(blank=True)
    visitor_zone = models.CharField(max_length=64, blank=True)
    form_key = models.UUIDField(unique=True)
    """A form that is sent twice is held once, and accepted once."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("held booking")
        verbose_name_plural = _("held bookings")
        ordering = ["starts_at", "pk"]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.pk}"
