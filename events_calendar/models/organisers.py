"""Who arranges activities: a club, a library, a language centre."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Organiser(index.Indexed, models.Model):
    """One organiser. The name is a proper name, the same in every language."""

    name = models.CharField(_("name"), max_length=120)
    municipality = models.SlugField(
        _("municipality"), blank=True, help_text=_("Empty for an organiser that works everywhere.")
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("For messages about its activities. Readers do not see it.")
    )
    website = models.URLField(_("website"), blank=True, max_length=500)
    is_verified = models.BooleanField(
        _("checked"),
        default=True,
        help_text=_("Somebody of the municipality knows it. Who enters an activity is not checked at first."),
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("municipality"),
    ]

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
