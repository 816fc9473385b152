"""The room of the shared activity calendar."""

from django.apps import AppConfig


class EventsCalendarConfig(AppConfig):
    """Django's registration of this room."""

    name = "events_calendar"

    def ready(self) -> None:
        """Keep the dates in step with the pages, and make activities findable, but no example for search engines."""
        from portal.pages.sitemap import register_unlisted
        from portal.search.page_source import register_page_source
        from portal.starter.shipments import register_shipment

        from . import signals
        from .examples import examples
        from .search import ActivitySource
        from .starter_activities.shipment import StarterActivities

        signals.connect()
        register_page_source(ActivitySource())
        register_unlisted(examples)
        register_shipment(StarterActivities())
