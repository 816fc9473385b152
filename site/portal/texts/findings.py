"""What an editor should know about the content as it is live: overdue, broken, missing, out of date."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from tqdm import tqdm
from wagtail.models import Page

from portal.facts import register
from portal.facts.models import Fact
from portal.facts.tokens import citations
from portal.languages.notices import NEW
from portal.pages.link_scope import linked_page_ids

from .models import TextState


@dataclass(frozen=True)
class Finding:
    """One thing to mend. A broken one is wrong for readers now; any other is due."""

    is_broken: bool
    where: str
    what: str


_from_rooms: list[Callable[[], Iterator[Finding]]] = []


def register_findings(findings: Callable[[], Iterator[Finding]]) -> None:
    """Let a room tell what is wrong or due in its own content. Called in `AppConfig.ready`."""
    _from_rooms.append(findings)


def all_findings() -> Iterator[Finding]:
    """Yield everything that is wrong or due, facts first."""
    yield from overdue_facts()
    pages = Page.objects.live().filter(depth__gte=2, alias_of=None).select_related("locale").order_by("path").specific()
    live_ids = set(Page.objects.live().values_list("pk", flat=True))
    with register.opened():
        for page in tqdm(pages.iterator(chunk_size=200), total=pages.count(), unit="page", desc="Pages", disable=None):
            if hasattr(page, "raw_texts"):
                yield from page_findings(page, live_ids)
    for findings in _from_rooms:
        yield from findings()
    yield from translation_findings()


def overdue_facts() -> Iterator[Finding]:
    """Yield the facts past the day on which somebody should have checked them again."""
    for fact in Fact.objects.filter(check_again_on__lt=timezone.localdate()).order_by("check_again_on"):
        yield Finding(False, f"fact {fact.key}", f"to be checked again since {fact.check_again_on}, by {fact.owner}")


def page_findings(page: Page, live_ids: set[int]) -> Iterator[Finding]:
    """Yield what is wrong with one page: facts that do not exist, links to nowhere, a review that is due."""
    where = f"{page.locale.language_code}: {page.title}"
    texts = list(page.raw_texts())
    found = register.current().want(*texts, facts=list(page.cited_facts()))
    cited = {citation for text in texts for citation in citations(text)} | {("", key) for key in page.cited_facts()}
    for prefix, key in sorted(cited):
        if (found.terms if prefix else found.facts).get(key) is None:
            yield Finding(True, where, f"cites {prefix}{key}, which does not exist")
    for page_id in sorted((linked_page_ids(*texts) | set(page.linked_pages())) - live_ids):
        yield Finding(True, where, f"links to page {page_id}, which is not published")
    is_source = page.locale.language_code == settings.LANGUAGE_CODE
    if is_source and page.review_again_on and page.review_again_on < timezone.localdate():
        yield Finding(False, where, f"to be reviewed again since {page.review_again_on}, by {page.content_owner}")


def translation_findings() -> Iterator[Finding]:
    """Yield the pages that readers of a language get in Danish, in part or out of date."""
    aliases = Page.objects.live().filter(alias_of__isnull=False, depth__gte=2).select_related("locale").order_by("path")
    for page in aliases:
        yield Finding(False, f"{page.locale.language_code}: {page.title}", "not translated")
    for state in TextState.objects.filter(page__live=True).select_related("page__locale").order_by("page__path"):
        flags = {
            flag
            for path, texts in state.parts.items()
            if path != NEW
            for entry in texts.values()
            for flag in entry["flags"]
        }
        if state.parts.get(NEW):
            flags.add("new")
        if flags:
            page = state.page
            yield Finding(False, f"{page.locale.language_code}: {page.title}", f"texts are {', '.join(sorted(flags))}")
