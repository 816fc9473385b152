"""Loads the content files: facts and terms, Danish pages, then their translations, page by page, parents first."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models, transaction
from wagtail.models import Page, Site
from wagtail_localize.models import LocaleSynchronization

from portal.facts.models import Fact, GlossaryTerm
from portal.municipalities.models import MunicipalityPage
from portal.pages.home import HomePage
from portal.pages.registers import ContactsPage, GlossaryPage
from portal.search.models import BestBet, SearchSynonym
from portal.starter.located import Mapping
from portal.starter.pages import PageLoader
from portal.starter.records import digest

from ..form_words import FormWord
from ..models import (
    ClubPage,
    ClubsPage,
    EmployerChapterPage,
    EmployerChecklistPage,
    EmployersPage,
    FieldGuidePage,
    FormLibraryPage,
    FormPage,
    FormWordsPage,
    GuideIndexPage,
    GuidePage,
    InformationPage,
    LocalNotePage,
    LocalPage,
    PlanPage,
    SituationPage,
    StarterRecord,
    WelcomePackPage,
)
from ..models.clubs import INDEX_SLUG as CLUBS_SLUG
from .fields import PageFields
from .reader import Content, PageFile
from .references import PARENTS
from .rows import fact_values, form_word_values, term_values
from .search_words import bet_values
from .synonyms import synonym_rows

DANISH = settings.LANGUAGE_CODE
MODELS: dict[str, type[Page]] = {
    "home": HomePage,
    "guide_index": GuideIndexPage,
    "situation": SituationPage,
    "guide": GuidePage,
    "form_library": FormLibraryPage,
    "form": FormPage,
    "field_guide": FieldGuidePage,
    "form_words": FormWordsPage,
    "employers": EmployersPage,
    "employer_chapter": EmployerChapterPage,
    "employer_checklist": EmployerChecklistPage,
    "plan": PlanPage,
    "welcome_pack": WelcomePackPage,
    "contacts": ContactsPage,
    "glossary": GlossaryPage,
    "information": InformationPage,
    "municipality": MunicipalityPage,
    "local": LocalPage,
    "note": LocalNotePage,
    "clubs": ClubsPage,
    "club": ClubPage,
}


class ContentLoader(PageLoader[PageFile]):
    """Brings the database to the state of the content files, except where an editor has been at work."""

    records_model = StarterRecord

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.content = content

    @property
    def steps(self) -> int:
        """Return how many steps `run` takes, for a progress bar."""
        return 1 + len(self.content.pages) * 2

    def run(self) -> Iterator[str]:
        """Load everything; yields a word after each step."""
        self.make_locales()
        with transaction.atomic():
            for item in self.content.facts:
                self._load_row(Fact, f"fact {item['key']}", item, fact_values(item))
            for item in self.content.terms:
                self._load_row(GlossaryTerm, f"term {item['key']}", item, term_values(item))
            for position, item in enumerate(self.content.form_words):
                self._load_row(FormWord, f"form word {item['key']}", item, form_word_values(item, position))
        yield "facts and terms"
        for file in self.content.pages:
            self.place(file)
            yield file.reference
        for file in self.content.pages:
            self.fill(file)
            yield file.reference
        with transaction.atomic():
            for item in self.content.bets:
                self._load_bet(item)
            self._load_synonyms()
        self._follow_danish()

    def written(self) -> str:
        """Say what was written."""
        return (
            f"{self.counts['fact']} facts, {self.counts['glossaryterm']} terms, {self.counts['page']} pages in all "
            f"languages, {self.counts['bestbet']} best bets, {self.counts['searchsynonym']} synonyms"
        )

    def _follow_danish(self) -> None:
        """Let every language follow the Danish tree; without the signal, which would compare all pages four times."""
        followers = set(LocaleSynchronization.objects.values_list("locale_id", flat=True))
        danish = self.locales[DANISH]
        LocaleSynchronization.objects.bulk_create(
            LocaleSynchronization(locale=locale, sync_from=danish)
            for locale in self.locales.values()
            if locale != danish and locale.pk not in followers
        )

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
        self.remember(name, fingerprint, digest(row_values(row, values)))
        self.counts[model._meta.model_name or ""] += 1

    def _load_bet(self, item: Mapping) -> None:
        name, values = f"best bet {item['key']}", bet_values(item, self.page_id)
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
                self.remember(name, fingerprint, fingerprint)
                self.counts["searchsynonym"] += 1
            else:
                self.kept.append(name)
        if new_rows:
            SearchSynonym.objects.bulk_create(new_rows)
            StarterRecord.objects.bulk_create(new_records)
            self.counts["searchsynonym"] += len(new_rows)

    # Pages ------------------------------------------------------------------------------------------------------------

    def parent_of(self, file: PageFile) -> Page | None:
        """Return the page below which it stands; a note belongs to its guide too."""
        if file.kind == "note" and self.page_id(file.data["guide"]) is None:
            return None
        if file.kind == "home":
            return Page.get_first_root_node()
        if file.kind == "field_guide":
            return Page.objects.filter(pk=self.page_ids.get(file.data["form"])).first()
        if file.kind == "club":
            return Page.objects.filter(pk=self.page_ids.get(f"{file.data['parent']}/{CLUBS_SLUG}")).first()
        reference = f"{PARENTS[file.kind]}:{file.data['parent']}" if file.kind in PARENTS else "home:forside"
        return Page.objects.filter(pk=self.page_ids.get(reference)).first()

    def new_page(self, file: PageFile) -> Page:
        """Return an unsaved page of this kind; a note cannot be without its guide, a form not without its authority."""
        page = MODELS[file.kind](title=file.title, slug=file.slug, live=False, locale=self.locales[DANISH])
        if file.kind == "note":
            page.guide_id = self.page_id(file.data["guide"])
        if file.kind == "field_guide":
            page.seen_on = file.data["seen_on"]
        if file.kind == "form":
            page.authority_id = file.data["authority"]
        return page

    def add(self, file: PageFile, parent: Page) -> Page:
        """Add an empty draft; the home page becomes the root of the site."""
        page = super().add(file, parent)
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

    def fields_of(self, file: PageFile, page: Page) -> PageFields:
        """Return the values of the page."""
        return PageFields(file, self.page_id)


def row_values(row: models.Model, names: dict[str, Any]) -> dict[str, Any]:
    """Return the present values of the same fields."""
    return {name: getattr(row, name) for name in names}
