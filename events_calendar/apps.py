"""The room of the shared activity calendar."""

from django.apps import AppConfig


class EventsCalendarConfig(AppConfig):
    """Django's registration of this room."""

    name = "events_calendar"
