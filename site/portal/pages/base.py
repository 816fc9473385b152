"""What every page of this site promises: one slug in all languages, an owner, a review date, honest languages."""

from collections import Counter
from collections.abc import Iterator
from http import HTTPMethod
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.external_addresses.sources import AddressSource
from portal.facts import register
from portal.facts.citing import check_citations, check_names
from portal.facts.fields import CitingTextField
from portal.facts.rendering import plain
from portal.facts.tokens import texts_in
from portal.languages.versions import Version, versions
from portal.texts.reading_panel import ReadabilityPanel

from .context import page_context
from .link_scope import LinkScope, current_scope
from .local_links import check_local_links
from .rows import PageRow
from .slugs import check_slug


class PageForm(WagtailAdminPageForm):
    """Tells a new page below which one it will stand: Wagtail checks it before it has a place in the tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.future_parent = self.parent_page

    def defer_required_fields(self) -> None:
        """Let a draft be half written; the same is checked again when it is published."""
        super().defer_required_fields()
        self.instance.may_be_incomplete = True

    def restore_required_fields(self) -> None:
        """Ask for everything again."""
        super().restore_required_fields()
        self.instance.may_be_incomplete = False


class BasePage(Page):
    """An abstract page with the promises that hold for every address of the site."""

    summary = CitingTextField(
        _("summary"),
        blank=True,
        max_length=300,
        help_text=_("One or two sentences: what the reader needs to know. Also shown in lists and by search engines."),
    )
    content_owner = models.CharField(
        _("owner of the content"), max_length=100, help_text=_("The department that keeps this page true.")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_again_on = models.DateField(_("review again on"), null=True, blank=True)

    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("content_owner", overridable=False),
        SynchronizedField("reviewed_on", overridable=False),
        SynchronizedField("review_again_on", overridable=False),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    promote_panels = [
        MultiFieldPanel(
            ["slug", "show_in_menus", "seo_title", "search_description"], heading=_("Address and search engines")
        ),
    ]
    review_panels = [
        MultiFieldPanel(
            [FieldPanel("content_owner"), FieldPanel("reviewed_on"), FieldPanel("review_again_on")],
            heading=_("Who keeps it true"),
        ),
        ReadabilityPanel(heading=_("How easy it is to read")),
    ]

    base_form_class = PageForm
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    """A page with a form adds POST."""

    fixed_slug = ""
    """The slug of a kind of page that stands at one address only; nobody has to type it, and it may be a reserved word."""

    subpaths: frozenset[str] | None = None
    """Of a page with routes: the only ones that it answers below its address; None where it looks itself."""

    is_local = False
    """True for pages that live below one municipality."""

    may_be_incomplete = False
    """True while a draft is saved."""

    future_parent: Page | None = None
    """The parent of a page that is being created in a form, or about to be moved."""

    # Set by the router for one request, never stored.
    municipality: "BasePage | None" = None
    ancestors: list[PageRow] | None = None
    versions: dict[str, Version] | None = None
    any_restrictions: bool | None = None
    """Whether any page of the site is restricted; None where nobody has asked yet."""

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Settle an address that is fixed before everything else is checked."""
        if self.fixed_slug:
            self.slug = self.fixed_slug
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse broken citations, names that cite, repeated block ids, a wrong place, and reviews in the wrong order.

        The walk over all texts is the backstop for loaders and translations, where no form checks the blocks.
        """
        super().clean()
        check_names(self)
        check_citations(*self.raw_texts(), facts=self.cited_facts())
        self._check_block_ids()
        self.check_place()
        if self.reviewed_on and self.review_again_on and self.review_again_on <= self.reviewed_on:
            raise ValidationError({"review_again_on": _("The next review must be after the last one.")})

    def check_place(self) -> None:
        """Refuse what does not go together with where the page stands. Also asked before a page is moved."""
        check_local_links(self)
        check_slug(self)

    def unique_beside(self) -> set[tuple[str, Any]]:
        """Return what no other page beside this one may have."""
        return {("slug", self.slug)}

    def standing_below(self) -> Page | None:
        """Return the parent of this page, also where it is not there yet; None where nobody knows it."""
        return self.future_parent or (self.get_parent() if self.depth else None)

    def _check_block_ids(self) -> None:
        """Refuse two blocks with one id: a translation of the one would be written into the other."""
        problems = []
        for model_field in self._meta.concrete_fields:
            if isinstance(model_field, StreamField):
                counts = Counter(block_ids(list(getattr(self, model_field.attname).raw_data)))
                problems += [
                    _("Two blocks of “%(field)s” have the same id, “%(id)s”. Delete one of them and add it again.")
                    % {"field": model_field.verbose_name, "id": block_id}
                    for block_id, count in counts.items()
                    if count > 1
                ]
        if problems:
            raise ValidationError(problems)

    # Texts ------------------------------------------------------------------------------------------------------------

    def raw_texts(self) -> Iterator[str]:
        """Yield every text of the page as it is stored: tokens, links and block values in it."""
        for model_field in self._meta.concrete_fields:
            if isinstance(model_field, StreamField):
                yield from texts_in(list(getattr(self, model_field.attname).raw_data))
            elif isinstance(model_field, models.TextField) or model_field.name in {"title", "seo_title"}:
                yield getattr(self, model_field.attname) or ""

    def cited_facts(self) -> Iterator[str]:
        """Yield the keys of the facts that the page shows other than by a token in a text."""
        for model_field in self._meta.concrete_fields:
            if isinstance(model_field, StreamField):
                yield from chosen_facts(getattr(self, model_field.attname).raw_data)

    def linked_pages(self) -> Iterator[int]:
        """Yield the ids of the pages that this one links to other than in a text."""
        return iter(())

    def source_of_address(self, address: str) -> AddressSource | None:
        """Return who says that an external address of this page is right, and when; None where nobody has said."""
        return None

    def search_text(self) -> str:
        """Return all words of the page, with the values of its facts, for a search document."""
        words = [get_text_for_indexing(plain(text)) for text in self.display_texts()]
        return "\n".join(filter(None, words))

    def display_texts(self) -> Iterator[str]:
        """Yield the texts that a reader sees, in order."""
        for model_field in self._meta.concrete_fields:
            value = getattr(self, model_field.attname)
            if isinstance(model_field, StreamField):
                yield from (str(text) for text in value.stream_block.get_searchable_content(value))
            elif isinstance(model_field, RichTextField | CitingTextField):
                yield value

    # Addresses --------------------------------------------------------------------------------------------------------

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """With a request: the address where the reader is. Without one: the shared address."""
        parts = super().get_url_parts(request=request)
        scope: LinkScope | None = getattr(request, "links", None)
        if parts and parts[2] and scope and scope.municipality and not self.is_local:
            site_id, root, path = parts
            language, rest = path.lstrip("/").split("/", 1)
            return site_id, root, f"/{language}/{scope.municipality.slug}/{rest}"
        return parts

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return who may see this page, and who may see the municipality in which it is read."""
        if self.any_restrictions is None:
            self.any_restrictions = PageViewRestriction.objects.exists()
        if not self.any_restrictions:
            return PageViewRestriction.objects.none()
        restrictions = super().get_view_restrictions()
        if self.municipality is not None and self.municipality is not self:
            restrictions = restrictions | Page.get_view_restrictions(self.municipality)
        return restrictions

    def get_cache_key_components(self) -> list[Any]:
        """Tell cached fragments of one municipality from those of another."""
        return [*super().get_cache_key_components(), self.municipality.slug if self.municipality is not None else ""]

    # Serving ----------------------------------------------------------------------------------------------------------

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Look up everything the template shows; it asks itself only for the lists of `portal.template_functions`."""
        context = super().get_context(request, *args, **kwargs)
        context.update(page_context(self, request))
        return context

    def notes_here(self) -> list["BasePage"]:
        """Return what the reader's municipality adds to this page."""
        return []

    def note_versions(self) -> dict[str, bool]:
        """Return, by language, whether the reader's municipality really adds to this page in that language."""
        return {}

    def prepare(self) -> None:
        """Read facts, terms and page links of this page and its notes, each kind in one query."""
        pages = [self, *self.notes_here()]
        texts = [text for page in pages for text in page.raw_texts()]
        register.current().want_page(*texts, facts={key for page in pages for key in page.cited_facts()})
        scope = current_scope()
        if scope is not None:
            scope.prepare_from(*texts, ids=[pk for page in pages for pk in page.linked_pages()])

    def load_versions(self) -> dict[str, Version]:
        """Return the published versions of this page by language, read once."""
        if self.versions is None:
            self.versions = versions(self, self.municipality, public_only=bool(self.any_restrictions))
        return self.versions

    @property
    def is_for_search_engines(self) -> bool:
        """Say whether Google and others may show this page. What the site itself finds is another matter."""
        return True

    @property
    def is_source(self) -> bool:
        """Say whether this is the Danish page from which the others are translated."""
        return self.locale.language_code == settings.LANGUAGE_CODE


def chosen_facts(raw: Any) -> Iterator[str]:
    """Yield the keys in the `facts` of contact cards, and in streams of facts."""
    for block in raw:
        if block["type"] == "fact":
            yield block["value"]
        elif isinstance(block["value"], dict):
            yield from (item["value"] for item in block["value"].get("facts", []) if isinstance(item, dict))


def block_ids(raw: Any) -> Iterator[str]:
    """Yield the id of every block in a raw stream value, at any depth."""
    if isinstance(raw, dict):
        for part in raw.values():
            yield from block_ids(part)
    elif isinstance(raw, list):
        for item in raw:
            if isinstance(item, dict) and item.get("id") and "type" in item:
                yield item["id"]
            yield from block_ids(item)
