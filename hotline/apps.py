"""The room of the hotline and its bookings."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """Django's registration of this room."""

    name = "hotline"
