"""The report of all external addresses, with the date of the source, for the admin and as a table."""

import csv
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from portal.facts.models import Confidence
from portal.facts.per_language import language_name

from .collecting import ExternalAddress, external_addresses

PAGES_SHOWN = 5
LATE = "9999"
ORDERS: dict[str, Callable[[ExternalAddress], Any]] = {
    "address": lambda one: one.address,
    "check_again_on": lambda one: (str((one.source and one.source.check_again_on) or LATE), one.address),
    "number_of_pages": lambda one: (len(one.pages), one.address),
}


class AddressRow:
    """One line of the report: plain values, so that the screen, the table and the command say the same."""

    def __init__(self, found: ExternalAddress) -> None:
        self.found = found
        self.address, self.fact, self.label = found.address, found.fact, found.label
        self.number_of_pages = len(found.pages)

    @property
    def origin(self) -> str:
        """Return the fact and its source, or that the address is typed into a page."""
        source = self.found.source
        if source is None:
            return gettext("typed into a page, not a fact")
        return f"{self.fact}: {source.name}" if self.fact else source.name

    @property
    def checked_on(self) -> Any:
        """Return the date of the source, or that there is none."""
        return (self.found.source and self.found.source.checked_on) or gettext("no date")

    @property
    def check_again_on(self) -> Any:
        """Return the day on which somebody is to look again."""
        return (self.found.source and self.found.source.check_again_on) or ""

    @property
    def confidence(self) -> str:
        """Return how sure the editors are."""
        source = self.found.source
        return str(Confidence(source.confidence).label) if source and source.confidence else ""

    @property
    def language(self) -> str:
        """Return the language of the target by its own name."""
        return language_name(self.found.language) if self.found.language else ""

    @property
    def page_urls(self) -> list[str]:
        """Return where the address stands."""
        return [page.url for page in self.found.pages]

    @property
    def page_links(self) -> SafeString:
        """Return the number of pages, and links to the first of them."""
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((page.url, page.title) for page in self.found.pages[:PAGES_SHOWN])
        )
        return format_html("{}: {}{}", self.number_of_pages, links, " …" if self.number_of_pages > PAGES_SHOWN else "")


COLUMNS = {
    "address": _("Address"),
    "origin": _("Where it comes from"),
    "checked_on": _("Checked on"),
    "check_again_on": _("Check again on"),
    "confidence": _("Confidence"),
    "language": _("Language of the target"),
    "number_of_pages": _("Pages that lead to it"),
    "page_urls": _("Addresses of these pages"),
}
"""Names of values with their headings, in the order of the table."""


def _shown(name: str) -> Callable[[AddressRow], Any]:
    """Return what shows a value on the screen: a date as people write it."""

    def value(row: AddressRow) -> Any:
        found = getattr(row, name)
        return date_format(found, "SHORT_DATE_FORMAT") if hasattr(found, "isoformat") else found

    return value


class ExternalAddressesView(ReportView):
    """Every external address on public pages; those without a date are typed into a page and should become facts."""

    page_title = _("External addresses")
    header_icon = "link-external"
    index_url_name = "portal_external_addresses"
    index_results_url_name = "portal_external_addresses_results"
    export_filename = "external-addresses"
    is_searchable = True
    default_ordering = "address"
    list_export = list(COLUMNS)
    export_headings = COLUMNS
    columns = [
        Column(
            "address",
            label=COLUMNS["address"],
            sort_key="address",
            accessor=lambda row: format_html('<a href="{0}" rel="noreferrer">{0}</a>', row.address),
        ),
        Column("origin", label=COLUMNS["origin"]),
        Column("checked_on", label=COLUMNS["checked_on"], accessor=_shown("checked_on")),
        Column(
            "check_again_on",
            label=COLUMNS["check_again_on"],
            accessor=_shown("check_again_on"),
            sort_key="check_again_on",
        ),
        Column("confidence", label=COLUMNS["confidence"]),
        Column("language", label=COLUMNS["language"]),
        Column(
            "number_of_pages",
            label=COLUMNS["number_of_pages"],
            sort_key="number_of_pages",
            accessor=lambda row: row.page_links,
        ),
    ]

    def get_base_queryset(self) -> list[ExternalAddress]:
        """Return the addresses: no table of the database has them."""
        return external_addresses()

    def order_queryset(self, queryset: list[ExternalAddress]) -> list[ExternalAddress]:
        """Sort as asked."""
        name = self.ordering.removeprefix("-")
        return sorted(queryset, key=ORDERS[name], reverse=self.ordering.startswith("-"))

    def search_queryset(self, queryset: list[ExternalAddress]) -> list[AddressRow]:
        """Return the lines in which the typed words stand, in the address or where it comes from."""
        wanted = self.search_query.casefold()
        rows = [AddressRow(one) for one in queryset]
        return [row for row in rows if wanted in f"{row.address} {row.origin} {row.label}".casefold()]


class Output(Protocol):
    """Whatever takes text: a file, or what a command prints to."""

    def write(self, text: str, /) -> object:
        """Take a piece of text."""
        ...


def write_table(output: Output) -> int:
    """Write the report as a table, as `check_content --addresses` does, and return the number of lines."""
    with override("en"):
        writer = csv.writer(output)
        writer.writerow(str(heading) for heading in COLUMNS.values())
        rows: Sequence[AddressRow] = [AddressRow(one) for one in external_addresses()]
        for row in rows:
            values = (getattr(row, name) for name in COLUMNS)
            writer.writerow(" ".join(value) if isinstance(value, list) else value for value in values)
    return len(rows)


def external_addresses_menu_item() -> MenuItem:
    """Return the menu item, for the hook `register_reports_menu_item`."""
    return MenuItem(
        _("External addresses"),
        reverse("portal_external_addresses"),
        name="external-addresses",
        icon_name="link-external",
        order=205,
    )
