"""The record of what each translated page was made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.Model):
    """What one live translated page was made from, and how that compares with the live Danish page.

    A record, not a cache: where a translation was edited but not published, only this row knows which Danish text the
    live translation came from. Back it up; never truncate it.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="text_state", primary_key=True
    )
    built = models.JSONField(default=dict)
    """Content path → list of [hash of the text, hash of its Danish source, "person" | "machine" | "danish", ISO date]."""
    parts = models.JSONField(default=dict)
    """Content path → hash of the text → {"flags", "made", "since"}; only what is not current.

    "*new*" → {"since": content path → hash of a Danish text that was never translated → ISO date, "made": ISO date of the
    newest translation}; rows of older versions of the site have a list of paths.
    """
    is_untranslated = models.BooleanField(default=False)
    """True where every text of the page is Danish: submitting an alias for translation makes such a page public."""
    source_changed_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")

    def __str__(self) -> str:
        return f"{self.page_id}: {len(self.parts)} parts not current"
