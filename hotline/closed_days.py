"""Days on which the hotline is closed: those that editors wrote, and public holidays that are proposed to them."""

import datetime
from collections.abc import Iterable

import holidays
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .hours import days, holds
from .models import Closure, OpeningRule
from .models.lines import ClosureState

AHEAD = datetime.timedelta(days=400)
NAMES = {
    "Nytårsdag": _("New Year’s Day"),
    "Skærtorsdag": _("Maundy Thursday"),
    "Langfredag": _("Good Friday"),
    "Påskedag": _("Easter Sunday"),
    "Anden påskedag": _("Easter Monday"),
    "Kristi himmelfartsdag": _("Ascension Day"),
    "Pinsedag": _("Whit Sunday"),
    "Anden pinsedag": _("Whit Monday"),
    "Juledag": _("Christmas Day"),
    "Anden juledag": _("the second day of Christmas"),
    "Arbejdernes kampdag": _("Labour Day"),
    "Grundlovsdag": _("Constitution Day"),
    "Juleaftensdag": _("Christmas Eve"),
    "Nytårsaften": _("New Year’s Eve"),
}
"""What the library calls the days in Danish; it knows no German, Polish or Russian."""


def closed_dates(
    closures: Iterable[Closure], line_id: int, first: datetime.date, last: datetime.date, *, undecided: bool
) -> set[datetime.date]:
    """Return the closed days of a hotline; `undecided` counts proposals that nobody has decided about."""
    states = {ClosureState.CONFIRMED, ClosureState.PROPOSED} if undecided else {ClosureState.CONFIRMED}
    return {
        day
        for closure in closures
        if closure.state in states and closure.line_id in {None, line_id}
        for day in days(max(first, closure.date_from), min(last, closure.date_to))
    }


def propose(today: datetime.date | None = None) -> int:
    """Propose the holidays of the coming year on which a hotline would be open. Nothing is proposed twice."""
    first = today or timezone.localdate()
    last = first + AHEAD
    rules = list(OpeningRule.objects.filter(line__is_active=True))
    known = set(Closure.objects.filter(~Q(source=None)).values_list("source", flat=True))
    proposals = [
        Closure(date_from=day, date_to=day, reason=_names(name), state=ClosureState.PROPOSED, source=source)
        for day, name in _holidays(first, last)
        if any(holds(rule, day) for rule in rules) and (source := f"holidays/{day.isoformat()}") not in known
    ]
    Closure.objects.bulk_create(proposals, ignore_conflicts=True)
    return len(proposals)


def _holidays(first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, str]]:
    years = range(first.year, last.year + 1)
    found = holidays.country_holidays("DK", years=years, language="da", categories=("public", "optional"))
    return sorted((day, name.split("; ")[0]) for day, name in found.items() if first <= day <= last)


def _names(danish: str) -> dict[str, str]:
    """Return the name of a holiday in every language of the site."""
    names = {"da": danish}
    for language, _name in settings.LANGUAGES:
        if language != "da" and danish in NAMES:
            with override(language):
                names[language] = str(NAMES[danish])
    return names
