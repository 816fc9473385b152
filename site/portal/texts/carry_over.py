"""What reaches a translation that cannot follow its Danish page as a whole: everything but the texts.

One sentence that lacks a translation must not keep a changed telephone card, a removed warning or a new official page from
the readers of that language. Texts are taken path by path: where every sentence of the new text is public in this language
already, the new text comes; otherwise the page keeps what it shows. A new block whose texts are not public stays out.
"""

from typing import Any

from django.db import transaction
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from .segments import TextsByPath, text_hash, texts_by_path


def carry_over(translation: Translation) -> bool:
    """Bring what needs no translating onto the live page of a translation, and say whether anything has changed.

    No text becomes public that was not, and what somebody has prepared as a draft stays a draft.
    """
    live = translation.get_target_instance()
    if not live.live or live.alias_of_id is not None:
        return False
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    page.slug = live.slug  # followed by `portal.pages.tree_signals`; that of a home page differs between languages
    _keep_texts(page, live, _not_public(texts_by_path(page), texts_by_path(live)))
    if _values(page) == _values(live):
        return False
    with transaction.atomic():
        if live.has_unpublished_changes:
            page.save(clean=False)  # the draft stays the newest revision
            page_published.send(sender=type(page), instance=page, revision=page.live_revision)
        else:
            page.save_revision(clean=False, changed=False).publish()
    return True


def _not_public(coming: TextsByPath, live: TextsByPath) -> set[str]:
    """Return the paths of which some text cannot be read in this language yet."""
    public = {path: set(map(text_hash, texts)) for path, texts in live.items()}
    return {
        path for path, texts in coming.items() if any(text_hash(text) not in public.get(path, ()) for text in texts)
    }


def _keep_texts(page: Page, live: Page, kept: set[str]) -> None:
    for field in page._meta.concrete_fields:
        name = field.attname
        if isinstance(field, StreamField):
            blocks = _merge_list(_stored(getattr(page, name)), _stored(getattr(live, name)), field.name, kept)
            setattr(page, name, field.to_python(blocks))
        elif field.name in kept:
            setattr(page, name, getattr(live, name))


def _stored(value: StreamValue) -> list[Any]:
    """Return a stream as it would be stored. Its `raw_data` does not know of texts that were just put into it."""
    stored: list[Any] = value.get_prep_value()
    return stored


def _merge_list(coming: list[Any], live: list[Any], path: str, kept: set[str]) -> list[Any]:
    """Return the blocks or items of the new page, those whose texts are kept with the texts of the live page."""
    by_id = {item["id"]: item for item in live if isinstance(item, dict) and item.get("id")}
    merged = []
    for item in coming:
        below = f"{path}.{item['id']}" if isinstance(item, dict) and item.get("id") else ""
        if not below or not _has_kept(below, kept):
            merged.append(item)
            continue
        shown = by_id.get(item["id"])
        if shown is not None and shown["type"] == item["type"]:
            merged.append({**item, "value": _merge(item["value"], shown["value"], below, kept)})
    return merged


def _merge(coming: Any, live: Any, path: str, kept: set[str]) -> Any:
    if path in kept:
        return live
    if not _has_kept(path, kept):
        return coming
    if isinstance(coming, dict):
        shown = live if isinstance(live, dict) else {}
        return {name: _merge(value, shown.get(name), f"{path}.{name}", kept) for name, value in coming.items()}
    if isinstance(coming, list):
        return _merge_list(coming, live if isinstance(live, list) else [], path, kept)
    return live


def _has_kept(path: str, kept: set[str]) -> bool:
    return any(one == path or one.startswith(f"{path}.") for one in kept)


def _values(page: Page) -> dict[str, Any]:
    return {
        field.name: _stored(getattr(page, field.attname))
        if isinstance(field, StreamField)
        else getattr(page, field.attname)
        for field in page._meta.concrete_fields
    }
