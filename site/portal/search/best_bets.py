"""Best bets: what the editors put before anything that is found. Emergencies and crises lead to the right number."""

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from markupsafe import escape

from portal.facts import register
from portal.facts.models import Kind
from portal.facts.rendering import fact_html, label_html, plain_value
from portal.facts.rows import FactRow
from portal.pages.link_scope import LinkScope, Target

from .models import BestBet
from .phrases import PhraseBook, split
from .questions import clean
from .remembered import remembered

MOST_BETS = 3
"""More numbers than these help nobody who is in danger."""


@dataclass(frozen=True)
class BestBetRow:
    """One best bet as the reader sees it."""

    key: str
    is_urgent: bool
    title_html: SafeString
    value_html: SafeString
    """The number to call, or another value of a fact; empty where the title says all: of a link, and of a page."""
    url: str
    """The page in the reader's language and municipality; empty where the bet is a fact only."""
    language: str
    """The language of the title."""
    title: str
    """The title without markup."""
    value: str
    """The number or other value without markup."""


class Bet(NamedTuple):
    """One best bet as it is stored."""

    key: str
    is_urgent: bool
    page: int | None
    fact: str | None


class Bets(NamedTuple):
    """The best bets that have words in one language."""

    by_key: dict[str, Bet]
    phrases: PhraseBook


def best_bets_for(text: str, language: str, scope: LinkScope | None) -> list[BestBetRow]:
    """Return the best bets whose words stand in a question, urgent ones first.

    Two queries at most, for facts and for pages, whatever their number; none where no word stands in the question.
    """
    bets = _matching(text, language)
    if not bets:
        return []
    facts = register.current().want(facts=[bet.fact for bet in bets if bet.fact]).facts
    if scope is not None:
        scope.prepare(bet.page for bet in bets if bet.page)
    with override(language):
        rows = [_row(bet, facts.get(bet.fact or ""), _target(bet, scope), language) for bet in bets]
    return [row for row in rows if row is not None][:MOST_BETS]


def is_answered_by_a_bet(text: str, language: str) -> bool:
    """Say whether a best bet stands above the results of a question."""
    return bool(_matching(text, language))


def _matching(text: str, language: str) -> list[Bet]:
    bets = _bets(language)
    return [bets.by_key[key] for key in bets.phrases.owners_in(clean(text))]


@remembered(BestBet)
def _bets(language: str) -> Bets:
    rows = list(BestBet.objects.order_by("-is_urgent", "key"))
    # A language for which nobody has written words yet is one in which people type Danish ones.
    phrases = [
        (phrase, row.key)
        for row in rows
        for phrase in split(row.words.get(language) or row.words.get(settings.LANGUAGE_CODE, ""))
    ]
    by_key = {row.key: Bet(row.key, row.is_urgent, row.page_id, row.fact_id) for row in rows}
    return Bets(by_key, PhraseBook(language, phrases))


def _target(bet: Bet, scope: LinkScope | None) -> Target | None:
    return scope.target(bet.page) if scope is not None and bet.page else None


def _row(bet: Bet, fact: FactRow | None, target: Target | None, language: str) -> BestBetRow | None:
    """Return the bet with what there is of it now; nothing where its page is not published and it has no fact."""
    url = target.path if target else ""
    if fact is not None:
        labels = fact.labels
        title_language = language if labels.get(language) else settings.LANGUAGE_CODE
        title, value = labels.get(title_language) or fact.key, plain_value(fact, language)
        if fact.kind == Kind.LINK and (bet.is_urgent or not url):
            # The words of a link are its label: below the label they would stand twice.
            return BestBetRow(bet.key, bet.is_urgent, fact_html(fact), mark_safe(""), url, title_language, title, "")
        return BestBetRow(bet.key, bet.is_urgent, label_html(fact), fact_html(fact), url, title_language, title, value)
    if target is None:
        return None
    title = mark_safe(escape(target.title))
    return BestBetRow(bet.key, bet.is_urgent, title, mark_safe(""), url, target.language, target.title, "")
