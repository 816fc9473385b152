"""What has been loaded of the starter content of this room."""

from portal.starter.records import LoadedContent


class LoadedHotline(LoadedContent):
    """The file of the hotline, as it was loaded."""
