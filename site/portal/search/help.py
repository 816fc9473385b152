"""Whom readers can ask when the search did not help. Rooms that have people to ask register them here."""

from collections.abc import Callable, Iterable

from django.contrib.contenttypes.models import ContentType

from portal.pages.context import Link, links
from portal.pages.link_scope import LinkScope
from portal.pages.registers import ContactsPage

HelpFunction = Callable[[LinkScope], Iterable[Link]]
_functions: list[HelpFunction] = []


def register_help(function: HelpFunction) -> None:
    """Let a room offer a way to a person, as links from where the reader is. Called in `AppConfig.ready`."""
    if function not in _functions:
        _functions.append(function)


def help_links(scope: LinkScope) -> list[Link]:
    """Return the ways to a person: what the rooms offer, then the page with all contacts. No query of its own."""
    kind = ContentType.objects.get_for_model(ContactsPage).pk
    contacts = [row for row in scope.top if row.content_type_id == kind]
    return [*(link for function in _functions for link in function(scope)), *links(contacts, scope)]
