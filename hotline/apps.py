"""The room of the hotline and its bookings."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """Django's registration of this room."""

    name = "hotline"

    def ready(self) -> None:
        """Keep the times in step with the roster, forget who called, and say on every page when it is open."""
        from portal.expiry import register_expiry
        from portal.external_addresses.sources import register_address_uses
        from portal.search.documents import Kind
        from portal.search.help import register_help
        from portal.search.page_source import PageSource, register_page_source
        from portal.starter.shipments import register_shipment
        from portal.template_functions import register_template_function

        from . import signals
        from .expiry import anonymise
        from .external_addresses import privacy_address_uses
        from .models import HotlinePage
        from .starter.loader import StarterHotline
        from .template_functions import help_link, hotline_bar

        signals.connect()
        register_expiry("Booked calls", anonymise)
        register_address_uses(privacy_address_uses)
        register_help(help_link)
        register_page_source(PageSource("hotline", HotlinePage, Kind.CONTACT))
        register_template_function(hotline_bar)
        register_shipment(StarterHotline())
