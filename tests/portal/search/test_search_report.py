"""The report of searches without an answer, the two clicks from it to a remedy, and who may follow them."""

from typing import Any

from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from portal.search.learning import first_of_month
from portal.search.models import BestBet, SearchCount, SearchSynonym
from portal.search.remembered import forget_everything
from tests.factories import make_fact
from tests.portal.role_fixtures import RoleSite, build_role_site

from .documents import keys, make_document, put

REPORT = "/admin/reports/unanswered-searches/"

# Everybody but "nobody" is in a role of docs/editors.md; editors and publishers are Herning's.
EXPECTED = {
    "editors": "report synonym-add synonym-change",
    "publishers": "report synonym-add synonym-change",
    "translators": "report synonym-add synonym-change synonym-delete bet-add bet-change",
    "administrators": "report synonym-add synonym-change synonym-delete bet-add bet-change bet-delete",
    "nobody": "",
}


def count(question: str, searches: int = 5, language: str = "da", months_ago: int = 0, **values: int) -> None:
    SearchCount.objects.create(
        month=first_of_month(timezone.localdate(), months_ago),
        language=language,
        question=question,
        searches=searches,
        **values,
    )


def url(model: type, view: str, *arguments: Any) -> str:
    return reverse(f"wagtailsnippets_portal_{model._meta.model_name}:{view}", args=arguments)


class ReportTestCase(TestCase):
    """One person of every role."""

    site: RoleSite

    @classmethod
    def setUpTestData(cls) -> None:
        cls.site = build_role_site()

    def setUp(self) -> None:
        forget_everything()
        self.addCleanup(forget_everything)

    def browser(self, role: str = "administrators") -> Client:
        client = Client()
        client.force_login(self.site.people[role])
        return client

    def rows(self, query: str = "", role: str = "administrators") -> list[list[str]]:
        """Return the cells of the table as text, without the buttons."""
        html = BeautifulSoup(self.browser(role).get(f"{REPORT}?{query}").content, "html.parser")
        return [
            [" ".join(cell.get_text().split()) for cell in row.find_all("td")[:-1]]
            for row in html.select("table.listing tbody tr")
        ]

    def links(self, role: str = "administrators") -> list[str]:
        """Return where the buttons of the table lead."""
        html = BeautifulSoup(self.browser(role).get(REPORT).content, "html.parser")
        return [link["href"] for link in html.select("table.listing tbody a.button")]

    def save(self, role: str, address: str, **changes: Any) -> int:
        """Open a form, press its save button, and return the status of the answer."""
        html = self.browser().get(address).content.decode()
        forms = (querydict_from_html(html, form_index=number).dict() for number in range(html.count("<form")))
        form = next(form for form in forms if {"typed", "key"} & form.keys())
        return self.browser(role).post(address.partition("?")[0], {**form, **changes}).status_code


class ReportTests(ReportTestCase):
    """What stands in the report."""

    def test_the_worst_stands_first_with_the_sums_of_all_months(self) -> None:
        count("bolig", 9, with_click=6)
        count("xyz", 3, without_result=3)
        count("xyz", 2, months_ago=1, without_result=2)
        count("kasse", 5, without_result=1)
        count("zasiłek", 4, "pl", without_result=4)
        assert self.rows() == [
            ["xyz", "Dansk", "5", "5", "5"],
            ["kasse", "Dansk", "5", "1", "5"],
            ["zasiłek", "Polski", "4", "4", "4"],
            ["bolig", "Dansk", "9", "0", "3"],
        ]

    def test_rare_and_answered_questions_are_not_shown(self) -> None:
        count("jens hansen", 2, without_result=2)
        count("jens hansen", 2, "en", without_result=2)
        count("skattekort", 9, with_click=9)
        count("mitid", 3, with_click=5)
        assert self.rows() == []

    def test_a_question_that_is_rare_each_month_is_shown_once_it_is_not_rare_in_all(self) -> None:
        count("hittegods", 2)
        count("hittegods", 2, months_ago=1)
        assert [row[0] for row in self.rows()] == ["hittegods"]
        assert self.rows("months=1") == []

    def test_it_is_narrowed_to_a_language_and_a_period(self) -> None:
        count("ny", 5)
        count("gammel", 5, months_ago=4)
        count("stary", 5, "pl", months_ago=2)
        for query, questions in (
            ("language=pl", ["stary"]),
            ("months=1", ["ny"]),
            ("months=3", ["ny", "stary"]),
            ("months=13", ["gammel", "ny", "stary"]),
            ("months=3&language=pl", ["stary"]),
            ("language=xx&months=7", ["gammel", "ny", "stary"]),
            ("ordering=-question", ["stary", "ny", "gammel"]),
        ):
            with self.subTest(query):
                assert [row[0] for row in self.rows(query)] == questions

    def test_what_readers_type_is_shown_as_text_in_its_language(self) -> None:
        count("<script>alert(1)</script>", language="ru")
        html = self.browser().get(REPORT).content.decode()
        assert "<script>alert(1)" not in html
        assert '<span lang="ru">&lt;script&gt;' in html

    def test_it_is_exported_and_no_spreadsheet_runs_what_readers_type(self) -> None:
        count("=1+1", 4, without_result=1, with_click=1)
        count("sjælden", 2)
        response = self.browser().get(f"{REPORT}?export=csv")
        lines = b"".join(response.streaming_content).decode().splitlines()
        assert lines[1:] == ["da,'=1+1,4,1,3"]
        assert self.browser().get(f"{REPORT}?export=xlsx").status_code == 200

    def test_the_number_of_queries_does_not_grow_with_the_questions(self) -> None:
        browser = self.browser("translators")

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                browser.get(REPORT)
            return len(captured)

        count("first")
        queries()  # the first answer of a process reads content types too
        few = queries()
        for number in range(30):
            count(f"q{number}")
        assert queries() == few


class RemedyTests(ReportTestCase):
    """From a row to a synonym or a best bet: one click on the row, one on the save button."""

    def setUp(self) -> None:
        super().setUp()
        put(
            *(
                make_document(title, body, "pl", origin=origin, path=path)
                for title, body, origin, path in (
                    ("Zasiłek rodzinny na dzieci", "Pieniądze na dzieci.", "child", "guide/child/"),
                    ("Karta podatkowa", "Podatek.", "tax", "guide/ankomst/skattekort/"),
                )
            )
        )

    def test_two_clicks_make_a_synonym_that_finds_at_once(self) -> None:
        count("rodzinny zasilek xyz", 8, "pl")
        address = next(link for link in self.links("editors") if "searchsynonym" in link)
        assert self.save("editors", address) == 302
        entry = SearchSynonym.objects.get()
        assert (entry.language, entry.typed, entry.meant) == (
            "pl",
            "rodzinny zasilek xyz",
            "Zasiłek rodzinny na dzieci",
        )
        assert keys("rodzinny zasilek xyz", "pl")[0] == "child"

    def test_where_the_search_has_no_idea_the_editor_writes_the_word_or_chooses_a_title(self) -> None:
        count("kindergeld", 8, "pl", without_result=8)
        address = next(link for link in self.links() if "searchsynonym" in link)
        html = BeautifulSoup(self.browser().get(address).content, "html.parser")
        field = html.find("input", {"name": "meant"})
        assert field.get("value", "") == ""
        offers = [option["value"] for option in html.find("datalist", id=field["list"]).find_all("option")]
        assert offers == ["Karta podatkowa", "Zasiłek rodzinny na dzieci"]
        assert self.save("editors", address, meant="Zasiłek rodzinny na dzieci") == 302
        assert keys("kindergeld", "pl") == ["child"]

    def test_a_question_that_has_a_synonym_leads_to_it(self) -> None:
        entry = SearchSynonym.objects.create(language="pl", typed="kindergeld", meant="zasiłek")
        SearchSynonym.objects.create(language="da", typed="kinder", meant="børn")
        count("kindergeld", 8, "pl")
        count("kinder", 8, "pl")
        links = [link for link in self.links("editors") if "searchsynonym" in link]
        assert links == [
            f"{url(SearchSynonym, 'add')}?language=pl&typed=kinder",
            url(SearchSynonym, "edit", entry.pk),
        ]

    def test_two_clicks_make_a_best_bet_with_the_page_that_is_found(self) -> None:
        tax = self.site.page("guide", "da")
        count("karte podatkowe", 8, "pl")
        put(make_document("Karta podatkowa", "", "pl", origin="tax", path=tax.url_path.split("/", 2)[2]))
        address = next(link for link in self.links() if "bestbet" in link)
        assert self.save("translators", address) == 302
        made = BestBet.objects.get()
        assert (made.key, made.words, made.page_id) == ("karte-podatkowe", {"pl": "karte podatkowe"}, tax.pk)
        assert not made.is_urgent

    def test_a_key_is_made_from_any_alphabet_and_never_twice(self) -> None:
        make_fact("doctor")
        for key in ("detskiy-sad", "detskiy-sad-2"):
            BestBet.objects.create(key=key, words={"ru": "сад"}, fact_id="doctor")
        html = BeautifulSoup(
            self.browser().get(url(BestBet, "add"), {"language": "ru", "typed": "детский сад"}).content, "html.parser"
        )
        assert html.find("input", {"name": "key"})["value"] == "detskiy-sad-3"

    def test_an_address_with_nonsense_opens_an_empty_form(self) -> None:
        for query in ("language=xx&typed=a", "language=pl&typed=", "typed=a", "language=pl&typed=" + "%00" * 5):
            for model in (SearchSynonym, BestBet):
                with self.subTest(query=query, model=model):
                    assert self.browser().get(f"{url(model, 'add')}?{query}").status_code == 200


class FormTests(ReportTestCase):
    """What the forms refuse."""

    def setUp(self) -> None:
        super().setUp()
        make_fact("doctor")

    def refused(self, model: type, **values: Any) -> set[str]:
        """Send a form of a new object, and return the fields that are refused; none where it was saved."""
        response = self.browser().post(url(model, "add"), values)
        return set() if response.status_code == 302 else set(response.context["form"].errors)

    def test_a_synonym_is_made_once_and_in_a_language_of_the_site(self) -> None:
        values = {"language": "pl", "typed": "kasa", "meant": "bank"}
        assert self.refused(SearchSynonym, **values) == set()
        assert self.refused(SearchSynonym, **values) == {"__all__"}
        assert self.refused(SearchSynonym, **{**values, "language": "xx"}) == {"language"}
        assert SearchSynonym.objects.count() == 1

    def test_a_best_bet_has_words_and_leads_somewhere(self) -> None:
        assert self.refused(BestBet, key="a", words_da=" ; ", fact="doctor") == {"words"}
        assert self.refused(BestBet, key="a", words_da="læge") == {"__all__"}
        assert self.refused(BestBet, key="a", words_da="læge;\nlægevagt", fact="doctor") == set()
        assert BestBet.objects.get().words == {"da": "læge;\nlægevagt"}

    def test_a_best_bet_never_leads_to_the_page_of_one_municipality(self) -> None:
        for kind in ("herning", "herning page", "herning note"):
            with self.subTest(kind):
                page = self.site.page(kind, "da")
                assert self.refused(BestBet, key="a", words_da="læge", page=page.pk) == {"page"}
        assert self.refused(BestBet, key="a", words_da="læge", page=self.site.page("guide", "da").pk) == set()

    def test_a_fact_that_a_best_bet_shows_cannot_be_deleted(self) -> None:
        BestBet.objects.create(key="doctor", words={"da": "læge"}, fact_id="doctor")
        address = reverse("wagtailsnippets_portal_fact:delete", args=["doctor"])
        response = self.browser().post(address, follow=True)
        assert response.status_code == 200
        assert "doctor" in response.content.decode()
        assert BestBet.objects.filter(fact_id="doctor").exists()

    def test_the_lists_are_searched_and_narrowed(self) -> None:
        SearchSynonym.objects.create(language="pl", typed="kasa", meant="bank")
        SearchSynonym.objects.create(language="de", typed="Kasse", meant="Bank")
        BestBet.objects.create(key="doctor", words={"da": "vagtlæge"}, fact_id="doctor")
        for model, query, shown, hidden in (
            (SearchSynonym, "language=pl", "kasa", "Kasse"),
            (SearchSynonym, "q=Kasse", "Kasse", "kasa"),
            (BestBet, "q=vagtl", "doctor", "nothing"),
        ):
            with self.subTest(query):
                html = self.browser().get(f"{url(model, 'list')}?{query}").content.decode()
                assert shown in html
                assert f">{hidden}<" not in html


class RightsTests(ReportTestCase):
    """Every role tries everything, by address and not by button."""

    def test_matrix(self) -> None:
        make_fact("doctor")
        for role, expected in EXPECTED.items():
            synonym = SearchSynonym.objects.create(language="pl", typed="kasa", meant="bank")
            bet = BestBet.objects.create(key="old", words={"da": "læge"}, fact_id="doctor")
            browser, happened = self.browser(role), []
            if browser.get(REPORT).status_code == 200:
                happened.append("report")
            browser.post(url(SearchSynonym, "add"), {"language": "da", "typed": "ny", "meant": "nyt"})
            if SearchSynonym.objects.filter(typed="ny").exists():
                happened.append("synonym-add")
            browser.post(url(SearchSynonym, "edit", synonym.pk), {"language": "pl", "typed": "kasa", "meant": "x"})
            if SearchSynonym.objects.get(pk=synonym.pk).meant == "x":
                happened.append("synonym-change")
            browser.post(url(SearchSynonym, "delete", synonym.pk))
            if not SearchSynonym.objects.filter(pk=synonym.pk).exists():
                happened.append("synonym-delete")
            browser.post(url(BestBet, "add"), {"key": "new", "words_da": "ny", "fact": "doctor"})
            if BestBet.objects.filter(key="new").exists():
                happened.append("bet-add")
            browser.post(url(BestBet, "edit", bet.pk), {"key": "old", "words_da": "x", "fact": "doctor"})
            if BestBet.objects.get(pk="old").words == {"da": "x"}:
                happened.append("bet-change")
            browser.post(url(BestBet, "delete", bet.pk))
            if not BestBet.objects.filter(pk="old").exists():
                happened.append("bet-delete")
            SearchSynonym.objects.all().delete()
            BestBet.objects.all().delete()
            with self.subTest(role=role):
                assert " ".join(happened) == expected

    def test_the_report_offers_only_what_its_reader_may_do(self) -> None:
        count("kasse")
        assert all("searchsynonym" in link for link in self.links("editors"))
        assert sum("bestbet" in link for link in self.links("translators")) == 1
        assert self.browser("nobody").get(REPORT).status_code == 302

    def test_the_menu_shows_the_report_to_those_who_can_use_it(self) -> None:
        for role, is_shown in (("editors", True), ("administrators", True), ("nobody", False)):
            with self.subTest(role):
                html = self.browser(role).get("/admin/").content.decode()
                assert ("unanswered-searches" in html) == is_shown
