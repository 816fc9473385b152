"""A Danish change that needs no translating reaches every language by itself, in the background."""

from django.db import transaction
from django_tasks import task
from wagtail.models import Page
from wagtail_localize.models import TranslationSource


@task(backend="background")
def flow_to_translations(page_id: int) -> list[str]:
    """Republish the translations of a Danish page that are still complete, and return their languages.

    Order, links, images and removed paragraphs arrive this way. Where a text needs translating, the translation stays
    as it is, marked, until somebody has translated it. Must not run in a transaction: publishing happens on commit.
    """
    page = Page.objects.get(pk=page_id).specific
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).first()
    if source is None or not page.live:
        return []
    source.update_from_db()
    done = []
    for translation in source.translations.filter(enabled=True).select_related("target_locale"):
        total, translated = translation.get_progress()
        target = translation.get_target_instance()
        if total == translated and target.live:
            translation.save_target(publish=True)
            done.append(translation.target_locale.language_code)
    return done


def flow_after_commit(page: Page) -> None:
    """Ask for the flow once the publication is in the database. Without translations there is nothing to ask for."""
    if TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).exists():
        transaction.on_commit(lambda: flow_to_translations.enqueue(page.pk))
