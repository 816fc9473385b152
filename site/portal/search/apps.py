"""Connects the search to what the project package itself makes searchable. Called once, when the app is ready."""


def connect() -> None:
    """Register the sources of the project package, and listen to changes."""
    from portal.municipalities.models import MunicipalityPage

    from . import signals
    from .documents import Kind, register_source
    from .elastic import checks  # noqa: F401  registers itself
    from .page_source import PageSource, register_page_source
    from .register_source import ContactSource, TermSource

    register_source(ContactSource())
    register_source(TermSource())
    register_page_source(PageSource("municipality", MunicipalityPage, Kind.LOCAL))
    signals.connect()
