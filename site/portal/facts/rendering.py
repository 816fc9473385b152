"""Facts and glossary terms as the reader sees them.

The rendering of a row depends on nothing but the row, the language and the day, so it is remembered by these.
"""

import datetime
import logging
import re
from functools import lru_cache
from html import unescape

from babel.dates import format_date
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from markupsafe import escape

from . import durations, opening_hours, phones, register
from .per_language import language_name
from .rows import FactRow, TermRow
from .tokens import TOKEN

logger = logging.getLogger(__name__)

IN_LANGUAGE = {
    "da": _("in Danish"),
    "en": _("in English"),
    "de": _("in German"),
    "pl": _("in Polish"),
    "ru": _("in Russian"),
}
REMEMBERED = 4096
LONGEST_NAME = 60
"""Characters up to which the Danish words stand beside a translated text: a name does, a sentence does not."""


def reader_language() -> str:
    """Return the language of the page that is being made."""
    return get_language() or settings.LANGUAGE_CODE


def in_language(code: str) -> str:
    """Return "in English" in the reader's language; for a language without such words its own name."""
    return str(IN_LANGUAGE.get(code, language_name(code)))


def fact_html(fact: FactRow | None, key: str = "") -> SafeString:
    """Return the value of a fact, marked up by its kind, with a remark where it should have been checked again."""
    if fact is None:
        logger.warning("A page cites a fact that does not exist: [[%s]]", key)
        return mark_safe('<span class="fact fact--missing">—</span>')
    return _fact_html(fact, reader_language(), register.current().today)


@lru_cache(maxsize=REMEMBERED)
def _fact_html(fact: FactRow, language: str, today: datetime.date) -> SafeString:
    with override(language):
        return mark_safe(_value_html(fact, language) + _overdue_html(fact, language, today))


def _value_html(fact: FactRow, language: str) -> str:  # noqa: PLR0911  one answer per kind
    value, value_language = fact.value_in(language)
    match fact.kind:
        case "phone":
            shown = escape(phones.in_words(value, language))
            return f'<a class="fact fact--phone" href="{escape(phones.address(value))}">{shown}</a>'
        case "email":
            return f'<a class="fact" href="mailto:{escape(value)}">{escape(value)}</a>'
        case "address":
            return f'<span class="fact" lang="{settings.LANGUAGE_CODE}" translate="no">{escape(value)}</span>'
        case "link":
            return _link_html(fact, value, value_language, language)
        case "hours":
            return f'<span class="fact" lang="{language}">{escape(opening_hours.in_words(value, language))}</span>'
        case "deadline":
            return f'<span class="fact" lang="{language}">{escape(durations.in_words(value, language))}</span>'
    danish = fact.value
    is_translated = value_language == language != settings.LANGUAGE_CODE
    is_name = is_translated and len(danish) <= LONGEST_NAME and not any(sign.isdigit() for sign in danish)
    if is_name and not _says(value, danish):
        beside = f' <span class="danish-word" lang="{settings.LANGUAGE_CODE}">({escape(danish)})</span>'
        return f'<span class="fact" lang="{language}">{escape(value)}{beside}</span>'
    return f'<span class="fact" lang="{value_language}">{escape(value)}</span>'


def _says(text: str, danish: str) -> bool:
    """Say whether a translated name already has the Danish one in it, in full or by its main word."""
    words = danish.replace("(", " ").replace(")", " ").split()
    return danish in text or any(len(word) > 3 and word[0].isupper() and word in text for word in words)


def label_html(fact: FactRow) -> SafeString:
    """Return the label of a fact in the reader's language, or in Danish and marked as Danish."""
    return _label_html(fact, reader_language())


@lru_cache(maxsize=REMEMBERED)
def _label_html(fact: FactRow, language: str) -> SafeString:
    labels = fact.labels
    if labels.get(language):
        return mark_safe(escape(labels[language]))
    danish = labels.get(settings.LANGUAGE_CODE) or fact.key
    return mark_safe(f'<span lang="{settings.LANGUAGE_CODE}">{escape(danish)}</span>')


def _link_html(fact: FactRow, address: str, target: str, language: str) -> str:
    label = _label_html(fact, language)
    link = f'<a class="fact" href="{escape(address)}" hreflang="{escape(target)}" rel="external" lang="{language}">{label}</a>'
    if target == language:
        return link
    return f'{link} <span class="target-language" lang="{language}">({escape(in_language(target))})</span>'


def _overdue_html(fact: FactRow, language: str, today: datetime.date) -> str:
    if fact.check_again_on >= today:
        return ""
    words = gettext("last checked on %(date)s, please check") % {
        "date": format_date(fact.checked_on, "long", locale=language)
    }
    return f' <small class="fact-overdue" lang="{language}">({escape(words)})</small>'


def term_html(term: TermRow | None, label: str, number: int, key: str = "") -> SafeString:
    """Return a term: the translated word, then the Danish one as a button that opens its meaning, without a script.

    `number` must be new for every term of a page, because it makes the id that the button points to.
    """
    if term is None:
        logger.warning("A page cites a glossary term that does not exist: [[term:%s]]", key)
        return mark_safe(escape(label or "—"))
    return _term_html(term, label, number, reader_language())


@lru_cache(maxsize=REMEMBERED)
def _term_html(term: TermRow, label: str, number: int, language: str) -> SafeString:
    source = settings.LANGUAGE_CODE
    meanings, danish = term.meanings, term.danish_word
    word, before = label or term.words.get(language, ""), ""
    if language == source:
        danish = word or danish
    elif word and word != danish:
        before = f'<span lang="{language}">{escape(word)}</span> '
    meaning_language = language if meanings.get(language) else source
    meaning = meanings.get(meaning_language, "")
    if not meaning:
        return mark_safe(f'{before}<dfn class="term" lang="{source}">{escape(danish)}</dfn>')
    return mark_safe(
        f'{before}<button type="button" class="term" popovertarget="term-{number}"><dfn lang="{source}">{escape(danish)}</dfn>'
        f'</button><span popover class="term-meaning" id="term-{number}" lang="{meaning_language}">{escape(meaning)}</span>'
        "\u2060"  # keeps a full stop that follows on the line of the word
    )


def cite(html: str) -> SafeString:
    """Replace every token of a piece of safe HTML."""
    if "[[" not in html:
        return mark_safe(html)
    found = register.current().want(html)

    def replace(match: re.Match[str]) -> str:
        key = match[2]
        if not match[1]:
            return fact_html(found.facts.get(key), key)
        label = unescape(match[3] or "")  # it is a piece of the HTML, and is escaped again with the words of the term
        return term_html(found.terms.get(key), label, next(found.serial), key)

    return mark_safe(TOKEN.sub(replace, html))


def cite_text(text: str) -> SafeString:
    """Replace every token of a plain text, which is escaped first."""
    return cite(str(escape(text or "")))


def plain(text: str) -> str:
    """Return a text with its tokens as words, for search, descriptions and mails."""
    if "[[" not in text:
        return text
    found = register.current().want(text)
    language = reader_language()

    def words(key: str, is_term: bool, label: str) -> str:
        if is_term:
            term = found.terms.get(key)
            return " ".join(dict.fromkeys(filter(None, [label, term.danish_word if term else ""])))
        fact = found.facts.get(key)
        return plain_value(fact, language) if fact else ""

    return TOKEN.sub(lambda match: words(match[2], bool(match[1]), match[3] or ""), text)


def plain_value(fact: FactRow, language: str) -> str:
    """Return the value of a fact in words, without markup; of a link what it is called."""
    value, _value_language = fact.value_in(language)
    match fact.kind:
        case "link":
            return fact.labels.get(language) or fact.labels.get(settings.LANGUAGE_CODE) or value
        case "phone":
            return phones.in_words(value, language)
        case "hours":
            return opening_hours.in_words(value, language)
        case "deadline":
            return durations.in_words(value, language)
    return value
