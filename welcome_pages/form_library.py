"""What the form library shows for an address: the forms that fit, by the moment one needs them, and the filters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.facts import register
from portal.facts.rendering import plain_value
from portal.facts.rows import FactRow
from portal.pages.link_scope import LinkScope

from .choices import Audience, Moment
from .filters import Filter, Option, chosen_value
from .listings import STATE, row_language
from .models import FormPage, SituationPage

FILTERS = ("who", "topic", "authority", "m")
LEGENDS = {"who": _("Who I am"), "topic": _("Life situation"), "authority": _("Authority"), "m": _("Show places of")}


class FormRow(NamedTuple):
    """One form as the database has it."""

    url_path: str
    title: str
    summary: str
    key: str
    official_title: str
    number: str
    moment: str
    audiences: list[str]
    topics: list[str]
    authority: str
    alias_of: int | None
    is_untranslated: bool | None
    parts: dict[str, Any] | None

    @property
    def state(self) -> tuple[Any, ...]:
        """Return what tells in which language the texts are."""
        return self.alias_of, self.is_untranslated, self.parts

    def fits(self, name: str, value: str) -> bool:
        """Say whether one filter lets the form through. Every form holds in every municipality."""
        values = {"who": self.audiences, "topic": self.topics, "authority": [self.authority]}
        return not value or name not in values or value in values[name]


COLUMNS = (
    "url_path",
    "title",
    "summary",
    "key",
    "official_title",
    "number",
    "moment",
    "audiences",
    "topics",
    "authority_id",
    *STATE,
)


@dataclass(frozen=True)
class FormEntry:
    """One form in the list."""

    url: str
    title: str
    summary: str
    language: str
    """The language that the title is really in."""
    summary_language: str
    official_title: str
    number: str
    authority: FactRow | None


@dataclass
class FormGroup:
    """The forms of one moment."""

    moment: str
    title: str
    forms: list[FormEntry] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """The filters of one address."""

    who: str = ""
    topic: str = ""
    authority: str = ""
    m: str = ""

    def value(self, name: str) -> str:
        """Return what is asked for by one filter, "" for nothing."""
        return str(getattr(self, name))

    def query(self, **changes: str) -> str:
        """Return the query string of these filters with some of them changed, "" where nothing is asked."""
        asked = replace(self, **changes)
        pairs = [(name, asked.value(name)) for name in FILTERS if asked.value(name)]
        return f"?{urlencode(pairs)}" if pairs else ""

    def lets_through(self, row: FormRow) -> bool:
        """Say whether a form fits all filters."""
        return all(row.fits(name, self.value(name)) for name in FILTERS)


def parse(query: QueryDict, offered: Mapping[str, Collection[str]]) -> Asked:
    """Return what an address asks for. Raises BadRequest for values that the form does not offer."""
    return Asked(**{name: chosen_value(query, name, values) for name, values in offered.items()})


def library_context(request: HttpRequest, scope: LinkScope, path: str, url_path: str) -> dict[str, Any]:
    """Return what the template shows. Three queries: the forms, the life situations, the authorities."""
    rows = form_rows(path)
    situations = _situations(scope)
    authorities = list(dict.fromkeys(row.authority for row in rows))
    facts = register.current().want(*(row.summary for row in rows), facts=authorities).facts
    labels: dict[str, dict[str, tuple[str, str]]] = {
        "who": {value: (capfirst(str(label)), scope.language) for value, label in Audience.choices},
        "topic": situations,
        "authority": {
            key: (plain_value(fact, scope.language), fact.value_in(scope.language)[1])
            for key in authorities
            if (fact := facts.get(key))
        },
        "m": {row.slug: (row.title, scope.language_of(row)) for row in scope.municipalities},
    }
    asked = parse(request.GET, labels)
    here = scope.municipality.slug if scope.municipality else ""
    shown = [row for row in rows if asked.lets_through(row)]
    base = scope.path_for(url_path)
    return {
        "base_url": base,
        "filters": [
            _filter(name, labels[name], rows, asked) for name in FILTERS if labels[name] and (name != "m" or not here)
        ],
        "groups": _groups(shown, facts, scope, asked.m or here),
        "total": len(shown),
        "chips": [
            (base + asked.query(**{name: ""}), *labels[name][asked.value(name)])
            for name in FILTERS
            if asked.value(name)
        ],
    }


def form_rows(path: str) -> list[FormRow]:
    """Return the published forms below the library, in the order in which one needs them."""
    order = Moment.values
    found = FormPage.objects.filter(path__startswith=path, live=True).values_list(*COLUMNS)
    rows = [FormRow(*row) for row in found]
    return sorted(rows, key=lambda row: (order.index(row.moment) if row.moment in order else len(order), row.key))


def _situations(scope: LinkScope) -> dict[str, tuple[str, str]]:
    if scope.home is None:
        return {}
    pages = SituationPage.objects.filter(path__startswith=scope.home.path, live=True).order_by("path")
    return {
        slug: (title, row_language(scope, state)) for slug, title, *state in pages.values_list("slug", "title", *STATE)
    }


def _filter(name: str, labels: Mapping[str, tuple[str, str]], rows: list[FormRow], asked: Asked) -> Filter:
    """Return a filter with the number of forms that each choice would leave, the other filters being as they are."""
    others = [row for row in rows if replace(asked, **{name: ""}).lets_through(row)]
    options = []
    for value, (label, language) in labels.items():
        count = None if name == "m" else sum(row.fits(name, value) for row in others)
        if count == 0 and value != asked.value(name):
            continue
        options.append(Option(value, label, language, count, value == asked.value(name)))
    return Filter(name, str(LEGENDS[name]), options)


def _groups(
    rows: list[FormRow], facts: Mapping[str, FactRow | None], scope: LinkScope, municipality: str
) -> list[FormGroup]:
    groups: dict[str, FormGroup] = {}
    for row in rows:
        group = groups.setdefault(row.moment, FormGroup(row.moment, str(Moment(row.moment).label)))
        group.forms.append(
            FormEntry(
                url=scope.path_for(row.url_path, municipality),
                title=row.title,
                summary=row.summary,
                language=row_language(scope, row.state),
                summary_language=row_language(scope, row.state, "summary"),
                official_title=row.official_title,
                number=row.number,
                authority=facts.get(row.authority),
            )
        )
    return list(groups.values())
