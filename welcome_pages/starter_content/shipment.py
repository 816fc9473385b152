"""The content of this room, as `load_starter_content` knows it."""

from pathlib import Path

from portal.starter.shipments import Shipment

from ..models import StarterRecord
from .loader import ContentLoader
from .reader import CONTENT, Content, read


class StarterContent(Shipment):
    """Facts, terms, pages and the words of the search."""

    title = "Starter content"
    records = StarterRecord

    def __init__(self, folder: Path = CONTENT) -> None:
        self.folder = folder

    def read(self) -> Content:
        """Return the checked content."""
        return read(self.folder)

    def describe(self, content: Content) -> str:
        """Say what was found in the files."""
        return (
            f"{len(content.facts)} facts, {len(content.terms)} terms, {len(content.pages)} pages, "
            f"{len(content.bets)} best bets, synonyms of {len(content.synonyms)} concepts"
        )

    def loader(self, content: Content) -> ContentLoader:
        """Return what loads it."""
        return ContentLoader(content)
