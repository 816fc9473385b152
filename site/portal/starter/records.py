"""What has been loaded from content files, so that loading again never overwrites what an editor changed."""

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def digest(value: Any) -> str:
    """Return a fingerprint of plain values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


class LoadedContent(models.Model):
    """One content file, or one entry of a list in it, as it was loaded. Every room has a table of its own."""

    name = models.CharField(_("name"), max_length=200, primary_key=True)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    digest = models.CharField(
        _("digest of the file"),
        max_length=64,
        blank=True,
        help_text=_("Empty while a page is not loaded in all languages yet."),
    )
    written = models.CharField(
        _("what was written"),
        max_length=64,
        blank=True,
        help_text=_("For a page the id of its Danish revision; for a fact or term the digest of its values."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        verbose_name = _("loaded content")
        verbose_name_plural = _("loaded content")

    def __str__(self) -> str:
        return self.name
