"""The steps of a checklist for employers: what, who does it, when, and where it is explained."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.facts.fields import INLINE_FEATURES, CitingCharBlock, CitingRichTextBlock

from .field_blocks import SameInEveryLanguage


class Phase(models.TextChoices):
    """When a step is due. The order is that of the list."""

    BEFORE = "before", _("Before the first working day")
    FIRST_WEEK = "first-week", _("The first week")
    FIRST_MONTH = "first-month", _("The first month")
    LATER = "later", _("Later")


class Doer(models.TextChoices):
    """Who does a step."""

    EMPLOYER = "employer", _("The company")
    EMPLOYEE = "employee", _("The employee")
    BOTH = "both", _("Both together")


class SamePageChooserBlock(SameInEveryLanguage, blocks.PageChooserBlock):
    """Chooses a page; every language leads to its own version of it."""


class HiringStepBlock(blocks.StructBlock):
    """One step of a checklist, one line on paper."""

    phase = blocks.ChoiceBlock(label=_("When"), choices=Phase.choices)
    who = blocks.ChoiceBlock(label=_("Who does it"), choices=Doer.choices)
    step = CitingRichTextBlock(label=_("What"), features=INLINE_FEATURES)
    due = CitingCharBlock(
        label=_("More exactly when"),
        max_length=120,
        required=False,
        help_text=_("Such as “before you sign”, or a deadline of the fact register."),
    )
    page = SamePageChooserBlock(
        label=_("Explained here"),
        page_type=["welcome_pages.GuidePage", "welcome_pages.FormPage", "welcome_pages.EmployerChapterPage"],
        required=False,
    )

    class Meta:
        icon = "tick"
        label = _("Step")


class HiringStepsBlock(blocks.StreamBlock):
    """The steps from the offer to everyday work. None is more than one struct deep: translators would lose its texts."""

    step = HiringStepBlock()
