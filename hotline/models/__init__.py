"""The models of the hotline."""

from .bookings import Booking, BookingStatus
from .calls import CallAttempt, CallLog, Outcome
from .held import HeldBooking
from .lines import Closure, HotlineLine, OpeningRule
from .pages import HotlinePage
from .questions import QuestionState, UnansweredQuestion
from .slots import Slot, SlotState
from .staff import Shift, StaffLanguage, StaffMember
from .starter import LoadedHotline

__all__ = [
    "Booking",
    "BookingStatus",
    "CallAttempt",
    "CallLog",
    "Closure",
    "HeldBooking",
    "HotlineLine",
    "HotlinePage",
    "LoadedHotline",
    "OpeningRule",
    "Outcome",
    "QuestionState",
    "Shift",
    "Slot",
    "SlotState",
    "StaffLanguage",
    "StaffMember",
    "UnansweredQuestion",
]
