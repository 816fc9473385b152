"""Facts and glossary terms as the reader sees them."""

import logging

from babel.dates import format_date
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from . import durations, opening_hours, phones, register
from .models import Fact, GlossaryTerm, Kind
from .per_language import language_name
from .tokens import TOKEN

logger = logging.getLogger(__name__)

IN_LANGUAGE = {
    "da": _("in Danish"),
    "en": _("in English"),
    "de": _("in German"),
    "pl": _("in Polish"),
    "ru": _("in Russian"),
}


def reader_language() -> str:
    """Return the language of the page that is being made."""
    return get_language() or settings.LANGUAGE_CODE


def in_language(code: str) -> str:
    """Return "in English" in the reader's language; for a language without such words its own name."""
    return str(IN_LANGUAGE.get(code, language_name(code)))


def fact_html(fact: Fact | None) -> SafeString:
    """Return the value of a fact, marked up by its kind, with a remark where it should have been checked again."""
    if fact is None:
        logger.warning("A page cites a fact that does not exist.")
        return mark_safe('<span class="fact fact--missing">—</span>')
    language = reader_language()
    return format_html("{}{}", _value_html(fact, language), _overdue_html(fact, language))


def _value_html(fact: Fact, language: str) -> SafeString:
    value, value_language = fact.value_in(language)
    match fact.kind:
        case Kind.PHONE:
            return format_html('<a class="fact fact--phone" href="{}">{}</a>', phones.address(value), phones.in_words(value, language))
        case Kind.EMAIL:
            return format_html('<a class="fact" href="mailto:{}">{}</a>', value, value)
        case Kind.ADDRESS:
            return format_html('<span class="fact" lang="da" translate="no">{}</span>', value)
        case Kind.LINK:
            return _link_html(fact, value, value_language, language)
        case Kind.HOURS:
            return format_html('<span class="fact" lang="{}">{}</span>', language, opening_hours.in_words(value, language))
        case Kind.DEADLINE:
            return format_html('<span class="fact" lang="{}">{}</span>', language, durations.in_words(value, language))
    danish = fact.value
    if value_language == language and language != settings.LANGUAGE_CODE and value != danish:
        return format_html(
            '<span class="fact" lang="{}">{} <span class="danish-word" lang="da">({})</span></span>', language, value, danish
        )
    return format_html('<span class="fact" lang="{}">{}</span>', value_language, value)


def label_html(fact: Fact) -> SafeString:
    """Return the label of a fact in the reader's language, or in Danish and marked as Danish."""
    language = reader_language()
    if language in fact.label:
        return escape(fact.label[language])
    return format_html('<span lang="da">{}</span>', fact.label.get(settings.LANGUAGE_CODE) or fact.key)


def _link_html(fact: Fact, address: str, target: str, language: str) -> SafeString:
    link = format_html('<a class="fact" href="{}" hreflang="{}" rel="external">{}</a>', address, target, label_html(fact))
    if target == language:
        return link
    return format_html('{} <span class="target-language" lang="{}">({})</span>', link, language, in_language(target))


def _overdue_html(fact: Fact, language: str) -> SafeString | str:
    if not fact.is_overdue:
        return ""
    words = gettext("last checked on %(date)s, please check") % {"date": format_date(fact.checked_on, "long", locale=language)}
    return format_html(' <small class="fact-overdue" lang="{}">({})</small>', language, words)


def term_html(term: GlossaryTerm | None, label: str, number: int) -> SafeString:
    """Return a term: the translated word, then the Danish one as a button that opens its meaning, without a script.

    `number` must be new for every term of a page, because it makes the id that the button points to.
    """
    if term is None:
        logger.warning("A page cites a glossary term that does not exist.")
        return escape(label or "—")
    language = reader_language()
    word = label or term.word.get(language, "")
    shown, before = term.danish_word, mark_safe("")
    if language == settings.LANGUAGE_CODE:
        shown = word or shown
    elif word and word != shown:
        before = format_html('<span lang="{}">{}</span> ', language, word)
    meaning_language = language if language in term.meaning else settings.LANGUAGE_CODE
    meaning = term.meaning.get(meaning_language, "")
    if not meaning:
        return format_html('{}<dfn class="term" lang="da">{}</dfn>', before, shown)
    return format_html(
        '{}<button type="button" class="term" popovertarget="term-{}"><dfn lang="da">{}</dfn></button>'
        '<span popover class="term-meaning" id="term-{}" lang="{}">{}</span>',
        before, number, shown, number, meaning_language, meaning,
    )


def cite(html: str) -> SafeString:
    """Replace every token of a piece of safe HTML."""
    if "[[" not in html:
        return mark_safe(html)
    found = register.current().want(html)
    return mark_safe(
        TOKEN.sub(
            lambda match: term_html(found.terms.get(match[2]), match[3] or "", next(found.serial))
            if match[1]
            else fact_html(found.facts.get(match[2])),
            html,
        )
    )


def cite_text(text: str) -> SafeString:
    """Replace every token of a plain text, which is escaped first."""
    return cite(escape(text))


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


def plain_value(fact: Fact, language: str) -> str:
    """Return the value of a fact in words, without markup."""
    value, _value_language = fact.value_in(language)
    match fact.kind:
        case Kind.PHONE:
            return phones.in_words(value, language)
        case Kind.HOURS:
            return opening_hours.in_words(value, language)
        case Kind.DEADLINE:
            return durations.in_words(value, language)
    return value
