"""Tells the project package what it has to know of clubs and contact persons."""

from portal.expiry import register_expiry
from portal.search.documents import Kind
from portal.search.page_source import PageSource, register_page_source
from portal.texts.findings import register_findings

from ..models import ClubsPage
from ..models.contact_persons import remove_without_consent
from .confirmations import club_findings
from .search import ClubSource


def register() -> None:
    """Make clubs findable, list what has to be confirmed, and delete people who have not agreed."""
    register_page_source(PageSource("clubs", ClubsPage, Kind.LOCAL))
    register_page_source(ClubSource())
    register_findings(club_findings)
    register_expiry("Contact persons without consent", remove_without_consent)
