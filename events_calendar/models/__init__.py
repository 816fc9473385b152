"""The models of the calendar."""

from .activities import ActivityIndexPage, ActivityPage
from .occurrences import Occurrence
from .organisers import Organiser
from .starter import LoadedActivity

__all__ = ["ActivityIndexPage", "ActivityPage", "LoadedActivity", "Occurrence", "Organiser"]
