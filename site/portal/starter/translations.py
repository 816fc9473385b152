"""Writes and publishes the translations of a page that came out of a content file."""

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

TOOL = "starter content"


def translate(page: Page, strings_by_locale: dict[Locale, dict[str, str]]) -> list[Locale]:
    """Publish managed translations of a page. What an editor or translator wrote stays as it is.

    Returns the languages that were left alone, because somebody ended, deleted or unpublished the translation there.
    Raises LookupError if a string has no translation: a page that is half Danish is not starter content.
    """
    kept = []
    source, _created = TranslationSource.update_or_create_from_instance(page.__class__.objects.get(pk=page.pk))
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    for locale, strings in strings_by_locale.items():
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        target = page.get_translation_or_none(locale)
        if not translation.enabled or (target is not None and not target.live and target.last_published_at):
            kept.append(locale)
            continue
        missing = next((segment.string.data for segment in segments if segment.string.data not in strings), None)
        if missing is not None:
            raise LookupError(f"{page.title}: no translation into {locale.language_code} of “{missing}”")
        fill(segments, locale, strings)
        translation.save_target(publish=True)
    return kept


def fill(segments: list[StringSegment], locale: Locale, strings: dict[str, str]) -> None:
    """Write the translations of these segments, except over those that a person has written or changed."""
    existing = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale=locale, context__in={segment.context_id for segment in segments}
        )
    }
    new = []
    for segment in segments:
        row, text = existing.get((segment.string_id, segment.context_id)), strings[segment.string.data]
        if row is None:
            row = StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale=locale,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool_name=TOOL,
            )
            existing[segment.string_id, segment.context_id] = row
            new.append(row)
        elif row.pk and row.tool_name == TOOL and row.data != text:
            row.data, row.has_error, row.field_error = text, False, ""
            row.save()
    StringTranslation.objects.bulk_create(new)
