"""Reads and checks all content files before anything is written: a broken file changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.pages.slugs import ASCII_SLUG
from portal.starter.located import Mapping, Place, Problem, Sequence, load
from portal.starter.texts import DANISH, LANGUAGES, check_same_words, texts

from ..employers import SLUG as EMPLOYERS_SLUG
from ..models.clubs import INDEX_SLUG as CLUBS_SLUG
from ..models.plan import SLUG as PLAN_SLUG
from ..models.welcome_pack import SLUG as PACK_SLUG
from .references import References
from .rows import check_fact, check_form_word, check_term
from .search_words import check_bet
from .shapes import check_page
from .synonyms import check_synonyms

__all__ = ["CONTENT", "LANGUAGES", "Content", "PageFile", "read", "texts"]

CONTENT = Path(__file__).parent
PAGE_FOLDERS = ("pages", "guides", "forms", "field_guides", "employers", "municipalities")
SEARCH_WORDS, SYNONYMS, FORM_WORDS = "search_words.yaml", "synonyms.yaml", "form_words.yaml"
ORDER = [
    "home",
    "guide_index",
    "situation",
    "guide",
    "form_library",
    "form",
    "field_guide",
    "form_words",
    "plan",
    "welcome_pack",
    "contacts",
    "glossary",
    "employers",
    "employer_chapter",
    "employer_checklist",
    "information",
    "municipality",
    "local",
    "note",
    "clubs",
    "club",
]
KEYED = {"guide", "form", "employer_chapter", "employer_checklist"}
"""The kinds of pages that links and other programs know by a key."""
IN_MENU = {"guide_index", "form_library", "plan", "contacts", "glossary"}
SITUATIONS = [
    "foer-du-kommer",
    "ankomst",
    "foerste-maaned",
    "arbejde",
    "familie",
    "bolig",
    "sundhed",
    "penge-og-skat",
    "transport",
    "fritid",
    "udrejse",
]
MUNICIPALITIES = ["ringkoebing-skjern", "holstebro", "struer", "herning", "ikast-brande"]


@dataclass
class PageFile:
    """One checked page file."""

    path: Path
    data: Mapping
    root: Path = CONTENT

    @property
    def kind(self) -> str:
        """Return the kind of page."""
        return self.data["kind"]

    @property
    def name(self) -> str:
        """Return the name under which the loader remembers this file."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def reference(self) -> str:
        """Return the word by which links name this page: the key of what has one, or `municipality/slug`."""
        if self.kind in KEYED:
            return self.data["key"]
        if self.kind in {"local", "note", "clubs"}:
            return f"{self.data['parent']}/{self.slug}"
        if self.kind == "club":
            return f"{self.data['parent']}/{CLUBS_SLUG}/{self.slug}"
        if self.kind == "field_guide":
            return f"{self.data['form']}/{self.slug}"
        return f"{self.kind}:{self.slug}"

    @property
    def title(self) -> str:
        """Return the Danish title; a club has its own name."""
        return self.data["name"] if self.kind == "club" else self.data["title"][DANISH]

    @property
    def slug(self) -> str:
        """Return the slug; a note, a field guide, the plan, the manual or the welcome pack has none of its own in its file."""
        fixed = {
            "home": "forside",
            "plan": PLAN_SLUG,
            "welcome_pack": PACK_SLUG,
            "employers": EMPLOYERS_SLUG,
            "note": self.path.stem,
            "field_guide": "felter",
            "clubs": CLUBS_SLUG,
        }
        return self.data.get("slug") or fixed.get(self.kind, "")


@dataclass
class Content:
    """All content, checked."""

    facts: list[Mapping] = field(default_factory=list)
    fact_paths: list[Path] = field(default_factory=list)
    terms: list[Mapping] = field(default_factory=list)
    bets: list[Mapping] = field(default_factory=list)
    bets_path: Path = CONTENT / SEARCH_WORDS
    synonyms: list[Mapping] = field(default_factory=list)
    synonyms_path: Path = CONTENT / SYNONYMS
    form_words: list[Mapping] = field(default_factory=list)
    pages: list[PageFile] = field(default_factory=list)


def read(root: Path = CONTENT) -> Content:
    """Return all content below a folder, parents before children. Raises Problem at the first mistake."""
    content = Content()
    names: dict[str, Path] = {}
    fact_files, page_files = sorted(root.glob("facts/*.yaml")), _page_files(root)
    _refuse_strays(
        root,
        {*fact_files, *page_files, root / "glossary.yaml", root / SEARCH_WORDS, root / SYNONYMS, root / FORM_WORDS},
    )
    for path in fact_files:
        for item in _items(path, "fact", check_fact, names):
            content.facts.append(item)
            content.fact_paths.append(path)
    for path in sorted(root.glob("glossary.yaml")):
        content.terms.extend(_items(path, "term", check_term, names))
    content.bets_path, content.synonyms_path = root / SEARCH_WORDS, root / SYNONYMS
    for path in sorted(root.glob(SEARCH_WORDS)):
        content.bets.extend(_items(path, "best bet", check_bet, names))
    for path in sorted(root.glob(SYNONYMS)):
        content.synonyms.extend(_items(path, "concept", check_synonyms, names))
    for path in sorted(root.glob(FORM_WORDS)):
        content.form_words.extend(_items(path, "form word", check_form_word, names))
    for path in page_files:
        place = Place(path, 1, "kind", load(path))
        check_page(place)
        check_same_words(place)
        file = PageFile(path, place.value, root)
        if not ASCII_SLUG.fullmatch(file.slug):
            raise Problem(path, 1, "the name of the file becomes a part of addresses: only a-z, 0-9 and hyphens")
        _remember(names, f"page {file.reference}", file.data, path)
        content.pages.append(file)
    content.pages.sort(key=_order(content.pages))
    References(content).check()
    return content


def _page_files(root: Path) -> list[Path]:
    return [path for folder in PAGE_FOLDERS for path in sorted(root.glob(f"{folder}/**/*.yaml"))]


def _refuse_strays(root: Path, known: set[Path]) -> None:
    """Raise Problem for a file that nothing would read: its content would be missed by nobody but the readers."""
    for path in sorted([*root.rglob("*.yaml"), *root.rglob("*.yml")]):
        if path not in known:
            folders = ", ".join(["facts", *PAGE_FOLDERS])
            raise Problem(path, 1, f"nothing reads this file: it must end in .yaml and stand in one of: {folders}")


def _items(path: Path, what: str, check: Callable[[Place], None], names: dict[str, Path]) -> Iterator[Mapping]:
    data = load(path)
    if not isinstance(data, Sequence):
        raise Problem(path, 1, "a list is expected")
    for item, line in zip(data, data.lines, strict=True):
        check(Place(path, line, what, item))
        _remember(names, f"{what} {item['key']}", item, path)
        yield item


def _remember(names: dict[str, Path], name: str, item: Mapping, path: Path) -> None:
    if name in names:
        other = names[name]
        line = item.lines.get("key", item.line)
        raise Problem(path, line, f"{name} already stands in {other.parent.name}/{other.name}")
    names[name] = path


def _order(files: list[PageFile]) -> Callable[[PageFile], tuple[int, int, str]]:
    """Return the key by which pages are sorted: parents first, then as readers should meet them."""

    def place(words: list[str], word: str) -> int:
        return words.index(word) if word in words else len(words)

    def key(file: PageFile) -> tuple[int, int, str]:
        if file.kind == "municipality":
            return ORDER.index(file.kind), place(MUNICIPALITIES, file.slug), file.reference
        situation = {"situation": file.slug, "guide": file.data.get("parent", "")}.get(file.kind)
        return ORDER.index(file.kind), place(SITUATIONS, situation) if situation else 0, file.reference

    return key
