"""The models of the project package, gathered where Django looks for them."""

from portal.facts.models import Fact, GlossaryTerm
from portal.mail.models import OutgoingMail
from portal.municipalities.models import MunicipalityPage
from portal.pages.home import HomePage
from portal.pages.registers import ContactsPage, GlossaryPage
from portal.search.models import (
    BestBet,
    SearchCount,
    SearchDocument,
    SearchState,
    SearchSynonym,
    SearchUpdate,
    SearchWord,
)
from portal.texts.models import TextState
from portal.visit_counts import VisitCount

__all__ = [
    "BestBet",
    "ContactsPage",
    "Fact",
    "GlossaryPage",
    "GlossaryTerm",
    "HomePage",
    "MunicipalityPage",
    "OutgoingMail",
    "SearchCount",
    "SearchDocument",
    "SearchState",
    "SearchSynonym",
    "SearchUpdate",
    "SearchWord",
    "TextState",
    "VisitCount",
]
