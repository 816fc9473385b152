"""The room of the hotline and its bookings."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """Django's registration of this room."""

    name = "hotline"

    def ready(self) -> None:
        """Keep the times in step with the roster, and forget who called."""
        from portal.expiry import register_expiry

        from . import signals
        from .expiry import anonymise

        signals.connect()
        register_expiry("Booked calls", anonymise)
