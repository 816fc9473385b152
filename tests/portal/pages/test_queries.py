"""How many questions a page asks the database: few, and as many for a thousand guides as for ten."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from portal.municipalities.models import MunicipalityPage
from tests.factories import add_page, block, in_language, link, make_fact, make_term, publish, translate
from tests.portal.pages.reading import CPR
from welcome_pages.models import GuidePage, LocalPage

pytestmark = pytest.mark.django_db

BUDGETS = {
    CPR: 14,
    f"herning/{CPR}": 14,
    f"holstebro/{CPR}": 14,
    "herning/": 18,
    "holstebro/": 18,
    "": 18,
}
OTHERS = [
    "guide/",
    "herning/guide/",
    "guide/ankomst/",
    "herning/guide/ankomst/",
    "herning/sprogcenter/",
    "om/",
    "nope/",
    "herning/nope/",
]
SMALL, LARGE = 10, 1000
NAMED = 100
"""How many guides, facts and terms a single page names at most."""


@pytest.fixture
def count(client) -> Callable[[str], int]:
    """Count the queries of an address with Django's cache empty; what a process keeps in memory was read before."""

    def queries(address: str) -> int:
        first = client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            again = client.get(address)
        assert first.status_code == again.status_code == (404 if "nope" in address else 200)
        return len(captured)

    return queries


def grow(tree, start: int, end: int) -> None:
    """Add guides and local pages up to a number, in Danish and as Polish aliases, and name a hundred of them.

    The guide "CPR" and Herning link to them and cite a fact and a term for each.
    """
    models = {"emne": (GuidePage, tree.tax, tree.arrival), "sted": (LocalPage, tree.language_centre, tree.herning)}
    for word, (model, example, parent) in models.items():
        danish = add_many(model, example, parent, "da", {f"{word}-{number}": {} for number in range(start, end)})
        aliases = {page.slug: {"translation_key": page.translation_key, "alias_of_id": page.pk} for page in danish}
        add_many(model, in_language(example, "pl"), in_language(parent, "pl"), "pl", aliases)
    named = min(end, NAMED)
    for number in range(start, named):
        make_fact(f"fact-{number}")
        make_term(f"term-{number}", f"ord {number}")
    slugs = [f"emne-{number}" for number in range(named)]
    guides = list(GuidePage.objects.filter(slug__in=slugs, locale=tree.locales["da"]))
    text = "".join(
        f"<p>{link(guide)} [[fact-{number}]] [[term:term-{number}|ord]]</p>" for number, guide in enumerate(guides)
    )
    facts = [block("item", f"fact-{number}", f"f{number}") for number in range(named)]
    contact = block("contact", {"heading": "Ring", "facts": facts}, "c1")
    cpr = GuidePage.objects.get(pk=tree.cpr.pk)
    cpr.body = [("section", {"heading": "Alt", "text": text})]
    cpr.related = [("guide", guide) for guide in guides]
    publish(cpr)
    municipality = MunicipalityPage.objects.get(pk=tree.herning.pk)
    municipality.main_contact = [contact]
    municipality.body = [block("section", {"heading": "Alt", "text": text}, "s1")]
    publish(municipality)
    for language in ("da", "pl"):
        home = in_language(tree.home, language)
        home.featured = [("page", guide) for guide in guides]
        publish(home)
    for page in (tree.cpr, tree.note, tree.herning):
        translate(page, "pl")


def add_many(model, example, parent, language: str, pages: dict[str, dict[str, Any]]) -> list[Page]:
    """Add published pages by slug, as copies of another one, in three statements: a form would take a second for each."""
    parent = Page.objects.get(pk=parent.pk)
    first = parent.numchild + 1
    rows = [
        Page(
            title=slug.replace("-", " ").capitalize(),
            draft_title=slug,
            slug=slug,
            path=Page._get_path(parent.path, parent.depth + 1, first + place),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            content_type_id=example.content_type_id,
            locale=Locale.objects.get(language_code=language),
            live=True,
            **{"translation_key": uuid.uuid4(), **fields},
        )
        for place, (slug, fields) in enumerate(pages.items())
    ]
    made = Page.objects.bulk_create(rows, batch_size=100)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(made))
    columns = ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields if not field.primary_key)
    values = ", ".join("%s" if name == '"key"' else name for name in columns.split(", "))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} (page_ptr_id, {columns}) "
            f"SELECT %s, {values} FROM {model._meta.db_table} WHERE page_ptr_id = %s",
            [[page.pk, *([f"T9-{page.slug}"] if "%s" in values else []), example.pk] for page in made],
        )
    return made


@pytest.fixture
def full(tree):
    """The small site with ten of everything and real Polish pages."""
    for key in ("emergency", "doctor"):
        make_fact(key, in_footer=1 if key == "emergency" else 2)
    make_fact("authority", "Borgerservice", kind="text")
    cpr = GuidePage.objects.get(pk=tree.cpr.pk)
    cpr.authority_id = "authority"
    cpr.sources = [block("fact", "doctor", "s1")]
    cpr.deadlines = [block("fact", "emergency", "d1")]
    publish(cpr)
    grow(tree, 0, SMALL)
    return tree


@pytest.mark.parametrize("language", ["da", "pl", "ru"])
def test_pages_keep_to_their_budget(full, count, language):
    for path, budget in BUDGETS.items():
        assert count(f"/{language}/{path}") <= budget, path


def test_a_thousand_guides_cost_no_more_queries_than_ten(full, count):
    addresses = [f"/{language}/{path}" for language in ("da", "pl") for path in [*BUDGETS, *OTHERS]]
    few = {address: count(address) for address in addresses}
    grow(full, SMALL, LARGE)
    assert {address: count(address) for address in addresses} == few
    for path, budget in BUDGETS.items():
        assert few[f"/pl/{path}"] <= budget, path


def test_twenty_municipalities_cost_no_more_queries_than_two(tree, count):
    addresses = [f"/da/{path}" for path in [*BUDGETS, *OTHERS]]
    few = {address: count(address) for address in addresses}
    for number in range(18):
        add_page(tree.home, MunicipalityPage, f"by-{number}", name=f"By {number}")
    assert {address: count(address) for address in addresses} == few


def test_looking_deep_in_the_tree_costs_no_more_than_looking_at_the_top(tree, count):
    """Wagtail's own routing asks twice per level, and twice more inside a municipality."""
    assert count(f"/da/herning/{CPR}nope/") == count("/da/herning/guide/nope/") == count("/da/herning/nope/")
    assert count(f"/da/{CPR}nope/") == count("/da/guide/nope/")
