"""The models of the calendar."""

from .activities import ActivityIndexPage, ActivityPage
from .calendar import CalendarPage
from .occurrences import Occurrence
from .organisers import Organiser

__all__ = ["ActivityIndexPage", "ActivityPage", "CalendarPage", "Occurrence", "Organiser"]
