"""The content of this room, as `load_starter_content` knows it."""

from pathlib import Path

from portal.starter.shipments import Shipment

from ..models import LoadedActivity
from .loader import ActivityLoader
from .reader import FOLDER, Activities, read


class StarterActivities(Shipment):
    """The pages of the calendar, and example activities."""

    title = "Starter activities"
    records = LoadedActivity

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    def read(self) -> Activities:
        """Return the checked content."""
        return read(self.folder)

    def describe(self, content: Activities) -> str:
        """Say what was found in the files."""
        return f"{len(content.activities)} activities in {len(content.overviews)} municipalities"

    def loader(self, content: Activities) -> ActivityLoader:
        """Return what loads it."""
        return ActivityLoader(content)
