"""Learning from searches: how often something was looked for, found or not, opened or not. Never by whom or when.

A page of results carries a signed token. The reader's browser sends it back when the page is really seen and when a
result is opened; the token is all that counting needs, so that no cookie and no session is. Asking counts nothing.
"""

import datetime
import logging
import secrets
from typing import NamedTuple

from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from .best_bets import is_answered_by_a_bet
from .models import SearchCount
from .questions import clean
from .service import Results

logger = logging.getLogger(__name__)

SALT = "portal.search.learning"
VALID = datetime.timedelta(days=1)
LONGEST_QUESTION = 100
FEWEST_SEARCHES = 3
"""Below this number a question may be about one person: nobody is shown it."""
MONTHS_OF_RARE_QUESTIONS = 2
"""Whole months after its own for which a rare question may still become a frequent one."""
MONTHS_OF_COUNTS = 13


class BadToken(Exception):
    """The token was not made here, or is too old."""


class Seen(NamedTuple):
    """What the token of a page of results says."""

    language: str
    question: str
    """Masked."""
    is_without_result: bool
    is_first_page: bool
    """Turning over to the second page is no further search."""
    once: str
    """A random number, so that one page counts once."""


def token_for(results: Results) -> str:
    """Return the token for a page of results; empty where there is nothing to learn.

    A question that a best bet answers is not counted: the editors know of it, and a crisis is nobody's statistic.
    """
    question = results.question
    if not question.words or is_answered_by_a_bet(question.text, question.language):
        return ""
    # With the filters off there may be an answer: then the words of the question are not at fault.
    is_without_result = not any([results.total, *results.kinds.values(), *results.municipalities.values()])
    seen = Seen(question.language, mask(question.text), is_without_result, results.page == 1, secrets.token_urlsafe(9))
    return signing.dumps(seen, salt=SALT, compress=True)


def read_token(token: str) -> Seen:
    """Return what a token says. Raises BadToken."""
    try:
        return Seen(*signing.loads(token, salt=SALT, max_age=VALID))
    except (signing.BadSignature, TypeError) as error:
        raise BadToken from error


def mask(text: str) -> str:
    """Return a question without what may name a person: no digits and no e-mail address."""
    words = ("@" if "@" in word else word for word in clean(text).lower().split())
    return "".join("#" if letter.isdigit() else letter for letter in " ".join(words))[:LONGEST_QUESTION].strip()


def count_search(seen: Seen) -> None:
    """Count that somebody saw the first page of results, once per page that was made."""
    if seen.is_first_page and _is_new(seen, "seen"):
        _add(seen, searches=1, without_result=int(seen.is_without_result))


def count_click(seen: Seen) -> None:
    """Count that somebody opened at least one result, once per page that was made."""
    if _is_new(seen, "click"):
        _add(seen, with_click=1)


def _is_new(seen: Seen, what: str) -> bool:
    try:
        return cache.add(f"search-{what}-{seen.once}", 1, VALID.total_seconds())
    except Exception as error:  # every cache library raises its own errors
        logger.warning("A search cannot be counted: %s", error)
        return False


def _add(seen: Seen, *, searches: int = 0, without_result: int = 0, with_click: int = 0) -> None:
    month = timezone.localdate().replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO portal_searchcount (month, language, question, searches, without_result, with_click)
            VALUES (%s, %s, %s, %s, %s, %s)
            ON CONFLICT (month, language, question) DO UPDATE
            SET searches = portal_searchcount.searches + excluded.searches,
                without_result = portal_searchcount.without_result + excluded.without_result,
                with_click = portal_searchcount.with_click + excluded.with_click
            """,
            [month, seen.language, seen.question, searches, without_result, with_click],
        )


def delete_expired() -> int:
    """Delete rare questions after two whole months and everything after thirteen; return how many there were."""
    today = timezone.localdate()
    rare = SearchCount.objects.filter(
        searches__lt=FEWEST_SEARCHES, month__lt=first_of_month(today, MONTHS_OF_RARE_QUESTIONS)
    )
    old = SearchCount.objects.filter(month__lt=first_of_month(today, MONTHS_OF_COUNTS))
    return rare.delete()[0] + old.delete()[0]


def first_of_month(day: datetime.date, months_ago: int = 0) -> datetime.date:
    """Return the first day of the month of a day, or of an earlier month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months_ago, 12)
    return datetime.date(years, month + 1, 1)
