"""Which text of a translated page is out of date, still Danish, or machine output that no person has read.

Decided by content, never by time stamps. `build` notes for every live text which Danish string it was made from;
`compare` holds that against the Danish page as it is now. Both run whenever either side is published.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from portal.languages.notices import NEW

from .models import TextState
from .segments import source_hashes, text_hash, texts_by_path

Entry = tuple[str, str, str | None]
"""(hash of the Danish source, "person" | "machine" | "danish", ISO date of the translation or None)."""

Candidates = dict[tuple[str, str], list[Entry]]
"""(content path, hash of a text) → what that text may have been made from, the most likely first."""


class DanishText(NamedTuple):
    """The Danish page as it is live, and the hashes of its strings by content path."""

    page: Page
    hashes: dict[str, set[str]]


def update_states(page: Page, known: dict[Any, DanishText] | None = None) -> None:
    """Bring the states up to date after `page` was published, in whichever language it is.

    `known` keeps the Danish texts, by translation key, where several versions of a page are updated one after another.
    """
    page = page.specific
    known = {} if known is None else known
    if page.alias_of_id:
        TextState.objects.filter(page_id=page.pk).delete()
        return
    if page.locale.language_code == settings.LANGUAGE_CODE:
        _compare_all(known.setdefault(page.translation_key, DanishText(page, source_hashes(page))))
        return
    source = _source_of(page)
    if source is None:
        TextState.objects.filter(page_id=page.pk).delete()
        return
    if page.translation_key not in known:
        danish = source.get_source_instance()
        known[page.translation_key] = DanishText(danish, source_hashes(danish))
    danish, now = known[page.translation_key]
    with transaction.atomic():
        state = TextState.objects.select_for_update().filter(page_id=page.pk).first() or TextState(page_id=page.pk)
        build(state, page, source, now)
        compare(state, danish, now)


def _compare_all(danish: DanishText) -> None:
    with transaction.atomic():
        states = TextState.objects.select_for_update().filter(page__translation_key=danish.page.translation_key)
        for state in states.exclude(page_id=danish.page.pk):
            compare(state, danish.page, danish.hashes)


def _source_of(page: Page) -> TranslationSource | None:
    return TranslationSource.objects.filter(
        object_id=page.translation_key, translations__target_locale=page.locale_id
    ).first()


def build(state: TextState, page: Page, source: TranslationSource, danish_now: dict[str, set[str]]) -> None:
    """Note for every live text of `page` which Danish string it was made from, by whom and when."""
    frozen = _frozen(source)
    made = _translations(page, frozen)
    before: Candidates = {}
    for path, entries in state.built.items():
        for own, *entry in entries:
            before.setdefault((path, own), []).append(tuple(entry))
    built: dict[str, list[list[Any]]] = {}
    for path, texts in texts_by_path(page).items():
        taken: set[str] = set()
        for text in texts:
            own = text_hash(text)
            danish = next((digest for digest, words in frozen.get(path, {}).items() if words == own), None)
            candidates = (
                made.get((path, own))
                or ([(danish, "danish", None)] if danish else None)
                or before.get((path, own))
                or [(_whole(danish_now.get(path, set())), "person", None)]  # typed in the page editor
            )
            # Two Danish sentences may have one translation: each text takes a sentence of its own.
            entry = next((candidate for candidate in candidates if candidate[0] not in taken), candidates[0])
            taken.add(entry[0])
            for previous in before.get((path, own), []):
                if previous[:2] == entry[:2] and previous[2]:
                    entry = previous  # any save of a translation moves its date; the first one counts
            built.setdefault(path, []).append([own, *entry])
    state.built = built
    kinds = [entry[2] for entries in built.values() for entry in entries]
    state.is_untranslated = bool(kinds) and all(kind == "danish" for kind in kinds)


def _frozen(source: TranslationSource) -> dict[str, dict[str, str]]:
    """Return path → source hash → hash of its words, for the Danish text as last submitted for translation."""
    frozen: dict[str, dict[str, str]] = {}
    rows = StringSegment.objects.filter(source=source).values_list("context__path", "string__data_hash", "string__data")
    for path, digest, data in rows:
        frozen.setdefault(path, {})[str(digest)] = text_hash(data)
    return frozen


def _translations(page: Page, frozen: dict[str, dict[str, str]]) -> Candidates:
    """Return what each text may have been translated from: the current Danish strings, or else older ones."""
    current: Candidates = {}
    older: Candidates = {}
    rows = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=page.locale_id, has_error=False
    ).values_list("context__path", "translation_of__data_hash", "data", "translation_type", "updated_at")
    for path, digest, data, kind, at in rows.order_by("pk"):
        made = current if str(digest) in frozen.get(path, {}) else older
        entry = (str(digest), "machine" if kind == "machine" else "person", timezone.localdate(at).isoformat())
        made.setdefault((path, text_hash(data)), []).append(entry)
    return {**older, **current}


def _whole(hashes: set[str]) -> str:
    """Return one hash for all Danish strings of a path: the base of a text that was typed by hand."""
    return text_hash(" ".join(sorted(hashes)))


def compare(state: TextState, danish: Page, now: dict[str, set[str]]) -> None:
    """Mark what is not current any more, compared with the Danish page as it is live, and save the state.

    Sets of hashes are compared and not positions: moving or repeating a paragraph marks nothing that still holds.
    """
    published = timezone.localdate(danish.last_published_at or danish.latest_revision_created_at).isoformat()
    parts: dict[str, Any] = {}
    used: dict[str, set[str]] = {}
    for path, entries in state.built.items():
        hashes = now.get(path, set())
        for own, made_from, kind, date in entries:
            used.setdefault(path, set()).add(made_from)
            flags = [kind] if kind in ("danish", "machine") else []
            if made_from not in hashes and made_from != _whole(hashes):
                flags.append("changed")
            if flags:
                seen = state.parts.get(path, {}).get(own)
                since = seen["since"] if seen and "changed" in seen["flags"] else published
                entry = {"flags": flags, "made": date, "since": since if "changed" in flags else None}
                parts.setdefault(path, {})[own] = entry
    new = {
        path: hashes - used.get(path, set())
        for path, hashes in now.items()
        if hashes - used.get(path, set()) and path not in parts and _whole(hashes) not in used.get(path, set())
    }
    if new:
        parts[NEW] = _new_texts(state, new, published)
    state.parts = parts
    state.source_changed_at = danish.last_published_at
    state.save()


def _new_texts(state: TextState, new: dict[str, set[str]], published: str) -> dict[str, Any]:
    """Return since when each Danish text lacks a translation, and of which day the newest translation of the page is."""
    before = state.parts.get(NEW)
    known = before["since"] if isinstance(before, dict) else {}
    earlier = state.source_changed_at if isinstance(before, list) else None
    first_seen = timezone.localdate(earlier).isoformat() if earlier else published
    dates = [date for entries in state.built.values() for _own, _made_from, _kind, date in entries if date]
    return {
        "since": {
            path: {
                digest: known.get(path, {}).get(digest, first_seen if path in (before or ()) else published)
                for digest in sorted(hashes)
            }
            for path, hashes in new.items()
        },
        "made": max(dates, default=None),
    }


def mark_as_read(page: Page, user: Any) -> int:
    """Note that a person has read the machine translation of a page, and return how many texts that concerns.

    The name of the tool stays on record; only texts that are live now count as read.
    """
    live = {
        (path, own)
        for path, entries in TextState.objects.get(page_id=page.pk).parts.items()
        if path != NEW
        for own, entry in entries.items()
        if "machine" in entry["flags"]
    }
    rows = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=page.locale_id, translation_type="machine"
    ).values_list("pk", "context__path", "data")
    read = [pk for pk, path, data in rows if (path, text_hash(data)) in live]
    StringTranslation.objects.filter(pk__in=read).update(translation_type="manual", last_translated_by=user)
    update_states(page)
    return len(read)
