"""What a club wrote in another language becomes the translation in that language, once the Danish text is public.

An editor reads Polish, writes Danish, and the Polish readers get the club's own words: nobody translates them back.
"""

import logging

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from ..models import ActivityPage, Submission
from ..outside_texts import TEXT, TRANSLATED, block_id, heading_in, lines_of

logger = logging.getLogger(__name__)


def keep_original(submission: Submission, page: ActivityPage) -> bool:
    """Store the words of the club as translations of the Danish ones, publish them, and say whether they are complete.

    A Danish text of another number of paragraphs is not the same text: then the paragraphs wait for a translator, who
    sees the original in the form of the page. What somebody translated already stays. Must not run in a transaction:
    publishing happens on commit.
    """
    locale = Locale.objects.get(language_code=submission.text_language)
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
    by_path: dict[str, list[StringSegment]] = {}
    segments = StringSegment.objects.filter(source=source).select_related("context", "string").order_by("order")
    for segment in segments:
        by_path.setdefault(segment.context.path, []).append(segment)
    for path, texts in _originals(submission, page).items():
        own = by_path.get(path, [])
        if len(own) == len(texts):
            for segment, text in zip(own, texts, strict=True):
                StringTranslation.objects.get_or_create(
                    translation_of=segment.string,
                    locale=locale,
                    context=segment.context,
                    defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
                )
    total, translated = translation.get_progress()
    translation.save_target(publish=True)
    return bool(total == translated)


def _originals(submission: Submission, page: ActivityPage) -> dict[str, list[str]]:
    """Return the texts of the club by the paths at which the page holds them."""
    own, found = block_id(page), {}
    for name in TRANSLATED:
        text = submission.answers.get(name, "")
        if not text:
            continue
        if name == TEXT:
            found[f"body.{own}.heading"] = [heading_in(submission.text_language)]
            found[f"body.{own}.text"] = lines_of(text)
        else:
            found[name] = [text]
    return found
