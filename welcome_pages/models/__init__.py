"""The models of this room."""

from .forms import FormLibraryPage, FormPage
from .guides import GuideIndexPage, GuidePage, SituationPage
from .information import InformationPage
from .local import LocalNotePage, LocalPage
from .starter import StarterRecord

__all__ = [
    "FormLibraryPage",
    "FormPage",
    "GuideIndexPage",
    "GuidePage",
    "InformationPage",
    "LocalNotePage",
    "LocalPage",
    "SituationPage",
    "StarterRecord",
]
