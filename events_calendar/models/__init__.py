"""The models of the calendar."""

from .activities import ActivityIndexPage, ActivityPage
from .occurrences import Occurrence
from .organisers import Organiser

__all__ = ["ActivityIndexPage", "ActivityPage", "Occurrence", "Organiser"]
