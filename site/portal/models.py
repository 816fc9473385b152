"""The models of the project package, gathered where Django looks for them."""

from portal.facts.models import Fact, GlossaryTerm
from portal.municipalities.models import MunicipalityPage
from portal.pages.home import HomePage
from portal.texts.models import TextState

__all__ = ["Fact", "GlossaryTerm", "HomePage", "MunicipalityPage", "TextState"]
