"""Keeps the states of translations and the untranslatable parts of pages in step with what is published."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import StringTranslation, TranslationLog

from portal.facts.tokens import citations, has_malformed_token

from .flow import flow_after_commit
from .states import DanishText, update_states

logger = logging.getLogger(__name__)
_waiting: ContextVar[dict[int, None] | None] = ContextVar("pages whose states are updated later", default=None)


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    page_published.connect(_after_publish, dispatch_uid="texts_after_publish")
    post_save.connect(_after_translation_saved, sender=TranslationLog, dispatch_uid="texts_after_log")
    post_save.connect(_check_tokens, sender=StringTranslation, dispatch_uid="texts_check_tokens")


def _after_publish(sender: type[Page], instance: Page, alias: bool = False, **kwargs: Any) -> None:
    if alias or instance.alias_of_id:
        return
    _update(instance)
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        flow_after_commit(instance)


def _after_translation_saved(
    sender: type[TranslationLog], instance: TranslationLog, created: bool, **kwargs: Any
) -> None:
    """Look at the live row after `save_target(publish=False)`, which writes to it without saying it was published."""
    if created:
        transaction.on_commit(lambda: _update_live(instance.source.object_id, instance.locale_id))


def _update_live(translation_key: Any, locale_id: int) -> None:
    page = Page.objects.filter(translation_key=translation_key, locale_id=locale_id, live=True).first()
    if page is not None:
        _update(page)


@contextmanager
def states_updated_once() -> Iterator[None]:
    """Update the states of each page that is published inside once, at the end: for loaders, which save often."""
    waiting: dict[int, None] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    known: dict[Any, DanishText] = {}
    for page in Page.objects.filter(pk__in=waiting, live=True):
        _update(page, known)


def _update(page: Page, known: dict[Any, DanishText] | None = None) -> None:
    waiting = _waiting.get()
    if waiting is not None:
        waiting[page.pk] = None
        return
    try:
        with (
            transaction.atomic()
        ):  # a refusal of the database would spoil the transaction in which the page is published
            update_states(page, known)
    except Exception:
        # The page is public already; an error here must not tell the editor that publishing failed.
        logger.exception("The state of the translations of page %s could not be updated.", page.pk)


def _check_tokens(sender: type[StringTranslation], instance: StringTranslation, **kwargs: Any) -> None:
    """Set a translation aside that lost or changed a fact: readers get the Danish text, the translator a message.

    Brackets that are no token would keep the whole page from being published.
    """
    wanted_citations = citations(instance.translation_of.data)
    is_sound = citations(instance.data) == wanted_citations and not has_malformed_token(instance.data)
    if instance.has_error or is_sound:
        return
    wanted = ", ".join(f"[[{prefix}{key}]]" for prefix, key in wanted_citations) or "none"
    instance.has_error = True
    instance.field_error = f"The facts and terms differ from the Danish text. It has: {wanted}."
    StringTranslation.objects.filter(pk=instance.pk).update(has_error=True, field_error=instance.field_error)
