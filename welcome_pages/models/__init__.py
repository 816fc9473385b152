"""The models of this room."""

from ..form_words import FormWord
from .clubs import ClubPage, ClubsPage
from .contact_persons import ContactPerson
from .employers import EmployerChapterPage, EmployerChecklistPage, EmployersPage, Hire
from .field_guides import FieldGuidePage, FormWordsPage, OfficialFile, PrintedIn
from .forms import FormLibraryPage, FormPage
from .guides import GuideIndexPage, GuidePage, SituationPage
from .information import InformationPage
from .local import LocalNotePage, LocalPage
from .plan import PlanPage
from .starter import StarterRecord
from .welcome_pack import WelcomePackPage

__all__ = [
    "ClubPage",
    "ClubsPage",
    "ContactPerson",
    "EmployerChapterPage",
    "EmployerChecklistPage",
    "EmployersPage",
    "FieldGuidePage",
    "FormLibraryPage",
    "FormPage",
    "FormWord",
    "FormWordsPage",
    "GuideIndexPage",
    "GuidePage",
    "Hire",
    "InformationPage",
    "LocalNotePage",
    "LocalPage",
    "OfficialFile",
    "PlanPage",
    "PrintedIn",
    "SituationPage",
    "StarterRecord",
    "WelcomePackPage",
]
