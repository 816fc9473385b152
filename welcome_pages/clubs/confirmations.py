"""What each municipality has to confirm about clubs and people before a page can say it."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from portal.facts.models import Confidence
from portal.facts.viewsets import municipality_choices
from portal.pages.rows import relative_path
from portal.texts.findings import Finding

from ..models import ClubPage, ContactPerson
from ..models.contact_persons import ASK_AGAIN_AFTER
from .choices import ClubKind

SUBJECTS = {
    ClubKind.INTERNATIONAL: "its international clubs",
    ClubKind.COMMUNITY: "communities of people from one country",
    ClubKind.FAMILY: "groups for parents with small children",
    ClubKind.VOLUNTEERING: "where newcomers can volunteer",
    ClubKind.CULTURE: "clubs for culture and hobbies that welcome newcomers",
    ClubKind.SPORT: "sports clubs that welcome newcomers",
    ClubKind.FAITH: "faith communities and the languages of their services",
}
"""Kind → how the list of what is due names it."""
TO_CONFIRM = "to be confirmed by the municipality"


def club_findings() -> Iterator[Finding]:
    """Yield the kinds of clubs for which a municipality has nothing certain, the missing contact persons, old consents."""
    clubs = list(ClubPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True).order_by("path"))
    shown = ContactPerson.objects.filter(is_public=True)
    with_people = set(shown.values_list("municipality", flat=True))
    for slug, title in municipality_choices():
        here = [club for club in clubs if slug in {_place_of(club), *club.also_in}]
        for kind, subject in SUBJECTS.items():
            found = [club for club in here if club.kind == kind]
            if any(club.confidence == Confidence.HIGH for club in found):
                continue
            known = f"{', '.join(club.title for club in found)}: not certain" if found else "nothing is known"
            yield Finding(False, title, f"{TO_CONFIRM}: {subject} ({known})")
        for club in here:
            if club.confidence == Confidence.HIGH and _place_of(club) == slug:
                yield from _unknown_parts(club, title)
        if slug not in with_people:
            yield Finding(
                False, title, f"{TO_CONFIRM}: contact persons for newcomers of one language (nobody is known)"
            )
    yield from _old_consents()


def _unknown_parts(club: ClubPage, title: str) -> Iterator[Finding]:
    """Yield what nobody has said about a club that certainly exists."""
    unknown = [
        words
        for words, value in (("the languages spoken", club.spoken_languages), ("when and where it meets", club.meets))
        if not value
    ]
    if unknown:
        yield Finding(False, title, f"{TO_CONFIRM}: {club.title}: {' and '.join(unknown)}")


def _old_consents() -> Iterator[Finding]:
    """Yield how many people somebody should ask whether they still agree. Names belong in no list of things to do."""
    long_ago = timezone.localdate() - ASK_AGAIN_AFTER
    rows = ContactPerson.objects.filter(Q(is_public=True), consent_on__lt=long_ago).order_by("consent_on")
    for person in rows:
        yield Finding(False, str(person), f"ask whether they still agree to be shown: agreed on {person.consent_on}")


def _place_of(club: ClubPage) -> str:
    return relative_path(club.url_path).split("/", 1)[0]
