"""The project package as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Connects what has to react when pages, translations and rights change."""

    name = "portal"

    def ready(self) -> None:
        """Connect receivers and register the system checks."""
        from portal import checks  # noqa: F401  registers itself
        from portal.expiry import register_expiry
        from portal.facts import guards
        from portal.mail.sending import forget
        from portal.municipalities import signals as municipality_signals
        from portal.pages import tree_signals
        from portal.search import apps as search
        from portal.search.learning import delete_expired
        from portal.texts import signals as text_signals
        from portal.visit_counts import forget as forget_visits

        guards.connect()
        municipality_signals.connect()
        text_signals.connect()
        tree_signals.connect()
        register_expiry("Mails", forget)
        register_expiry("Counted searches", delete_expired)
        register_expiry("Counted visits", forget_visits)
        search.connect()
