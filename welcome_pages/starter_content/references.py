"""Checks that span files: every fact, term and page that a page names exists, and no two pages want one place."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portal.facts.tokens import citations
from portal.starter.located import Mapping, Place, Problem
from portal.starter.markup import link_targets
from portal.starter.texts import DANISH, texts

from ..clubs.choices import CONTACT_KINDS, REACHABLE
from ..models.clubs import INDEX_SLUG as CLUBS_SLUG
from .synonyms import typed_words

if TYPE_CHECKING:
    from .reader import Content, PageFile

PARENTS = {
    "situation": "guide_index",
    "guide": "situation",
    "form": "form_library",
    "field_guide": "form",
    "form_words": "form_library",
    "employer_chapter": "employers",
    "employer_checklist": "employers",
    "local": "municipality",
    "note": "municipality",
    "clubs": "municipality",
    "club": "municipality",
}
"""The kind of page below which a kind stands; all others stand below the home page."""
TARGETS = {
    ("guide", "related"): ["guide"],
    ("form", "related"): ["guide", "form"],
    ("employer_chapter", "related"): ["guide", "form"],
    ("employer_checklist", "related"): ["guide", "form"],
    ("employer_checklist", "page"): ["guide", "form", "employer_chapter"],
    ("note", "guide"): ["guide"],
}
"""The kinds of pages that a list of a kind of page may name; the others may name any."""
KINDS_OF_FACTS = {"file": "link", "deadlines": "deadline", "sources": "link", "authority": "text"}
OF_A_MUNICIPALITY = {"local", "note", "clubs", "club"}
"""The kinds of pages that only their own municipality links to."""


class References:
    """What the files of one folder may refer to."""

    def __init__(self, content: "Content") -> None:
        self.content = content
        self.facts = {item["key"]: item for item in content.facts}
        self.terms = {item["key"] for item in content.terms}
        self.pages = {file.reference: file for file in content.pages}
        self.form_words = {item["key"] for item in content.form_words}
        self.slugs = {(file.kind, file.slug) for file in content.pages}
        self.places: dict[tuple[str, str], PageFile] = {}
        self.notes: dict[tuple[str, str], PageFile] = {}

    def check(self) -> None:
        """Raise Problem at the first reference that leads nowhere."""
        if self.content.pages and "home:forside" not in self.pages:
            first = self.content.pages[0]
            raise Problem(first.path, 1, "no file is of the kind “home”, below which all pages stand")
        for item, path in zip(self.content.facts, self.content.fact_paths, strict=True):
            if item["municipality"] and ("municipality", item["municipality"]) not in self.slugs:
                raise Problem(path, item.lines["municipality"], f"there is no municipality “{item['municipality']}”")
        for file in self.content.pages:
            self._check_place(file)
            self._check_texts(file)
            self._check_facts(file)
            self._check_guides(file)
            self._check_form_words(file)
            self._check_club(file)
        for item in self.content.bets:
            self._check_bet(item)
        self._check_synonyms()

    def _check_place(self, file: "PageFile") -> None:
        if file.kind == "field_guide":
            self._check_form(file)
            return
        parent = file.data.get("parent", "")
        if parent and (PARENTS[file.kind], parent) not in self.slugs:
            raise Problem(file.path, file.data.lines["parent"], f"there is no page “{parent}” to stand below")
        line = file.data.lines.get("slug", 1)
        other = self.places.setdefault((f"{parent}/{CLUBS_SLUG}" if file.kind == "club" else parent, file.slug), file)
        if other is not file:
            raise Problem(file.path, line, f"“{file.slug}” is the slug of {other.name} already")
        section = self.pages_below_home.get(file.slug)
        if file.kind in OF_A_MUNICIPALITY - {"club"} and section:
            raise Problem(file.path, line, f"“{file.slug}” would hide {section.name} inside the municipality")

    def _check_form(self, file: "PageFile") -> None:
        """Check that a field guide belongs to a form."""
        form = self.pages.get(file.data["form"])
        if form is None or form.kind != "form":
            raise Problem(file.path, file.data.lines["form"], f"there is no form “{file.data['form']}”")

    def _check_form_words(self, file: "PageFile") -> None:
        """Check that the words on forms exist that the fields of a guide choose."""
        for entry in file.data.get("entries", []):
            for part in entry.values():
                if "word" in part and part["word"] not in self.form_words:
                    raise Problem(file.path, part.lines["word"], f"there is no form word “{part['word']}”")

    def _check_club(self, file: "PageFile") -> None:
        """Check that a club stands in a list, can be reached, and is for people in municipalities that exist."""
        if file.kind != "club":
            return
        if f"{file.data['parent']}/{CLUBS_SLUG}" not in self.pages:
            reason = f"“{file.data['parent']}” has no list of clubs to stand in: a file of the kind “clubs”"
            raise Problem(file.path, file.data.lines["parent"], reason)
        place = _root(file)
        for item in place.get("also_in", []):
            if item.value == file.data["parent"] or (PARENTS["club"], item.value) not in self.slugs:
                item.refuse(f"names no other municipality: “{item.value}”")
        kinds = {self.facts[item.value]["kind"] for item in place["contacts"] if item.value in self.facts}
        if kinds.difference(CONTACT_KINDS) or not kinds.intersection(REACHABLE):
            reason = "“contacts” needs a phone number, an e-mail address or a link, and besides these only addresses"
            raise Problem(file.path, file.data.lines["contacts"], reason)

    @property
    def pages_below_home(self) -> dict[str, "PageFile"]:
        """Return the sections and municipalities by slug."""
        return {file.slug: file for file in self.content.pages if file.kind not in {"home", *PARENTS}}

    def _check_texts(self, file: "PageFile") -> None:
        municipality = file.data.get("parent") if file.kind in OF_A_MUNICIPALITY else file.slug
        for text, line in texts(file.data):
            for prefix, key in citations(text[DANISH]):
                if key not in (self.terms if prefix else self.facts):
                    raise Problem(file.path, line, f"there is no {'term' if prefix else 'fact'} “{key}”")
            for target in link_targets(text[DANISH]):
                if target not in self.pages:
                    raise Problem(file.path, line, f"there is no page “{target}”")
                if "/" in target and municipality != target.split("/", 1)[0]:
                    raise Problem(
                        file.path, line, f"“{target}” belongs to a municipality: only its own pages link to it"
                    )

    def _check_facts(self, file: "PageFile") -> None:
        for place in named_facts(file):
            fact, kind = self.facts.get(place.value), KINDS_OF_FACTS.get(place.name)
            if fact is None:
                raise Problem(place.path, place.line, f"there is no fact “{place.value}”")
            if place.name == "places" and not fact["municipality"]:
                place.refuse(f"needs facts of a municipality; “{place.value}” holds everywhere")
            if kind and fact["kind"] != kind:
                place.refuse(f"needs facts of the kind {kind}; “{place.value}” is of the kind {fact['kind']}")

    def _check_guides(self, file: "PageFile") -> None:
        place = _root(file)
        named = [item for name in ("related", "guide", "featured", "page") for item in place.get(name, [])]
        for item in named:
            target = self.pages.get(item.value)
            offered = TARGETS.get((file.kind, item.name))
            if target is None or (offered and target.kind not in offered):
                raise Problem(item.path, item.line, f"there is no {' or '.join(offered or ['guide'])} “{item.value}”")
            if target is file:
                item.refuse("names this very page")
        for item in place.get("topics", []):
            if ("situation", item.value) not in self.slugs:
                item.refuse(f"names no life situation: “{item.value}”")
        if file.kind == "note":
            other = self.notes.setdefault((file.data["parent"], file.data["guide"]), file)
            if other is not file:
                reason = f"{other.name} is this municipality’s note on “{file.data['guide']}” already"
                raise Problem(file.path, file.data.lines["guide"], reason)

    def _check_bet(self, bet: Mapping) -> None:
        """Check what a best bet leads to: a fact, and a page that is for everybody."""
        fields = {name: Place(self.content.bets_path, bet.lines[name], name, bet[name]) for name in bet}
        if "fact" in fields and bet["fact"] not in self.facts:
            fields["fact"].refuse(f"names no fact: “{bet['fact']}”")
        if "page" in fields:
            target = self.pages.get(bet["page"])
            if target is None:
                fields["page"].refuse(f"names no page: “{bet['page']}”")
            if target.kind in {"municipality", *OF_A_MUNICIPALITY}:
                fields["page"].refuse("belongs to one municipality: everybody else would be led away from theirs")

    def _check_synonyms(self) -> None:
        """Check that no word that people type leads to two concepts."""
        seen: dict[tuple[str, str], int] = {}
        for concept in self.content.synonyms:
            for language, word, line in typed_words(concept):
                if (language, word.casefold()) in seen:
                    reason = f"“{word}” stands in “{language}” on line {seen[language, word.casefold()]} already"
                    raise Problem(self.content.synonyms_path, line, reason)
                seen[language, word.casefold()] = line


def _root(file: "PageFile") -> dict[str, list[Place]]:
    """Return the lists of a page file, its single names as lists of one, and the pages of its steps."""
    found = {}
    for name, value in file.data.items():
        place = Place(file.path, file.data.lines[name], name, value)
        if name in {"deadlines", "sources", "places", "related", "featured", "topics", "contacts", "also_in"}:
            found[name] = place.items()
        elif name in {"authority", "guide", "file"}:
            found[name] = [place]
        elif name == "steps":
            found["page"] = [
                Place(file.path, step.lines["page"], "page", step["page"]) for step in value if "page" in step
            ]
    return found


def named_facts(file: "PageFile") -> Iterator[Place]:
    """Yield the facts that a page names in lists and cards."""
    root = _root(file)
    for name in (*KINDS_OF_FACTS, "places", "contacts"):
        yield from root.get(name, [])
    for block in file.data.get("body", []):
        for content in block.values():
            if "facts" in content:
                yield from Place(file.path, content.lines["facts"], "facts", content["facts"]).items()
