"""Loads the content files: facts and terms, Danish pages, then their translations, page by page, parents first."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from wagtail.models import Locale, Page, ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from portal.facts import register
from portal.facts.models import Fact, GlossaryTerm
from portal.municipalities.models import MunicipalityPage
from portal.pages.home import HomePage
from portal.pages.registers import ContactsPage, GlossaryPage
from portal.search.models import BestBet, SearchSynonym

from ..models import GuideIndexPage, GuidePage, InformationPage, LocalNotePage, LocalPage, SituationPage, StarterRecord
from .fields import PageFields
from .located import Mapping
from .reader import Content, PageFile
from .references import PARENTS
from .rows import fact_values, term_values
from .search_words import bet_values
from .synonyms import synonym_rows

DANISH = settings.LANGUAGE_CODE
TOOL = "starter content"
MODELS: dict[str, type[Page]] = {
    "home": HomePage,
    "guide_index": GuideIndexPage,
    "situation": SituationPage,
    "guide": GuidePage,
    "contacts": ContactsPage,
    "glossary": GlossaryPage,
    "information": InformationPage,
    "municipality": MunicipalityPage,
    "local": LocalPage,
    "note": LocalNotePage,
}


def digest(value: Any) -> str:
    """Return a fingerprint of plain values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


class ContentLoader:
    """Brings the database to the state of the content files, except where an editor has been at work."""

    def __init__(self, content: Content) -> None:
        if connection.in_atomic_block:
            raise RuntimeError("load content outside a transaction: translations are published on commit")
        self.content = content
        self.counts: Counter[str] = Counter()
        self.kept: list[str] = []
        self.records = {record.name: record for record in StarterRecord.objects.select_related("page")}
        self.page_ids: dict[str, int] = {}
        self.to_fill: list[PageFile] = []

    @property
    def steps(self) -> int:
        """Return how many steps `run` takes, for a progress bar."""
        return 1 + len(self.content.pages) * 2

    def run(self) -> Iterator[str]:
        """Load everything; yields a word after each step."""
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
        with transaction.atomic():
            for item in self.content.facts:
                self._load_row(Fact, f"fact {item['key']}", item, fact_values(item))
            for item in self.content.terms:
                self._load_row(GlossaryTerm, f"term {item['key']}", item, term_values(item))
        yield "facts and terms"
        for file in self.content.pages:
            self._place(file)
            yield file.reference
        for file in self.content.pages:
            # The reference index is written once per page below, and not at each of twenty saves.
            with register.opened(), disable_reference_index_auto_update():
                self._fill_and_translate(file)
            yield file.reference
        with transaction.atomic():
            for item in self.content.bets:
                self._load_bet(item)
            self._load_synonyms()
        for code, locale in self.locales.items():
            if code != DANISH:
                LocaleSynchronization.objects.get_or_create(locale=locale, defaults={"sync_from": self.locales[DANISH]})

    # Facts, terms and the words of the search -------------------------------------------------------------------------

    def _load_row(self, model: type[models.Model], name: str, item: Mapping, values: dict[str, Any]) -> None:
        fingerprint, record = digest(item), self.records.get(name)
        if record and record.digest == fingerprint:
            return
        row = model._default_manager.filter(pk=item["key"]).first()
        if record and (row is None or digest(row_values(row, values)) != record.written):
            self.kept.append(name)
            return
        if record is None and row is not None:
            self.kept.append(name)
            return
        row = row or model(pk=item["key"])
        for field, value in values.items():
            setattr(row, field, value)
        row.full_clean(validate_unique=False)
        row.save()
        self._remember(name, fingerprint, digest(row_values(row, values)))
        self.counts[model._meta.model_name or ""] += 1

    def _load_bet(self, item: Mapping) -> None:
        name, values = f"best bet {item['key']}", bet_values(item, self._page_id)
        if values["fact_id"] and not Fact.objects.filter(pk=values["fact_id"]).exists():
            values["fact_id"] = None  # an editor deleted it
        if values["fact_id"] is None and values["page_id"] is None:
            self.kept.append(name)
            return
        self._load_row(BestBet, name, item, values)

    def _load_synonyms(self) -> None:
        """Load each word by itself, so that an editor's change of one keeps no other from being updated."""
        present = {(row.language, row.typed): row for row in SearchSynonym.objects.all()}
        new_rows, new_records = [], []
        for language, typed, meant in synonym_rows(self.content.synonyms):
            name, fingerprint = f"synonym {language} {typed}", digest(meant)
            row, record = present.get((language, typed)), self.records.get(name)
            if record and record.digest == fingerprint:
                continue
            if row is None and record is None:
                new_rows.append(SearchSynonym(language=language, typed=typed, meant=meant))
                new_records.append(StarterRecord(name=name, digest=fingerprint, written=fingerprint))
            elif row is not None and record is not None and digest(row.meant) == record.written:
                row.meant = meant
                row.save()
                self._remember(name, fingerprint, fingerprint)
                self.counts["searchsynonym"] += 1
            else:
                self.kept.append(name)
        if new_rows:
            SearchSynonym.objects.bulk_create(new_rows)
            StarterRecord.objects.bulk_create(new_records)
            self.counts["searchsynonym"] += len(new_rows)

    # Pages ------------------------------------------------------------------------------------------------------------

    def _place(self, file: PageFile) -> None:
        """Find the Danish page of a file, or make an empty draft of it, so that all pages can link to all others.

        A page is filled if it is new, if an earlier run was interrupted, or if its file changed and its page did not.
        """
        record = self.records.get(file.name)
        if record is None:
            self._place_new(file)
            return
        page, is_changed = record.page, record.digest != digest(file.data)
        if page is not None:
            self.page_ids[file.reference] = page.pk
        if not is_changed:
            return
        # An empty digest means that an earlier run was interrupted: then a draft is no page that somebody withdrew.
        is_ours = page is not None and str(page.latest_revision_id or "") == record.written
        if page is not None and is_ours and (page.live or not record.digest):
            self.to_fill.append(file)
        else:
            self.kept.append(file.name)

    def _place_new(self, file: PageFile) -> None:
        parent = self._parent(file)
        if parent is None or (file.kind == "note" and self._page_id(file.data["guide"]) is None):
            self.kept.append(file.name)  # what it belongs to was deleted
            return
        page = Page.objects.child_of(parent).filter(slug=file.slug).first()
        if page is not None:
            self.page_ids[file.reference] = page.pk
            self.kept.append(file.name)
            return
        with transaction.atomic():
            page = self._create(file, parent)
            self._remember(file.name, "", "", page)
        self.page_ids[file.reference] = page.pk
        self.to_fill.append(file)

    def _parent(self, file: PageFile) -> Page | None:
        if file.kind == "home":
            return Page.get_first_root_node()
        reference = f"{PARENTS[file.kind]}:{file.data['parent']}" if file.kind in PARENTS else "home:forside"
        return Page.objects.filter(pk=self.page_ids.get(reference)).first()

    def _create(self, file: PageFile, parent: Page) -> Page:
        page = MODELS[file.kind](
            title=file.data["title"][DANISH], slug=file.slug, live=False, locale=self.locales[DANISH]
        )
        if file.kind == "note":
            page.guide_id = self._page_id(file.data["guide"])
        parent.add_child(instance=page)
        if file.kind == "home":
            self._make_site(page)
        return page

    def _make_site(self, home: Page) -> None:
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        old_root = site.root_page if site.root_page_id else None
        site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
        site.hostname = site.hostname or "localhost"
        site.save()
        # Wagtail's first migration makes a page that says welcome to Wagtail.
        if old_root is not None and old_root.specific_class is Page and not old_root.get_children().exists():
            old_root.delete()

    def _fill_and_translate(self, file: PageFile) -> None:
        if file not in self.to_fill:
            return
        page = MODELS[file.kind].objects.get(pk=self.page_ids[file.reference])
        fields = PageFields(file, self._page_id)
        for name, value in fields.values.items():
            setattr(page, name, value)
        page.full_clean()
        with transaction.atomic():
            revision = page.save_revision(log_action=True)
            revision.publish()
            self._remember(file.name, "", str(revision.pk), page)
        strings = {self.locales[code]: catalogue.strings for code, catalogue in fields.catalogues.items()}
        self.kept.extend(f"{file.name} ({locale.language_code})" for locale in translate(page, strings))
        for version in Page.objects.filter(translation_key=page.translation_key).specific():
            ReferenceIndex.create_or_update_for_object(version)
        self._remember(file.name, digest(file.data), str(revision.pk), page)
        self.counts["page"] += 1

    def _page_id(self, reference: str) -> int | None:
        """Return the id of the page of another file, or None where an editor deleted it: then nothing links to it."""
        return self.page_ids.get(reference)

    def _remember(self, name: str, fingerprint: str, written: str, page: Page | None = None) -> None:
        values = {"digest": fingerprint, "written": written, "page_id": page.pk if page else None}
        StarterRecord.objects.update_or_create(name=name, defaults=values)


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


def row_values(row: models.Model, names: dict[str, Any]) -> dict[str, Any]:
    """Return the present values of the same fields."""
    return {name: getattr(row, name) for name in names}
