"""The models of this room."""

from .guides import GuideIndexPage, GuidePage, SituationPage
from .information import InformationPage
from .local import LocalNotePage, LocalPage
from .plan import PlanPage
from .starter import StarterRecord

__all__ = [
    "GuideIndexPage",
    "GuidePage",
    "InformationPage",
    "LocalNotePage",
    "LocalPage",
    "PlanPage",
    "SituationPage",
    "StarterRecord",
]
