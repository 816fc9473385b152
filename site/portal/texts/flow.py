"""A Danish change that needs no translating reaches every language by itself, in the background."""

import logging

from django.db import transaction
from django_tasks import task
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from .carry_over import carry_over
from .segments import text_hash, texts_by_path

logger = logging.getLogger(__name__)


class TranslationsNotUpdated(Exception):
    """Some languages could not be republished. The log says why, each by itself."""


@task(backend="background")
def flow_to_translations(page_id: int) -> list[str]:
    """Republish the translations of a Danish page that are still complete, and return their languages.

    Order, links, images and removed paragraphs arrive this way. Where a text needs translating, it stays as it is, marked,
    until somebody has translated it; what else has changed is carried over. Must not run in a transaction: publishing
    happens on commit.
    """
    page = Page.objects.get(pk=page_id).specific
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).first()
    if source is None or not page.live:
        return []
    source.update_from_db()
    done, failed = [], []
    for translation in source.translations.filter(enabled=True).select_related("target_locale"):
        language = translation.target_locale.language_code
        try:
            if _can_follow(translation):
                translation.save_target(publish=True)
                done.append(language)
            else:
                carry_over(translation)
        except Exception:
            # One language must not hold up the others.
            logger.exception("The translation of page %s to %s could not be updated.", page_id, language)
            failed.append(language)
    if failed:
        raise TranslationsNotUpdated(f"page {page_id}: {', '.join(failed)}")
    return done


def _can_follow(translation: Translation) -> bool:
    """Say whether a translation is public, complete, and would show no text that is not public already.

    Translations are stored long before somebody publishes them, also by people who may not publish.
    """
    total, translated = translation.get_progress()
    target = translation.get_target_instance()
    if total != translated or not target.live:
        return False
    public = {path: set(map(text_hash, texts)) for path, texts in texts_by_path(target).items()}
    coming = texts_by_path(translation.source.get_ephemeral_translated_instance(translation.target_locale))
    return all(text_hash(text) in public.get(path, ()) for path, texts in coming.items() for text in texts)


def flow_after_commit(page: Page) -> None:
    """Ask for the flow once the publication is in the database. Without translations there is nothing to ask for."""
    if TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).exists():
        transaction.on_commit(lambda: flow_to_translations.enqueue(page.pk))
