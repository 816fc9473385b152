"""Facts and terms are read once per request, whatever their number, and nothing is remembered afterwards."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.facts import register
from portal.facts.models import Fact, GlossaryTerm
from portal.facts.rendering import cite
from tests.factories import add_page, block, make_fact, make_term, translate
from tests.portal.pages.reading import read
from tests.portal.small_site import make_small_site, section
from welcome_pages.models import GuidePage, LocalNotePage

pytestmark = pytest.mark.django_db


def queries_of(action):
    """Return the SQL that an action runs when everything that a process keeps for good is known already."""
    action()
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured]


def about(table, queries):
    return [sql for sql in queries if f'"{table}"' in sql or f" {table} " in sql]


def citing_sections(count):
    """Return sections that each cite a fact and a term of their own."""
    for number in range(count):
        make_fact(f"fact-{count}-{number}", f"7011{number:04}")
        make_term(f"term-{count}-{number}", f"Ord {number}")
    return [
        section(f"<p>[[fact-{count}-{n}]] om [[term:term-{count}-{n}]]</p>", f"b{n}", heading=f"[[fact-{count}-{n}]]")
        for n in range(count)
    ]


@pytest.fixture(params=[False, True], ids=["without emergency numbers", "with emergency numbers"])
def emergency_numbers(request):
    """Sites with and without facts in the footer, which are read in the same query."""
    if request.param:
        make_fact("police", "114", in_footer=2)
        make_fact("alarm", "112", in_footer=1)
    return request.param


# Queries --------------------------------------------------------------------------------------------------------------


def test_a_page_costs_the_same_with_one_and_with_twenty_citing_blocks(emergency_numbers):
    site = make_small_site(languages=())
    counts = {}
    for number in (1, 20):
        site.guide(f"side-{number}", *citing_sections(number))
        queries = queries_of(lambda number=number: read(Client(), f"/da/guide/sygdom/side-{number}/").text)
        counts[number] = len(queries)
        assert len(about("portal_fact", queries)) == 1
        assert len(about("portal_glossaryterm", queries)) == 1
    assert counts[1] == counts[20]


def test_cards_lists_texts_and_notes_share_one_query_for_facts(emergency_numbers):
    from portal.municipalities.models import MunicipalityPage

    site = make_small_site(languages=())
    for key in ["text", "card", "list", "authority", "note", "contact"]:
        make_fact(key, "Styrelsen", "text")
    item = {"type": "item", "value": "card", "id": "i1"}
    guide = site.guide(
        "laege",
        section("<p>[[text]]</p>"),
        block("contact", {"heading": "Kontakt", "facts": [item]}, "c1"),
        sources=[block("fact", "list", "f1")],
        authority_id="authority",
    )
    contact = block("contact", {"heading": "Spørg", "facts": [{"type": "item", "value": "contact", "id": "i2"}]}, "m1")
    herning = add_page(site.home, MunicipalityPage, "herning", name="Herning", main_contact=[contact])
    add_page(herning, LocalNotePage, "note-laege", guide=guide, body=[section("<p>[[note]]</p>", "n1")])
    path = "/da/herning/guide/sygdom/laege/"
    assert read(Client(), path).main_text.count("Styrelsen") == 6
    assert len(about("portal_fact", queries_of(lambda: read(Client(), path).text))) == 1


def test_a_page_that_cites_nothing_asks_for_no_term():
    make_small_site(languages=()).guide("laege", section("<p>Hej.</p>"))
    assert about("portal_glossaryterm", queries_of(lambda: read(Client(), "/da/guide/sygdom/laege/").text)) == []


def test_the_words_of_a_page_for_search_cost_two_queries_in_an_opened_register():
    page = make_small_site(languages=()).guide("laege", *citing_sections(20))

    def index():
        with register.opened():
            fresh = GuidePage.objects.get(pk=page.pk)
            register.current().want(*fresh.raw_texts())
            return fresh.search_text()

    queries = queries_of(index)
    assert (len(about("portal_fact", queries)), len(about("portal_glossaryterm", queries))) == (1, 1)


def test_a_key_that_does_not_exist_is_asked_for_once():
    def ask():
        with register.opened():
            for _time in range(5):
                cite("[[gone]] [[term:gone]]")

    assert len(queries_of(ask)) == 2


def test_only_what_is_wanted_is_read():
    for number in range(30):
        make_fact(f"fact-{number}")
    with register.opened() as found:
        found.want("[[fact-3]]", facts=["fact-7"])
        assert set(found.facts) == {"fact-3", "fact-7"}


# Nothing is remembered ------------------------------------------------------------------------------------------------


def test_the_next_request_sees_a_changed_value():
    make_fact("doctor", "70 11 31 31")
    make_term("cpr", "CPR-nummer", meaning={"da": "Dit nummer."})
    make_small_site(languages=()).guide("laege", section("<p>[[doctor]] [[term:cpr]]</p>"))
    browser, path = Client(), "/da/guide/sygdom/laege/"
    assert "70 11 31 31" in read(browser, path).main_text
    Fact.objects.filter(pk="doctor").update(value="70 22 22 22")
    GlossaryTerm.objects.filter(pk="cpr").update(meaning={"da": "Ti cifre."})
    text = read(browser, path).main_text
    assert "70 22 22 22" in text
    assert "Ti cifre." in text
    assert "70 11 31 31" not in text


def test_the_next_request_sees_a_new_emergency_number():
    make_small_site(languages=())
    assert "112" not in read(Client(), "/da/").text
    make_fact("alarm", "112", in_footer=1)
    assert "112" in read(Client(), "/da/").soup.footer.get_text()


def test_emergency_numbers_stand_in_their_order():
    make_small_site(languages=())
    make_fact("aaa", "114", in_footer=2)
    make_fact("bbb", "112", in_footer=1)
    make_fact("ccc", "1813")
    assert [link["href"] for link in read(Client(), "/da/").soup.footer.select("dd a")] == ["tel:112", "tel:114"]


def test_outside_a_request_every_look_is_a_new_one():
    make_fact("doctor", "70 11 31 31")
    assert "70 11 31 31" in cite("[[doctor]]")
    Fact.objects.filter(pk="doctor").update(value="70 22 22 22")
    assert "70 22 22 22" in cite("[[doctor]]")


def test_inside_a_request_every_look_is_the_same_one():
    make_fact("doctor", "70 11 31 31")
    with register.opened():
        first = cite("[[doctor]]")
        Fact.objects.filter(pk="doctor").update(value="70 22 22 22")
        assert cite("[[doctor]]") == first
    assert "70 22 22 22" in cite("[[doctor]]")


def test_a_request_that_fails_leaves_nothing_behind():
    class BreakdownError(Exception):
        pass

    def break_down():
        with register.opened() as found:
            seen.append(found.want("[[doctor]]"))
            raise BreakdownError

    seen = []
    make_fact("doctor", "70 11 31 31")
    with pytest.raises(BreakdownError):
        break_down()
    assert seen[0].facts["doctor"].value == "70 11 31 31"
    assert register.current() is not seen[0]
    assert register.current().facts == {}


def test_another_thread_has_a_register_of_its_own():
    seen = []
    with register.opened() as mine:
        thread = threading.Thread(target=lambda: seen.append(register.current()))
        thread.start()
        thread.join()
        assert register.current() is mine
    assert seen[0] is not mine


# Notes inside guides --------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["da", "pl"])
def test_every_term_of_a_guide_with_a_note_has_a_popover_of_its_own(language):
    from portal.municipalities.models import MunicipalityPage

    site = make_small_site()
    make_term("cpr", "CPR-nummer")
    guide = site.guide(
        "laege",
        section("<p>[[term:cpr]] og [[term:cpr]]</p>", "b1"),
        section("<p>[[term:cpr]]</p>", "b2"),
        what_to_bring="<p>[[term:cpr]]</p>",
        how_it_goes="<p>x</p>",
        what_happens_next="<p>[[term:cpr]]</p>",
        is_procedure=True,
        summary="Om [[term:cpr]]",
    )
    herning = add_page(site.home, MunicipalityPage, "herning", name="Herning")
    note = add_page(herning, LocalNotePage, "note-laege", guide=guide, body=[section("<p>[[term:cpr]]</p>", "n1")])
    for page in (guide, herning, note):
        translate(page, "pl")
    soup = read(Client(), f"/{language}/herning/guide/sygdom/laege/").soup
    ids = [element["id"] for element in soup.find_all(id=True)]
    popovers = [element["id"] for element in soup.select("[popover]")]
    assert len(popovers) == 7
    assert len(ids) == len(set(ids)), "an id stands twice"
    assert sorted(button["popovertarget"] for button in soup.select("button[popovertarget]")) == sorted(popovers)
