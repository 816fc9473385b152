"""The room of the welcome pages: guides, local notes and pages, and the content that ships."""

from django.apps import AppConfig


class WelcomePagesConfig(AppConfig):
    """Django's registration of this room."""

    name = "welcome_pages"

    def ready(self) -> None:
        """Tell the project package what this room has for the sitemap, the search and the loader; watch over notes."""
        from portal.external_addresses.sources import register_address_uses
        from portal.pages.answer_drafts import register_answer_page
        from portal.pages.sitemap import register_addition
        from portal.search.documents import Kind, register_audiences
        from portal.search.page_source import PageSource, register_page_source
        from portal.starter.shipments import register_shipment
        from portal.template_functions import register_template_function
        from portal.texts.findings import register_findings

        from . import template_functions
        from .answers import answer_page
        from .choices import Audience
        from .clubs.registration import register as register_clubs
        from .confirmations import confirmation_findings
        from .employers import employers_link
        from .form_words import connect as connect_form_words
        from .models import (
            EmployerChapterPage,
            EmployerChecklistPage,
            EmployersPage,
            FormWordsPage,
            InformationPage,
            LocalNotePage,
            LocalPage,
            WelcomePackPage,
        )
        from .note_rules import connect
        from .official_files import field_guide_findings
        from .plan import addresses, checks, search  # noqa: F401  checks registers that of the rules
        from .search import EmployerSource, FieldGuideSource, FormSource, GuideSource
        from .sitemap import guides_with_notes
        from .starter_content.shipment import StarterContent

        register_answer_page(answer_page)
        register_address_uses(addresses.plan_address_uses)
        register_addition(guides_with_notes, LocalNotePage)
        register_template_function(template_functions.life_situations)
        register_template_function(template_functions.local_pages)
        register_template_function(template_functions.deadlines_of)
        register_template_function(template_functions.welcome_pack)
        register_template_function(employers_link)
        register_audiences(dict(Audience.choices))
        register_page_source(GuideSource())
        register_page_source(FormSource())
        register_page_source(FieldGuideSource())
        register_page_source(PageSource("form-words", FormWordsPage, Kind.GUIDE))
        register_page_source(PageSource("employers", EmployersPage, Kind.GUIDE))
        register_page_source(EmployerSource("employer-chapter", EmployerChapterPage, Kind.GUIDE))
        register_page_source(EmployerSource("employer-checklist", EmployerChecklistPage, Kind.GUIDE))
        register_page_source(search.PlanSource())
        register_page_source(PageSource("welcome-pack", WelcomePackPage, Kind.GUIDE))
        register_page_source(PageSource("local", LocalPage, Kind.LOCAL))
        register_page_source(PageSource("information", InformationPage, Kind.GUIDE))
        register_shipment(StarterContent())
        register_findings(field_guide_findings)
        register_findings(confirmation_findings)
        register_clubs()
        connect()
        connect_form_words()
