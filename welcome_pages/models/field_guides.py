"""Field guides: a form field by field, to lie beside the paper form; and the words that recur on Danish forms."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.facts import register
from portal.facts.models import Fact
from portal.pages.base import BasePage

from ..field_blocks import FormPartsBlock
from ..field_guides import words_page
from ..field_rows import form_rows
from ..form_words import FormWord, WordGroup, words_by_key


class OfficialFile(models.Model):
    """What `check_forms` last found at the address of an official form."""

    fact = models.OneToOneField(
        Fact, verbose_name=_("address"), primary_key=True, on_delete=models.CASCADE, related_name="official_file"
    )
    checksum = models.CharField(_("checksum"), max_length=64, blank=True)
    changed_on = models.DateField(_("changed on"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    failing_since = models.DateField(_("not readable since"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("official file")
        verbose_name_plural = _("official files")

    def __str__(self) -> str:
        return self.fact_id


class PrintedIn(models.TextChoices):
    """The language in which the form is printed."""

    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class FieldGuidePage(BasePage):
    """One form, field by field. It names the version it was written from; nothing is entered or stored."""

    is_complete = models.BooleanField(
        _("complete"), default=False, help_text=_("Readers are told where a guide does not have all fields.")
    )
    version = models.CharField(
        _("version of the form"), max_length=200, help_text=_("What the guide was written from, as the form names it.")
    )
    seen_on = models.DateField(
        _("seen on"), help_text=_("The day on which somebody last compared the guide with the official form.")
    )
    printed_in = models.CharField(
        _("language of the form"), max_length=2, choices=PrintedIn.choices, default=PrintedIn.DANISH
    )
    official_file = models.ForeignKey(
        Fact,
        verbose_name=_("file of the form"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "link"},
        help_text=_("The file itself, such as a PDF, and not the page about it. Its changes are noticed every night."),
    )
    entries = StreamField(FormPartsBlock(), verbose_name=_("sections and fields"))

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("is_complete", "seen_on", "printed_in", "official_file")
        ),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("is_complete"),
                FieldPanel("version"),
                FieldPanel("seen_on"),
                FieldPanel("printed_in"),
                FieldPanel("official_file"),
            ],
            heading=_("The form"),
        ),
        FieldPanel("entries"),
        *BasePage.review_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("entries")]
    parent_page_types = ["welcome_pages.FormPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "welcome_pages/field_guide_page.html"

    class Meta:
        verbose_name = _("field guide")
        verbose_name_plural = _("field guides")

    def chosen_words(self) -> Iterator[str]:
        """Yield the keys of the common words that the guide chooses."""
        for block in self.entries.raw_data:
            if block["value"].get("word"):
                yield block["value"]["word"]

    def cited_facts(self) -> Iterator[str]:
        """Yield what the guide cites, with the file of the form."""
        yield from super().cited_facts()
        if self.official_file_id:
            yield self.official_file_id

    def changed_on(self) -> Any:
        """Return the day on which the official form was found changed, where nobody has compared the guide since."""
        if self.official_file_id is None:
            return None
        row = OfficialFile.objects.filter(fact=self.official_file_id, changed_on__gt=self.seen_on).first()
        return row.changed_on if row else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections and fields, and what is known about the official form."""
        context = super().get_context(request, *args, **kwargs)
        words = words_by_key(self.chosen_words())
        return {
            **context,
            "words_page": words_page(self.path[: -2 * self.steplen], context["scope"]),
            "form": form_rows(self.entries.raw_data, words, context["language"], self.printed_in),
            "form_changed_on": self.changed_on(),
            "official_file_fact": register.current().facts.get(self.official_file_id or ""),
        }


class FormWordsPage(BasePage):
    """The words that recur on Danish forms, beside what they mean to the reader."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    parent_page_types = ["welcome_pages.FormLibraryPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "welcome_pages/form_words_page.html"

    class Meta:
        verbose_name = _("words on Danish forms")
        verbose_name_plural = _("words on Danish forms")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the words, by the part of the form in which they stand."""
        context = super().get_context(request, *args, **kwargs)
        groups: dict[str, list[FormWord]] = {str(label): [] for _value, label in WordGroup.choices}
        for word in FormWord.objects.all():
            groups[str(WordGroup(word.group).label)].append(word)
        return {**context, "groups": groups}
