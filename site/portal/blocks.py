"""The blocks of which the texts of pages are made. None is more than one struct deep: translators would lose its texts."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.facts.fields import TEXT_FEATURES, CitingCharBlock, CitingRichTextBlock, FactChooserBlock


class SectionBlock(blocks.StructBlock):
    """A part of a page under its own heading."""

    heading = CitingCharBlock(label=_("Heading"), max_length=120)
    text = CitingRichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "title"
        label = _("Section")


class ContactBlock(blocks.StructBlock):
    """A card with the facts of one place to ask: every line comes from the fact register."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    facts = blocks.ListBlock(FactChooserBlock(label=_("Fact")), label=_("Facts"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Contact card")


class BodyBlock(blocks.StreamBlock):
    """What the text of a guide, a local page or a note is made of."""

    section = SectionBlock()
    warning = CitingRichTextBlock(label=_("Warning"), features=TEXT_FEATURES, icon="warning")
    note = CitingRichTextBlock(label=_("Tip"), features=TEXT_FEATURES, icon="info-circle")
    contact = ContactBlock()


class FactsBlock(blocks.StreamBlock):
    """A list of facts, such as the deadlines or the official pages of a guide."""

    fact = FactChooserBlock(label=_("Fact"))
