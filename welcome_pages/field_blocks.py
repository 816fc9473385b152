"""The blocks of a field guide: the sections and fields of a form, in the order in which they are printed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.segments import OverridableSegmentValue

from portal.facts.fields import INLINE_FEATURES, CitingRichTextBlock


class Certainty(models.TextChoices):
    """How sure it is that a label stands on the form in these very words."""

    PRINTED = "printed", _("Seen on this version of the form")
    OFFICIAL = "official", _("Seen in the law or on an official page; the form may word it differently")
    OLDER = "older", _("Seen on an older version of the form")
    UNSURE = "unsure", _("Not checked against the form")


class SameInEveryLanguage:
    """What translators never see: it is the same in every language."""

    def get_translatable_segments(self, value: Any) -> list[OverridableSegmentValue]:
        """Offer nothing to translators."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """Keep the value."""
        return value


class PrintedBlock(SameInEveryLanguage, blocks.CharBlock):
    """Words exactly as they are printed on the form."""


class ExampleBlock(blocks.CharBlock):
    """What somebody might write on the form: names and numbers of nobody, which no search is for."""

    def get_searchable_content(self, value: Any) -> list[str]:
        """Keep it out of the search: a name in an example is no reason to find the page."""
        return []


class FormWordChooserBlock(SameInEveryLanguage, SnippetChooserBlock):
    """Chooses a word that recurs on Danish forms."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("welcome_pages.FormWord", **kwargs)


class PrintedStructBlock(blocks.StructBlock):
    """A part of a form: a label that needs a translation, from the common words or of its own."""

    needed: tuple[str, ...] = ("translation",)
    """What has to be written where no common word is chosen."""

    def clean(self, value: Any) -> Any:
        """Ask for a translation where no common word is chosen."""
        cleaned = super().clean(value)
        missing = [name for name in self.needed if not _text(cleaned.get(name))]
        if missing and not cleaned.get("word"):
            reason = ValidationError(_("Write it here, or choose a common word."))
            raise StructBlockValidationError(block_errors=dict.fromkeys(missing, reason))
        return cleaned


def _text(value: Any) -> str:
    return str(getattr(value, "source", value) or "").strip()


class FormSectionBlock(PrintedStructBlock):
    """A heading on the form."""

    label = PrintedBlock(
        label=_("Heading as printed on the form"),
        max_length=200,
        required=False,
        help_text=_("Empty where the form has no heading here and the guide needs one."),
    )
    certainty = blocks.ChoiceBlock(label=_("Certainty"), choices=Certainty.choices, default=Certainty.UNSURE)
    translation = blocks.CharBlock(label=_("What the heading says"), max_length=200)
    danish = PrintedBlock(
        label=_("Danish heading, not checked"),
        max_length=200,
        required=False,
        help_text=_("Only where the headings come from a version in another language."),
    )

    class Meta:
        icon = "title"
        label = _("Section of the form")


class FormFieldBlock(PrintedStructBlock):
    """A field on the form."""

    label = PrintedBlock(label=_("Label as printed on the form"), max_length=200)
    certainty = blocks.ChoiceBlock(label=_("Certainty"), choices=Certainty.choices, default=Certainty.UNSURE)
    word = FormWordChooserBlock(
        label=_("Common word"), required=False, help_text=_("Brings its own translation and meaning in every language.")
    )
    translation = blocks.CharBlock(
        label=_("What the label says"), max_length=200, required=False, help_text=_("Only where no common word fits.")
    )
    meaning = CitingRichTextBlock(
        label=_("What it means"),
        features=INLINE_FEATURES,
        required=False,
        help_text=_("Only where the meaning of the common word does not say enough."),
    )
    example = ExampleBlock(label=_("Example"), max_length=200, required=False)
    warning = CitingRichTextBlock(label=_("Warning"), features=INLINE_FEATURES, required=False)

    needed = ("translation", "meaning")

    class Meta:
        icon = "form"
        label = _("Field")


class FormPartsBlock(blocks.StreamBlock):
    """The form from top to bottom. None is more than one struct deep: translators would lose its texts."""

    section = FormSectionBlock()
    field = FormFieldBlock()
