"""The sources of translations, made in a few statements: wagtail-localize needs a dozen for each sentence of a page."""

import json

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    String,
    StringSegment,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments


def source_of(page: Page) -> TranslationSource:
    """Return the up-to-date source of the translations of a page, made where there is none.

    Raises TypeError if the page holds something else than texts to translate; then wagtail-localize has to make it.
    """
    key, locale = page.translation_key, page.locale
    if TranslationSource.objects.filter(object_id=key, locale=locale).exists():
        return TranslationSource.update_or_create_from_instance(page)[0]
    with transaction.atomic():
        source = TranslationSource.objects.create(
            object=TranslatableObject.objects.get_or_create_from_instance(page)[0],
            locale=locale,
            specific_content_type=ContentType.objects.get_for_model(type(page)),
            object_repr=str(page)[:200],
            content_json=page.to_json(),
            schema_version=get_schema_version(page._meta.app_label),
            last_updated_at=timezone.now(),
        )
        _write_segments(source)
    return source


def _write_segments(source: TranslationSource) -> None:
    page = source.as_instance()
    segments = extract_segments(page)
    texts = [segment for segment in segments if isinstance(segment, StringSegmentValue)]
    templates = [segment for segment in segments if isinstance(segment, TemplateSegmentValue)]
    if len(texts) + len(templates) < len(segments):
        raise TypeError(f"{page} holds more than texts to translate.")
    strings = _strings(source, {segment.string.data for segment in texts})
    contexts = _contexts(source, page, {segment.path for segment in segments})
    StringSegment.objects.bulk_create(
        StringSegment(
            source=source,
            context=contexts[segment.path],
            order=segment.order,
            string=strings[segment.string.data],
            attrs=json.dumps(segment.attrs, cls=DjangoJSONEncoder),
        )
        for segment in texts
    )
    for segment in templates:
        TemplateSegment.from_value(source, segment)


def _strings(source: TranslationSource, texts: set[str]) -> dict[str, String]:
    hashes = {String._get_data_hash(text): text for text in texts}
    rows = [String(locale=source.locale, data_hash=digest, data=text) for digest, text in hashes.items()]
    String.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.data: row for row in String.objects.filter(locale=source.locale, data_hash__in=hashes)}


def _contexts(source: TranslationSource, page: Page, paths: set[str]) -> dict[str, TranslationContext]:
    rows = [
        TranslationContext(object_id=source.object_id, path_id=TranslationContext._get_path_id(path), path=path)
        for path in paths
    ]
    TranslationContext.objects.bulk_create(rows, ignore_conflicts=True)
    contexts = {row.path: row for row in TranslationContext.objects.filter(object_id=source.object_id)}
    for path in paths:
        contexts[path].get_field_path(page)
    return contexts
