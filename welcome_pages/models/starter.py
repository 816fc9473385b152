"""What the starter content loader has written, so that it never overwrites what an editor changed."""

from portal.starter.records import LoadedContent


class StarterRecord(LoadedContent):
    """A page file, a fact, a term or a word of the search."""
