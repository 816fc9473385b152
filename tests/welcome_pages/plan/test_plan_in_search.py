"""Every step of the plan is found by its words in the reader's language, and leads to a page that shows it."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.facts.models import Fact
from portal.search.documents import Kind
from portal.search.models import SearchDocument
from portal.search.updates import run_updates
from tests.factories import translate
from tests.portal.search.documents import find
from welcome_pages.models import PlanPage
from welcome_pages.plan import search
from welcome_pages.plan.texts import shipped

LANGUAGES = ("da", "en", "de", "pl", "ru")

pytestmark = pytest.mark.django_db


@pytest.fixture
def everywhere(plan_page, commits) -> PlanPage:
    """The plan with a text of its own in every language, as the search knows it."""
    for language in LANGUAGES[1:]:
        translate(plan_page, language)
    run_updates()
    return plan_page


def steps() -> list[SearchDocument]:
    """Return the steps that can be found."""
    return list(SearchDocument.objects.filter(kind=Kind.PLAN).order_by("language", "key"))


def soup_of(client, address: str) -> BeautifulSoup:
    """Return the page at an address."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content.decode(), "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_is_found_by_its_name_and_leads_to_a_page_that_shows_it(client, everywhere, language):
    rules, texts = shipped()
    for key in rules.steps:
        title = texts.step(key, "title", language).text
        hit = next(hit for hit in find(title, language).hits if hit.key == f"plan/{key}")
        assert (hit.kind, hit.language) == (Kind.PLAN, language)
        page = soup_of(client, f"/{language}/{hit.path}")
        assert page.select_one("h1").get_text() == title
        assert page.select_one("html")["lang"] == language


def test_a_step_is_found_by_why_one_takes_it_and_by_its_danish_name(everywhere):
    assert "plan/contract" in [hit.key for hit in find("płacy minimalnej", "pl").hits]
    danish = _danish_title("cpr")
    hit = next(hit for hit in find(danish, "ru").hits if hit.key == "plan/cpr")
    assert hit.language == "ru"
    assert hit.danish_title == danish


def test_a_step_has_the_names_of_all_other_languages_beside_it(everywhere):
    _rules, texts = shipped()
    polish = SearchDocument.objects.get(language="pl", key="plan/mitid")
    assert set(polish.other_titles) == {texts.step("mitid", "title", code).text for code in ("en", "de", "ru")}
    assert polish.danish_title == texts.step("mitid", "title", "da").text
    assert polish.summary == texts.step("mitid", "why", "pl").text
    assert texts.step("mitid", "why", "da").text in polish.danish_body


def test_the_search_page_calls_it_a_step_and_counts_steps(client, everywhere):
    page = soup_of(client, "/da/search/?q=cpr-nummer")
    result = next(row for row in page.select(".result") if row.select("a[href='/da/plan/trin/cpr/']"))
    assert "Trin i planen" in result.select_one(".result__about").get_text()
    assert page.select("a[href*='kind=plan']")
    only = soup_of(client, "/da/search/?q=cpr-nummer&kind=plan")
    assert {row.select_one(".result__about span").get_text() for row in only.select(".result")} == {"Trin i planen"}


def test_without_a_page_of_the_plan_there_are_no_steps(everywhere):
    assert {step.language for step in steps()} == set(LANGUAGES)
    PlanPage.objects.get(locale__language_code="pl").unpublish()
    run_updates()
    assert {step.language for step in steps()} == set(LANGUAGES) - {"pl"}
    PlanPage.objects.get(pk=everywhere.pk).unpublish()
    run_updates()
    assert not steps()


def test_where_the_page_is_still_danish_readers_get_the_danish_steps(plan_page, commits):
    run_updates()
    assert {step.language for step in steps()} == {"da"}
    hits = find("Få MitID", "pl").hits
    assert [hit.language for hit in hits if hit.key == "plan/mitid"] == ["da"]


def test_a_step_that_lacks_a_language_is_danish_for_its_readers(plan_page, commits, monkeypatch):
    rules, texts = shipped()
    monkeypatch.setattr(texts, "steps", {**texts.steps, "mitid": _without(texts.steps["mitid"], "pl")})
    translate(plan_page, "pl")
    run_updates()
    assert not SearchDocument.objects.filter(key="plan/mitid", language="pl").exists()
    assert "pl" in SearchDocument.objects.get(key="plan/mitid", language="da").missing_in
    assert SearchDocument.objects.filter(kind=Kind.PLAN, language="pl").count() == len(rules.steps) - 1


def test_a_page_of_a_step_that_lacks_a_language_shows_the_danish_as_danish(client, plan_page, monkeypatch):
    _rules, texts = shipped()
    monkeypatch.setattr(texts, "steps", {**texts.steps, "mitid": _without(texts.steps["mitid"], "pl")})
    heading = soup_of(client, "/pl/plan/trin/mitid/").select_one("h1")
    assert (heading.get_text(), heading["lang"]) == ("Få MitID", "da")


def _danish_title(key):
    _rules, texts = shipped()
    return texts.step(key, "title", "da").text


def _without(step, language):
    return {part: {code: words for code, words in text.items() if code != language} for part, text in step.items()}


def test_a_changed_fact_changes_the_step_that_cites_it(plan_page, commits):
    run_updates()
    before = SearchDocument.objects.get(key="plan/emergency", language="da").summary
    assert "112" in before
    fact = Fact.objects.get(pk="emergency-112")
    fact.value = "113"
    fact.save()
    run_updates()
    assert "113" in SearchDocument.objects.get(key="plan/emergency", language="da").summary


def test_changed_words_are_found_once_the_content_of_the_new_version_is_loaded(plan_page, commits, monkeypatch):
    rules, texts = shipped()
    changed = {**texts.steps["mitid"], "title": {"da": "Hent din eid"}}
    fewer = {key: step for key, step in rules.steps.items() if key != "car"}
    monkeypatch.setattr(texts, "steps", {**texts.steps, "mitid": changed})
    monkeypatch.setattr(search, "shipped", lambda: (type(rules)(rules.path, steps=fewer), texts))
    monkeypatch.setattr("portal.management.commands.load_starter_content.shipments", [])
    call_command("load_starter_content")
    assert SearchDocument.objects.get(key="plan/mitid", language="da").title == "Hent din eid"
    assert not SearchDocument.objects.filter(key="plan/car").exists()


# The pages ------------------------------------------------------------------------------------------------------------


def test_a_step_says_for_whom_and_leads_to_its_guide_and_to_other_steps(client, plan_page):
    page = soup_of(client, "/da/herning/plan/trin/cpr/")
    hrefs = {link["href"] for link in page.select("main a")}
    assert {"/da/herning/guide/ankomst/cpr-nummer/", "/da/herning/plan/", "/da/herning/plan/trin/mitid/"} <= hrefs
    text = page.select_one("main").get_text(" ", strip=True)
    assert "Mere end 3 måneder" in text
    assert "Herning" in page.select_one(".plan-step__facts").get_text()
    deadline = page.select_one(".plan-step__deadline").get_text(" ", strip=True)
    assert "5 dage" in deadline
    assert "opholdstilladelse" in deadline


def test_the_danish_stands_beside_and_every_address_is_of_the_step(client, plan_page):
    page = soup_of(client, "/pl/plan/trin/cpr/")
    assert page.select_one(".plan-step__danish")["lang"] == "da"
    assert page.select_one(".danish-title[lang=da]").get_text() == _danish_title("cpr")
    assert {link["href"] for link in page.select(".languages a")} == {f"/{code}/plan/trin/cpr/" for code in LANGUAGES}
    assert "/pl/herning/plan/trin/cpr/" in {link["href"] for link in page.select(".places a")}
    assert page.select_one("link[rel=canonical]")["href"].endswith("/pl/plan/trin/cpr/")


def test_all_steps_stand_in_a_list_that_the_plan_leads_to(client, plan_page):
    assert soup_of(client, "/de/plan/").select("main a[href='/de/plan/trin/']")
    page = soup_of(client, "/de/plan/trin/")
    rules, _texts = shipped()
    found = [link["href"] for link in page.select("main section a[href*='/trin/']")]
    assert sorted(found) == sorted(f"/de/plan/trin/{key}/" for key in rules.steps)


@pytest.mark.parametrize("key", ["nothing", "CPR", "cpr_", "%00", "x" * 300])
def test_a_step_that_does_not_exist_is_not_found(client, plan_page, key):
    assert client.get(f"/da/plan/trin/{key}/").status_code == 404


def test_the_number_of_queries_is_the_same_for_every_step(client, plan_page):
    counts = set()
    for address in (
        *("/da/plan/trin/", "/pl/plan/trin/emergency/", "/pl/plan/trin/cpr/", "/ru/plan/trin/mitid/"),
        *("/pl/herning/plan/trin/cpr/", "/da/herning/plan/trin/documents/"),
    ):
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.add(len(captured))
    assert max(counts) <= 14, counts
