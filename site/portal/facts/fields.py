"""Fields and blocks whose text may cite facts and terms: checked on saving, seen by the reference index, found by search."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText, get_text_for_indexing
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.segments import OverridableSegmentValue

from .citing import check_citations, references
from .models import Fact
from .rendering import plain

INLINE_FEATURES = ["bold", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ul", "ol", "h3"]


def is_empty(html: str) -> bool:
    """Say whether a rich text has no words: the editor leaves an empty paragraph behind."""
    return not unescape(strip_tags(html or "")).replace("\u200b", "").strip()


class CitingTextField(models.TextField):
    """A plain text that may cite facts."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Refuse a citation of something that does not exist."""
        value = super().clean(value, model_instance)
        check_citations(value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        """Offer an input that grows with the text: most summaries are two lines."""
        return super().formfield(**{"widget": AdminAutoHeightTextInput, **kwargs})

    def extract_references(self, value: str) -> Iterable[Any]:
        """Tell the reference index what the text cites."""
        yield from references(value)


class CitingRichTextField(RichTextField):
    """A rich text that may cite facts."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Refuse a citation of something that does not exist."""
        value = super().clean(value, model_instance)
        check_citations(value)
        return value

    def extract_references(self, value: str) -> Iterable[Any]:
        """Tell the reference index what the text cites."""
        yield from super().extract_references(value)
        yield from references(value)

    def get_searchable_content(self, value: str) -> list[str]:
        """Return the text with the values of the facts in it."""
        return [get_text_for_indexing(plain(value or ""))]


class CitingCharBlock(blocks.CharBlock):
    """A short text that may cite facts."""

    may_cite = True

    def clean(self, value: str) -> str:
        """Refuse a citation of something that does not exist."""
        value = super().clean(value)
        check_citations(value)
        return value

    def extract_references(self, value: str) -> Iterable[Any]:
        """Tell the reference index what the text cites."""
        yield from references(value)

    def get_searchable_content(self, value: str) -> list[str]:
        """Return the text with the values of the facts in it."""
        return [plain(str(value))]


class CitingRichTextBlock(blocks.RichTextBlock):
    """A rich text that may cite facts."""

    def clean(self, value: RichText) -> RichText:
        """Refuse a citation of something that does not exist."""
        value = super().clean(value)
        check_citations(value.source)
        return value

    def extract_references(self, value: RichText) -> Iterable[Any]:
        """Tell the reference index what the text cites."""
        yield from super().extract_references(value)
        yield from references(value.source)

    def get_searchable_content(self, value: RichText) -> list[str]:
        """Return the text with the values of the facts in it."""
        return [get_text_for_indexing(plain(value.source))]


class FactChooserBlock(SnippetChooserBlock):
    """Chooses a fact. It is the same fact in every language, so translators never see it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Fact, **kwargs)

    def get_translatable_segments(self, value: Any) -> list[OverridableSegmentValue]:
        """Offer nothing to translators."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """Keep the fact."""
        return value
