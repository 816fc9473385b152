"""The models of the calendar."""

from .activities import ActivityIndexPage, ActivityPage
from .calendar import CalendarPage
from .occurrences import Occurrence
from .organisers import Organiser
from .sign_ups import SignUp
from .starter import LoadedActivity

__all__ = ["ActivityIndexPage", "ActivityPage", "CalendarPage", "LoadedActivity", "Occurrence", "Organiser", "SignUp"]
