"""What the project adds to Wagtail's admin and rich text."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from portal.external_addresses.report import ExternalAddressesView, external_addresses_menu_item
from portal.facts.guards import explain_refusal
from portal.facts.models import Fact
from portal.facts.policies import FactPermissionPolicy
from portal.facts.reports import FactsToCheckView, facts_to_check_menu_item
from portal.facts.viewsets import FactViewSet, GlossaryTermViewSet
from portal.mail.reports import unsent_mails_menu_item, unsent_mails_urls
from portal.municipalities.localize_guard import guard_convert_alias, guard_restart, guarded_urls
from portal.pages.moves import explain_refused_bulk_move, explain_refused_move
from portal.pages.rich_text_links import ScopedPageLinkHandler
from portal.reports import report_urls
from portal.search.reports import UnansweredSearchesView, unanswered_searches_menu_item
from portal.search.viewsets import SearchWordsGroup
from portal.texts.admin_views import confirm_translation_read, has_unread_machine_translation
from portal.texts.reading_report import ReadingLevelView, reading_level_menu_item

# Wagtail asks for this first: its own policy would be fixed by the first look at the snippet.
register_permission_policy(Fact, FactPermissionPolicy(Fact))
register_snippet(FactViewSet)
register_snippet(GlossaryTermViewSet)
register_snippet(SearchWordsGroup)

hooks.register("before_delete_snippet", explain_refusal)
hooks.register("before_move_page", explain_refused_move)
hooks.register("before_bulk_action", explain_refused_bulk_move)
hooks.register("before_edit_page", guard_restart, order=-1)
hooks.register("before_convert_alias_page", guard_convert_alias)


@hooks.register("register_admin_urls", order=-1)
def register_guarded_localize_urls() -> list[URLPattern]:
    """Put our views before those of wagtail-localize, which ask no page permission."""
    return guarded_urls()


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    """Add the reports."""
    return [
        *report_urls(FactsToCheckView, "facts-to-check"),
        *report_urls(UnansweredSearchesView, "unanswered-searches"),
        *report_urls(ReadingLevelView, "reading-level"),
        *report_urls(ExternalAddressesView, "external-addresses"),
        *unsent_mails_urls(),
        path("texts/read/<int:page_id>/", confirm_translation_read, name="portal_confirm_translation_read"),
    ]


@hooks.register("register_page_header_buttons")
def register_mark_as_read(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer to mark a machine translation as read to those who may publish it."""
    if has_unread_machine_translation(page) and page.permissions_for_user(user).can_publish():
        address = reverse("portal_confirm_translation_read", args=[page.pk])
        yield Button(_("Mark the machine translation as read"), address, icon_name="check", priority=35)


@hooks.register("register_reports_menu_item")
def register_facts_to_check() -> MenuItem:
    """Add it to the menu of reports."""
    return facts_to_check_menu_item()


@hooks.register("register_reports_menu_item")
def register_unanswered_searches() -> MenuItem:
    """Add it to the menu of reports."""
    return unanswered_searches_menu_item()


@hooks.register("register_reports_menu_item")
def register_unsent_mails() -> MenuItem:
    """Add it to the menu of reports."""
    return unsent_mails_menu_item()


@hooks.register("register_reports_menu_item")
def register_reading_level() -> MenuItem:
    """Add it to the menu of reports."""
    return reading_level_menu_item()


@hooks.register("register_reports_menu_item")
def register_external_addresses() -> MenuItem:
    """Add it to the menu of reports."""
    return external_addresses_menu_item()


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features: FeatureRegistry) -> None:
    """Let page links keep the reader's place; registered after Wagtail's own handler, which it replaces."""
    features.register_link_type(ScopedPageLinkHandler)
