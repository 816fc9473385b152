"""Clubs, associations and communities: pages below their municipality, so that its editors and no others keep them true."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks import FactsBlock
from portal.choice_lists import ChoiceListField
from portal.external_addresses.sources import AddressSource
from portal.facts.fields import CitingTextField
from portal.facts.models import Confidence, Fact
from portal.facts.viewsets import municipality_choices
from portal.languages.spoken import language_label, spoken_language_choices
from portal.pages.base import BasePage, chosen_facts

from ..clubs.choices import CONTACT_KINDS, REACHABLE, ClubKind, country_choices, country_name

INDEX_SLUG = "foreninger"


class ClubsPage(BasePage):
    """The clubs and communities of one municipality. Its address is the same in every municipality."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    parent_page_types = ["portal.MunicipalityPage"]
    subpage_types = ["welcome_pages.ClubPage"]
    max_count_per_parent = 1
    fixed_slug = INDEX_SLUG
    template = "welcome_pages/clubs_page.html"
    is_local = True

    class Meta:
        verbose_name = _("overview of clubs")
        verbose_name_plural = _("overviews of clubs")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the clubs and contact persons that fit the address."""
        from ..clubs.listing import clubs_context  # it reads the clubs through the models

        context = super().get_context(request, *args, **kwargs)
        return {**context, **clubs_context(request, context["scope"], self)}


class ClubPage(BasePage):
    """One club. The title is its own name, the same in every language; only what it offers and when it meets is translated."""

    name_language = models.CharField(
        _("language of the name"), max_length=10, choices=spoken_language_choices, default=settings.LANGUAGE_CODE
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ClubKind.choices)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        choices=country_choices,
        help_text=_("For national communities: where its members come from."),
    )
    spoken_languages = ChoiceListField(
        _("languages spoken"),
        blank=True,
        offered=spoken_language_choices,
        help_text=_("What people speak there. Choose none that nobody has told you: readers rely on it."),
    )
    also_in = ChoiceListField(
        _("also for people in"),
        blank=True,
        offered=municipality_choices,
        help_text=_("Other municipalities in whose list it stands too."),
    )
    contacts = StreamField(
        FactsBlock(),
        verbose_name=_("contact"),
        help_text=_("Facts of the register: phone, e-mail, website or address. At least one way to reach the club."),
    )
    meets = CitingTextField(
        _("where and when it meets"),
        blank=True,
        help_text=_(
            "Such as: The first Tuesday of the month at 19, in the library. Empty where nobody has confirmed it."
        ),
    )
    source_name = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Who told you, and when. Such as: the club itself, by e-mail, May 2027."),
    )
    source_url = models.URLField(_("address of the source"), blank=True, max_length=500)
    confidence = models.CharField(
        _("confidence"),
        max_length=1,
        choices=Confidence.choices,
        default=Confidence.MEDIUM,
        help_text=_(
            "Until it is high, readers are told to ask first, and the club stands among what you have to confirm."
        ),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "title",
                "name_language",
                "kind",
                "country",
                "spoken_languages",
                "also_in",
                "contacts",
                "source_name",
                "source_url",
                "confidence",
            )
        ),
    ]
    content_panels = [
        TitleFieldPanel("title", help_text=_("The name as the club itself writes it. It is never translated.")),
        FieldPanel("name_language"),
        FieldPanel("summary", help_text=_("What the club offers, and for whom, in one or two sentences.")),
        MultiFieldPanel(["kind", "country", "spoken_languages", "also_in"], heading=_("Who")),
        FieldPanel("contacts"),
        FieldPanel("meets"),
        MultiFieldPanel(["source_name", "source_url", "confidence"], heading=_("How we know it")),
        *BasePage.review_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("meets")]
    parent_page_types = ["welcome_pages.ClubsPage"]
    subpage_types: list[str] = []
    template = "welcome_pages/club_page.html"
    is_local = True

    objects: Any  # the manager of wagtail.models.Page, which has no types

    class Meta:
        verbose_name = _("club or community")
        verbose_name_plural = _("clubs and communities")

    def clean(self) -> None:
        """Require what makes an entry worth trusting: what it is, how to reach it, and when somebody last looked."""
        super().clean()
        if not self.is_source or self.may_be_incomplete:
            return
        errors = {}
        if not self.summary:
            errors["summary"] = gettext("Say in one or two sentences what the club offers.")
        if self.kind == ClubKind.COMMUNITY and not self.country and not self.spoken_languages:
            errors["country"] = gettext(
                "Which country is it about, or which language is spoken there? Choose one of them."
            )
        for name in ("reviewed_on", "review_again_on"):
            if not getattr(self, name):
                errors[name] = gettext("Clubs change often: say when it was checked and when somebody looks again.")
        if problem := self._contact_problem():
            errors["contacts"] = problem
        if errors:
            raise ValidationError(errors)

    def _contact_problem(self) -> str:
        """Return what is wrong with the contact, empty where nothing is."""
        kinds = set(Fact.objects.filter(pk__in=list(self.contact_keys())).values_list("kind", flat=True))
        if kinds - set(CONTACT_KINDS):
            return gettext("Choose only phone numbers, e-mail addresses, links and addresses.")
        if not kinds & set(REACHABLE):
            return gettext("How can people reach the club? Choose a phone number, an e-mail address or a link.")
        return ""

    def contact_keys(self) -> Iterator[str]:
        """Yield the keys of the facts of the contact."""
        return chosen_facts(self.contacts.raw_data)

    @cached_property
    def danish(self) -> "ClubPage":
        """Return the page that says how to reach the club: a translation that is not complete may be behind."""
        if self.is_source:
            return self
        pages = ClubPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True)
        return pages.filter(translation_key=self.translation_key).first() or self

    def cited_facts(self) -> Iterator[str]:
        """Yield the facts of the contact, also where the Danish page has others by now."""
        yield from super().cited_facts()
        if self.danish is not self:
            yield from self.danish.contact_keys()

    def display_texts(self) -> Iterator[str]:
        """Yield the texts that a reader sees, with kind, country and languages in words: people search by these."""
        yield from super().display_texts()
        with override(self.locale.language_code):
            words = [str(ClubKind(self.kind).label)] if self.kind in ClubKind.values else []
            words += [country_name(self.country)] if self.country else []
            yield ", ".join([*words, *map(language_label, self.spoken_languages)])

    def source_of_address(self, address: str) -> AddressSource | None:
        """Return who says so and when, of the address of the source."""
        if address != self.source_url:
            return None
        return AddressSource(self.source_name, self.reviewed_on, self.review_again_on, self.confidence)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the club as its list shows it."""
        from ..clubs.listing import entry_of_page  # it reads the clubs through the models

        context = super().get_context(request, *args, **kwargs)
        return {**context, "club": entry_of_page(self, context["scope"])}
