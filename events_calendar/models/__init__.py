"""The models of the calendar."""

from .activities import ActivityIndexPage, ActivityPage
from .calendar import CalendarPage
from .imports import FeedSource, ImportedActivity
from .occurrences import Occurrence
from .organisers import Organiser
from .sign_ups import SignUp
from .starter import LoadedActivity
from .submissions import Submission, SubmissionLink

__all__ = [
    "ActivityIndexPage",
    "ActivityPage",
    "CalendarPage",
    "FeedSource",
    "ImportedActivity",
    "LoadedActivity",
    "Occurrence",
    "Organiser",
    "SignUp",
    "Submission",
    "SubmissionLink",
]
