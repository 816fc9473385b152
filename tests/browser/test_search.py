"""The search field and the search page in a real browser: by keyboard, for screen readers, on small screens, without script."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.layout import enlarge_text, problems
from tests.browser.pages import DESKTOP, KINDS, NARROWEST, PHONE, OpenContext, Site
from tests.browser.test_accessibility import GOOD_HABITS, LAW, violations
from tests.browser.test_keyboard import read_with_tab
from tests.browser.test_privacy_and_weight import NOTHING, WHAT_IS_KEPT
from tests.conftest import LANGUAGES, run_command

pytestmark = [pytest.mark.browser, pytest.mark.starter]

TYPED = {"da": "skatte", "en": "tax", "de": "steuer", "pl": "podat", "ru": "налог"}
"""The beginning of a word that many titles have, by language."""
URGENT = {"da": "trafikulykke", "pl": "pożar w domu", "ru": "пожар"}
NOTHING_FOUND = "xqzwvk"
FIND = pytest.mark.parametrize("language", ["da", "pl", "ru"])


def field(page: Page) -> Locator:
    """Return the field in which one types."""
    return page.locator("form[role=search] input[name=q]")


def options(page: Page) -> Locator:
    """Return the suggestions that are shown."""
    return page.locator("[role=listbox] [role=option]:visible")


def chosen(page: Page) -> Locator:
    """Return the suggestion that a screen reader is told to be the chosen one."""
    return page.locator(f"[id='{field(page).get_attribute('aria-activedescendant')}']")


def type_in(page: Page, text: str) -> None:
    """Type into the field, and wait for its suggestions."""
    field(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()


def search(site: Site, language: str, text: str, rest: str = "search/") -> str:
    """Return the address of the results for a text."""
    return site.url(language, f"{rest}?q={quote(text)}")


# The field by keyboard --------------------------------------------------------------------------------------------------


@FIND
@pytest.mark.parametrize("rest", ["", KINDS["guide with a local note"], "search/"])
def test_the_field_is_a_combobox_in_the_hands_of_the_keyboard(
    language: str, rest: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(site.url(language, rest))
    combobox = page.get_by_role("combobox")
    expect(combobox).to_have_count(1)
    combobox.focus()
    expect(combobox).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("id => document.getElementById(id).role", combobox.get_attribute("aria-controls")) == "listbox"
    type_in(page, TYPED[language])
    expect(combobox).to_have_attribute("aria-expanded", "true")
    assert combobox.get_attribute("aria-activedescendant") is None, "nothing is chosen before the reader chooses"

    count = options(page).count()
    assert count > 1
    for number in range(count):
        page.keyboard.press("ArrowDown")
        assert chosen(page).inner_text() == options(page).nth(number).inner_text()
        expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
        expect(chosen(page)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert combobox.get_attribute("aria-activedescendant") is None, "behind the last one comes the text itself"
    page.keyboard.press("ArrowUp")
    assert chosen(page).inner_text() == options(page).last.inner_text()
    assert combobox.input_value() == TYPED[language]
    assert page.evaluate("document.activeElement.name") == "q", "the keyboard stays in the field"


@FIND
def test_escape_closes_the_list_and_keeps_the_text(language: str, site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url(language))
    type_in(page, TYPED[language])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value(TYPED[language])
    page.wait_for_timeout(400)
    expect(options(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()


@FIND
def test_enter_asks_for_the_text_or_opens_what_was_chosen(language: str, site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url(language, "herning/"))
    type_in(page, TYPED[language])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == search(site, language, TYPED[language], "herning/search/")
    field(page).fill("")
    type_in(page, TYPED[language])
    page.keyboard.press("ArrowDown")
    title = chosen(page).inner_text()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path.startswith(f"/{language}/herning/")
    assert "/search/" not in page.url
    assert title in page.locator("main").inner_text()


def test_home_and_end_move_in_the_text_and_typing_on_lets_the_choice_go(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("da"))
    type_in(page, "skatte")
    where = "document.activeElement.selectionStart"
    for key, place in (("Home", 0), ("End", 6), ("ArrowLeft", 5), ("ArrowRight", 6)):
        page.keyboard.press("ArrowDown")
        assert field(page).get_attribute("aria-activedescendant")
        page.keyboard.press(key)
        assert page.evaluate(where) == place, key
        assert field(page).get_attribute("aria-activedescendant") is None, key
    page.keyboard.press("ArrowDown")
    page.keyboard.type("k")
    assert field(page).get_attribute("aria-activedescendant") is None
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == search(site, "da", "skattek")


def test_suggestions_come_from_typing_two_letters_and_not_from_being_there(
    site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest/" in request.url else None)
    page.goto(search(site, "da", "skat"))
    field(page).focus()
    field(page).fill("s")
    page.wait_for_timeout(500)
    assert asked == []
    expect(options(page)).to_have_count(0)
    field(page).press_sequentially("katte", delay=20)
    expect(options(page).first).to_be_visible()
    assert len(asked) < 4, "one question for letters that follow quickly"
    assert urlsplit(asked[-1]).query.endswith("q=skatte")


def test_leaving_the_field_closes_the_list_and_changes_nothing(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl"))
    type_in(page, "podat")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    assert page.url == site.url("pl")
    expect(field(page)).to_have_value("podat")


def test_a_finger_or_a_mouse_opens_a_suggestion(site: Site, open_context: OpenContext) -> None:
    page = open_context(has_touch=True).new_page()
    page.goto(site.url("pl"))
    type_in(page, "podat")
    with page.expect_navigation():
        options(page).last.tap()
    assert "/search/" not in page.url


def test_an_answer_that_comes_late_takes_the_place_of_no_later_one(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()

    def wait_with_the_first(route: Route) -> None:
        if route.request.url.endswith("q=sk"):
            page.wait_for_timeout(900)
        route.continue_()

    page.goto(site.url("da"))
    page.route("**/api/suggest/**", wait_with_the_first)
    field(page).press_sequentially("sk")
    page.wait_for_timeout(250)
    field(page).fill("sundheds")
    expect(options(page).filter(has_text=re.compile("sundheds", re.IGNORECASE)).first).to_be_visible()
    page.wait_for_timeout(1200)
    assert options(page).filter(has_text=re.compile("sundheds", re.IGNORECASE)).count() > 0


def test_without_an_answer_the_field_is_a_plain_field(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("da"))
    page.route("**/api/suggest/**", lambda route: route.abort())
    field(page).press_sequentially("skat")
    page.wait_for_timeout(500)
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == search(site, "da", "skat")


# The field for screen readers -------------------------------------------------------------------------------------------


@FIND
def test_the_number_of_suggestions_is_announced_in_the_language_of_the_page(
    language: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(site.url(language))
    announcement = page.locator("form[role=search] [role=status]")
    expect(announcement).to_be_empty()
    type_in(page, TYPED[language])
    counts = page.locator("form[role=search]").get_attribute("data-counts") or ""
    expect(announcement).to_have_text(counts.split("|")[options(page).count()])
    field(page).fill("xqzwvkxq")
    expect(announcement).to_have_text(counts.split("|")[0])
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    assert page.get_by_role("search").count() == 1
    assert (field(page).get_attribute("aria-label") or page.locator("label").inner_text()).strip()


UPDATE = "from portal.search.updates import run_updates; run_updates(everything=True)"
ADD = f"""
from portal.facts.models import GlossaryTerm
GlossaryTerm.objects.create(key="podatek-dansk", word={{"da": "Podatlag"}}, meaning={{"da": "Kun på dansk."}})
{UPDATE}
"""
REMOVE = f"""
from portal.facts.models import GlossaryTerm
GlossaryTerm.objects.get(key="podatek-dansk").delete()
{UPDATE}
"""


@pytest.fixture
def only_in_danish(starter_database: str) -> Iterator[str]:
    """A Danish word that nobody has translated, and which begins like a Polish one."""
    run_command("shell", "-v0", "-c", ADD, database=starter_database, PYTHONPATH="site:.")
    yield "Podatlag"
    run_command("shell", "-v0", "-c", REMOVE, database=starter_database, PYTHONPATH="site:.")


def test_a_suggestion_in_danish_is_spoken_as_danish_and_says_so(
    site: Site, open_context: OpenContext, only_in_danish: str
) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl"))
    type_in(page, "podat")
    assert options(page).locator("[lang]").count() == 0, "Polish words enough"
    type_in(page, "lag")
    danish = options(page).filter(has_text=only_in_danish)
    expect(danish.locator("[lang=da]")).to_have_text(only_in_danish)
    expect(danish.locator("small")).to_have_text("(po duńsku)")
    assert danish.locator("small").evaluate("element => element.closest('[lang]').lang") == "pl"


# What machines can find -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_search_page_on_a_phone(
    language: str, site: Site, open_context: OpenContext, axe_script: str
) -> None:
    page = open_context(viewport=PHONE).new_page()
    texts = [TYPED[language], NOTHING_FOUND, *filter(None, [URGENT.get(language)])]
    addresses = [site.url(language, "search/"), *(search(site, language, text) for text in texts)]
    for address in [*addresses, search(site, language, TYPED[language], "herning/search/")]:
        page.goto(address)
        assert violations(page, axe_script, LAW + GOOD_HABITS) == [], address
    page.goto(site.url(language, "search/"))
    type_in(page, TYPED[language])
    page.keyboard.press("ArrowDown")
    assert violations(page, axe_script, LAW + GOOD_HABITS) == [], "with suggestions"


def test_html_of_the_search_page_is_valid(
    site: Site, open_context: OpenContext, html_checker: list[str], tmp_path: Path
):
    request = open_context().request
    for language in LANGUAGES:
        for number, text in enumerate(["", TYPED[language], NOTHING_FOUND, "112", "steurkarte", "<b>&amp;\"'"]):
            for place in ("", "herning/"):
                answer = request.get(search(site, language, text, f"{place}search/"))
                assert answer.status == 200
                (tmp_path / f"{language}{number}{place.strip('/')}.html").write_text(answer.text())
    result = subprocess.run(
        [*html_checker, "--format", "json", "--errors-only", "--skip-non-html", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found = {(Path(message["url"]).stem, message["message"]) for message in json.loads(result.stderr)["messages"]}
    assert found == set()


# Small screens and large text -------------------------------------------------------------------------------------------


def outside_fields(page: Page) -> list[str]:
    """Return what is cut off, but for what a reader typed: a field scrolls a text that is longer than itself."""
    return [problem for problem in problems(page) if "<input" not in problem]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_on_the_narrowest_phone_or_at_twice_the_size(
    language: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context(viewport=NARROWEST).new_page()
    found = {}
    for text in ("", TYPED[language], NOTHING_FOUND, URGENT.get(language, "112"), "q" * 200):
        page.set_viewport_size(NARROWEST)
        page.goto(search(site, language, text))
        found[text, "320 px"] = outside_fields(page)
        page.set_viewport_size(PHONE)
        enlarge_text(page, 2)
        found[text, "200 %"] = outside_fields(page)
    for size, factor in ((NARROWEST, 1), (PHONE, 2), (DESKTOP, 2)):
        page.set_viewport_size(size)
        page.goto(site.url(language, KINDS["shared guide"]))
        enlarge_text(page, factor)
        type_in(page, TYPED[language])
        page.keyboard.press("ArrowUp")
        box, wide = chosen(page).bounding_box(), page.evaluate("document.documentElement.clientWidth")
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= wide, f"the suggestions are wider than {size}"
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
    assert not any(found.values()), {key: lines for key, lines in found.items() if lines}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "wide screen"])
def test_tab_reaches_everything_on_the_page_of_results_in_order(
    viewport: dict, site: Site, open_context: OpenContext
) -> None:
    page = open_context(viewport=viewport, reduced_motion="reduce").new_page()
    page.goto(search(site, "pl", TYPED["pl"]))
    steps = read_with_tab(page)
    assert [step["number"] for step in steps] == list(range(len(steps)))
    assert [step["name"] for step in steps if not step["framed"]] == []
    assert [step["name"] for step in steps if not step["seen"]] == []


# Without script, without traces -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_reader_finds_narrows_and_turns_the_page(
    language: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(site.url(language, "herning/"))
    field(page).fill(TYPED[language])
    page.locator("form[role=search] button").click()
    assert page.url == search(site, language, TYPED[language], "herning/search/")
    results = page.locator("ol.results > li")
    expect(results.nth(1)).to_be_visible()
    with page.expect_navigation():
        page.locator("ul.choices a").nth(1).click()
    expect(page.locator("ul.choices a").nth(1)).to_have_attribute("aria-current", "true")
    expect(results.first).to_be_visible()
    with page.expect_navigation():
        results.first.locator("h2 a").click()
    assert f"/{language}/herning/" in page.url


def test_a_number_to_call_is_the_first_thing_on_a_phone(site: Site, open_context: OpenContext) -> None:
    page = open_context(viewport=PHONE).new_page()
    for language, text in URGENT.items():
        page.goto(search(site, language, text))
        number = page.locator("main a[href^='tel:']").first
        box = number.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], "without scrolling"
        assert number.evaluate("element => element.closest('.alarm') !== null")


def test_searching_leaves_nothing_behind_and_asks_no_other_host(site: Site, open_context: OpenContext) -> None:
    context = open_context()
    hosts, complaints = set(), []
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = context.new_page()
    page.goto(site.url("pl"))
    type_in(page, "podat")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("ol.results a").first.click()
    assert page.evaluate(WHAT_IS_KEPT) == NOTHING
    assert context.cookies() == []
    assert hosts == {urlsplit(site.server).netloc}
    assert complaints == []


def test_a_search_is_counted_when_its_results_are_seen_and_when_one_is_opened(
    site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(site.url("da"))
    with page.expect_response("**/api/search/seen") as seen:
        page.goto(search(site, "da", "skattekort"))
    assert (seen.value.request.method, seen.value.status) == ("POST", 204)
    assert seen.value.request.post_data == page.locator("[data-token]").get_attribute("data-token")
    assert "cookie" not in seen.value.request.all_headers()
    # The browser leaves the page before the answer to this one comes; what the server answers is tested without a browser.
    with page.expect_request("**/api/search/click") as opened:
        page.locator("ol.results h2 a").first.click()
    assert opened.value.method == "POST"
