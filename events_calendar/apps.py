"""The room of the shared activity calendar."""

from django.apps import AppConfig


class EventsCalendarConfig(AppConfig):
    """Django's registration of this room."""

    name = "events_calendar"

    def ready(self) -> None:
        """Keep the dates in step with the pages, make activities findable, and show the next ones on the home pages."""
        from portal.expiry import register_expiry
        from portal.external_addresses.sources import register_address_uses
        from portal.pages.sitemap import register_unlisted
        from portal.search.page_source import register_page_source
        from portal.starter.shipments import register_shipment
        from portal.template_functions import register_template_function

        from . import outside_signals, signals, template_functions
        from .examples import examples
        from .external_addresses import organiser_address_uses
        from .models.submissions import remove_expired
        from .search import ActivitySource
        from .sign_up.expiry import anonymise
        from .sign_up.state import sign_up_state
        from .starter_activities.shipment import StarterActivities

        signals.connect()
        outside_signals.connect()
        register_expiry("Sign-ups", anonymise)
        register_expiry("Entries of clubs", remove_expired)
        register_address_uses(organiser_address_uses)
        register_page_source(ActivitySource())
        register_template_function(template_functions.upcoming_activities)
        register_template_function(template_functions.calendar_address)
        register_unlisted(examples)
        register_shipment(StarterActivities())
        register_template_function(sign_up_state)
