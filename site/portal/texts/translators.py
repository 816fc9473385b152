"""Machine translators that cannot damage a fact, send no more than a service takes, and explain a refusal."""

import logging
import re
from typing import Any

import requests
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.strings import StringValue

from portal.facts.tokens import TOKEN, citations

logger = logging.getLogger(__name__)

STRINGS_PER_REQUEST = 50  # DeepL's limit, developers.deepl.com "Translating large volumes of text"
TOO_MANY_REQUESTS, QUOTA_EXCEEDED, SERVER_ERROR = 429, 456, 500
CANNOT_BE_REACHED = (requests.ConnectionError, requests.Timeout)
PLACEHOLDER = re.compile(r'<x id="(\d+)"\s*/?>(?:</x>)?')


class TranslationRefused(Exception):
    """The translation service gave no usable answer."""


def hide_tokens(text: str) -> tuple[str, list[str]]:
    """Put an empty numbered element in the place of every token, and return the tokens.

    The label of a term is dropped: a Danish inflection would stand in the middle of a Polish sentence.
    """
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(f"[[{match[1] or ''}{match[2]}]]")
        return f'<x id="{len(kept)}"/>'

    return TOKEN.sub(hide, text), kept


def show_tokens(text: str, kept: list[str]) -> str:
    """Put the tokens back in place of their elements; an unknown number stays as it is and fails the comparison."""
    return PLACEHOLDER.sub(lambda m: kept[int(m[1]) - 1] if 0 < int(m[1]) <= len(kept) else m[0], text)


def explain(error: Exception, service: str) -> str:
    """Return what an editor can do about an answer that is no translation. The error itself is for the log."""
    response = getattr(error, "response", None)
    status = response.status_code if response is not None else None
    if status in {401, 403}:
        return _("%(service)s does not accept the key of this site. Ask those who run the site.") % {"service": service}
    if status == QUOTA_EXCEEDED:
        return _(
            "The quota of this site at %(service)s is used up. Translate by hand, or ask those who run the site."
        ) % {"service": service}
    if status == TOO_MANY_REQUESTS or (status or 0) >= SERVER_ERROR or isinstance(error, CANNOT_BE_REACHED):
        return _("%(service)s cannot translate at the moment. Please try again later.") % {"service": service}
    return _("%(service)s gave no translation (%(reason)s). Ask those who run the site.") % {
        "service": service,
        "reason": status or type(error).__name__,
    }


class GuardedTranslator(BaseMachineTranslator):
    """Mixed in before a service's class: batches, hides tokens, and leaves out an answer that lost one."""

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: list[StringValue]
    ) -> dict[StringValue, StringValue]:
        """Translate what can be translated safely; a string that is left out stays in Danish."""
        strings = list(strings)
        answers: dict[StringValue, StringValue] = {}
        for start in range(0, len(strings), STRINGS_PER_REQUEST):
            answers.update(
                self._translate_batch(source_locale, target_locale, strings[start : start + STRINGS_PER_REQUEST])
            )
        return answers

    def _translate_batch(
        self, source_locale: Locale, target_locale: Locale, strings: list[StringValue]
    ) -> dict[StringValue, StringValue]:
        hidden = {}
        for string in strings:
            text, kept = hide_tokens(string.data)
            hidden[string] = (StringValue(text), kept)
        try:
            found: dict[Any, Any] = super().translate(
                source_locale, target_locale, [text for text, _kept in hidden.values()]
            )
        except (requests.RequestException, LookupError, TypeError, ValueError) as error:
            logger.warning("%s did not translate.", self.display_name, exc_info=True)
            raise TranslationRefused(explain(error, self.display_name)) from error
        answers = {}
        for string, (text, kept) in hidden.items():
            if text in found:
                answer = show_tokens(found[text].data, kept)
                if citations(answer) == citations(string.data):
                    answers[string] = StringValue(answer)
        return answers


class CheckedDeepLTranslator(DeepLTranslator):
    """DeepL, with a look at the status of the answer: the stock class takes a refusal for a translation."""

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: list[StringValue]
    ) -> dict[StringValue, StringValue]:
        """Translate, or raise what `requests` raises for a refusal."""
        response = requests.post(
            self.get_api_endpoint(),
            self.get_parameters(source_locale, target_locale, strings),
            timeout=int(self.options.get("TIMEOUT", 30)),
            headers=self.get_headers(),
        )
        response.raise_for_status()
        texts = [StringValue(translation["text"]) for translation in response.json()["translations"]]
        return dict(zip(strings, texts, strict=True))


class GuardedDeepLTranslator(GuardedTranslator, CheckedDeepLTranslator):
    """DeepL."""


class GuardedLibreTranslator(GuardedTranslator, LibreTranslator):
    """LibreTranslate."""
