"""Writes and publishes the translations of a page that came out of a content file."""

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail.signals import copy_for_translation_done
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog, TranslationSource
from wagtail_localize.segments.ingest import ingest_segments

from .sources import source_of

TOOL = "starter content"


def translate(page: Page, strings_by_locale: dict[Locale, dict[str, str]]) -> list[Locale]:
    """Publish managed translations of a page. What an editor or translator wrote stays as it is.

    Returns the languages that were left alone, because somebody ended, deleted or unpublished the translation there.
    Raises LookupError if a string has no translation: a page that is half Danish is not starter content.
    """
    kept = []
    page = page.__class__.objects.get(pk=page.pk)
    source = source_of(page)
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    parents = {parent.locale_id: parent for parent in page.get_parent().get_translations()}
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
        if target is None and locale.pk in parents:
            publish_first_time(source, page, locale, parents[locale.pk])
        else:
            translation.save_target(publish=True)
    return kept


def publish_first_time(source: TranslationSource, page: Page, locale: Locale, parent: Page) -> None:
    """Publish a translation that does not exist yet as a copy of the Danish page with its texts in place.

    `Translation.save_target` copies the page as a draft, saves it, and publishes it, with a revision for each: three
    times the work for the same page (docs/departures/translations-in-one-go.md).
    """
    translated = source.as_instance()
    segments = source._get_segments_for_translation(locale)
    ingest_segments(translated, translated, source.locale, locale, segments)
    names = {segment.path.split(".")[0] for segment in segments}
    with transaction.atomic():
        copy = page.copy(
            to=parent.specific_deferred,
            update_attrs={"locale": locale, **{name: getattr(translated, name) for name in names}},
            copy_revisions=False,
            keep_live=True,
            reset_translation_key=False,
            log_action="wagtail.copy_for_translation",
        )
        copy_for_translation_done.send(sender=type(page), source_obj=page, target_obj=copy)
        TranslationLog.objects.create(source=source, locale=locale, revision=copy.latest_revision)


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
