"""Who may do what with which fact and term, and the report of facts to check."""

import datetime
from typing import Any

from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import querydict_from_html

from portal.facts.models import Fact, GlossaryTerm
from tests.factories import AUTHORITY, block, make_fact, make_term, publish
from tests.portal.role_fixtures import RoleSite, build_role_site

# "change" is the form, "words" a label saved with it, "value" the value saved with it. Editors and publishers are
# Herning's.
EXPECTED = {
    ("editors", "herning"): "see change words value",
    ("editors", "holstebro"): "see",
    ("editors", "national"): "see",
    ("publishers", "herning"): "see change words value delete",
    ("publishers", "holstebro"): "see",
    ("publishers", "national"): "see",
    ("translators", "herning"): "see change words",
    ("translators", "holstebro"): "see change words",
    ("translators", "national"): "see change words",
    ("administrators", "herning"): "see change words value delete",
    ("administrators", "holstebro"): "see change words value delete",
    ("administrators", "national"): "see change words value delete",
    ("nobody", "herning"): "",
    ("nobody", "holstebro"): "",
    ("nobody", "national"): "",
}


def fact_url(view: str, *arguments: str) -> str:
    """Return an address of the fact register in the admin."""
    return reverse(f"wagtailsnippets_portal_fact:{view}", args=arguments)


class FactTestCase(TestCase):
    """Three facts: of Herning, of Holstebro, and one that holds in all of Denmark."""

    site: RoleSite

    @classmethod
    def setUpTestData(cls) -> None:
        cls.site = build_role_site()
        for municipality in ("herning", "holstebro"):
            make_fact(f"{municipality}-phone", scope="local", municipality=municipality)
        make_fact("national-phone", label={"da": "Lægevagten"})

    def browser(self, role: str) -> Client:
        client = Client()
        client.force_login(self.site.people[role])
        return client

    def form(self, address: str, role: str, **changes: Any) -> dict[str, Any]:
        """Return what a browser would send from a form, with changes that need not have been possible in it."""
        html = self.browser("administrators").get(address).content.decode()
        forms = (querydict_from_html(html, form_index=number).dict() for number in range(html.count("<form")))
        return {**next(form for form in forms if {"label_da", "word_da"} & form.keys()), **changes}

    def save(self, role: str, key: str, /, **changes: Any) -> Fact:
        """Send the form of a fact, and return the fact as it is afterwards."""
        address = fact_url("edit", key)
        self.browser(role).post(address, self.form(address, role, **changes))
        return Fact.objects.get(key=key)


class FactMatrixTests(FactTestCase):
    """Every role tries everything with every fact."""

    def test_matrix(self) -> None:
        for (role, place), expected in EXPECTED.items():
            key = f"{place}-phone"
            happened = []
            for view in ("inspect", "usage"):
                if self.browser(role).get(fact_url(view, key)).status_code == 200:
                    happened.append("see")
            if self.browser(role).get(fact_url("edit", key)).status_code == 200:
                happened.append("change")
            if self.browser(role).get(fact_url("history", key)).status_code == 200:
                happened.append("change")
            if self.save(role, key, label_da="Nyt ord").label["da"] == "Nyt ord":
                happened.append("words")
            if self.save(role, key, value="22 22 22 22").value == "22 22 22 22":
                happened.append("value")
            Fact.objects.filter(key=key).update(value="70 11 31 31", label={"da": key})
            if self.browser(role).get(fact_url("delete", key)).status_code == 200:
                happened.append("delete")
            with self.subTest(role=role, fact=place):
                assert set(happened) == set(expected.split())
                assert happened.count("see") in (0, 2)
                assert happened.count("change") in (0, 2)

    def test_deleting_several_at_once_deletes_only_those_one_may_delete(self) -> None:
        keys = list(Fact.objects.values_list("key", flat=True))
        address = reverse("wagtail_bulk_action", args=["portal", "fact", "delete"])
        query = "&".join(f"id={key}" for key in keys)
        self.browser("publishers").post(f"{address}?{query}")
        assert set(keys) - set(Fact.objects.values_list("key", flat=True)) == {"herning-phone"}

    def test_the_list_offers_a_form_only_where_it_opens(self) -> None:
        html = self.browser("editors").get(fact_url("list")).content.decode()
        assert "Lægevagten" in html
        assert fact_url("edit", "herning-phone") in html
        assert fact_url("edit", "holstebro-phone") not in html
        assert fact_url("inspect", "holstebro-phone") in html

    def test_the_list_is_searched_filtered_and_sorted(self) -> None:
        browser = self.browser("editors")
        for query, keys in (
            ("q=læge", ["national-phone"]),
            ("municipality=herning", ["herning-phone"]),
            ("ordering=-check_again_on&q=phone&scope=local", ["herning-phone", "holstebro-phone"]),
            ("ordering=-value", [AUTHORITY, "herning-phone", "holstebro-phone", "national-phone"]),
        ):
            with self.subTest(query):
                found = browser.get(f"{fact_url('list')}?{query}").context["object_list"]
                assert sorted(fact.key for fact in found) == keys

    def test_a_fact_cannot_be_copied_onto_itself(self) -> None:
        address = fact_url("list") + "copy/national-phone/"
        assert self.browser("administrators").post(address, {}).status_code == 404

    def test_the_policy_names_the_people_who_may_change_a_fact(self) -> None:
        policy = policy_registry.get_by_type(Fact)
        people = policy.users_with_permission_for_instance("change", Fact.objects.get(key="herning-phone"))
        assert {person.username for person in people} == {"editor", "publisher", "translator", "administrator"}
        people = policy.users_with_permission_for_instance("change", Fact.objects.get(key="holstebro-phone"))
        assert {person.username for person in people} == {"translator", "administrator"}


class FactFormTests(FactTestCase):
    """What the form lets through."""

    def create(self, role: str, **changes: Any) -> Fact | None:
        """Send the form of a new fact, and return what was created."""
        address = fact_url("add")
        today = datetime.date.today()
        form = self.form(
            address,
            role,
            key="new",
            kind="phone",
            value="33 33 33 33",
            label_da="Ny",
            source_name="kilde",
            owner="Borgerservice",
            checked_on=today,
            check_again_on=today + datetime.timedelta(days=30),
        )
        self.browser(role).post(address, {**form, **changes})
        return Fact.objects.filter(key=changes.get("key", "new")).first()

    def test_municipal_editors_create_facts_of_their_own_municipality(self) -> None:
        fact = self.create("editors", municipality="herning")
        assert fact is not None
        assert (fact.scope, fact.municipality) == ("local", "herning")

    def test_municipal_editors_create_no_fact_of_another_municipality_or_of_all(self) -> None:
        assert self.create("editors", municipality="holstebro") is None
        assert self.create("editors", municipality="", scope="national") is None

    def test_municipal_editors_keep_their_facts_where_they_are_and_out_of_the_footer(self) -> None:
        fact = self.save("editors", "herning-phone", municipality="holstebro")
        assert fact.municipality == "herning"
        fact = self.save("editors", "herning-phone", municipality="", scope="national")
        assert (fact.scope, fact.municipality) == ("local", "herning")
        fact = self.save("editors", "herning-phone", municipality="herning", in_footer="1")
        assert fact.in_footer is None

    def test_a_new_fact_never_replaces_an_existing_one(self) -> None:
        self.create("editors", key="national-phone", municipality="herning")
        assert Fact.objects.get(key="national-phone").scope == "national"

    def test_administrators_create_facts_for_everybody(self) -> None:
        fact = self.create("administrators", scope="national", municipality="", in_footer="1")
        assert fact is not None
        assert fact.in_footer == 1

    def test_translators_create_nothing(self) -> None:
        assert self.create("translators", scope="national", municipality="") is None

    def test_a_key_stays_what_it_is(self) -> None:
        self.save("administrators", "national-phone", key="renamed")
        keys = {AUTHORITY, "herning-phone", "holstebro-phone", "national-phone"}
        assert set(Fact.objects.values_list("key", flat=True)) == keys

    def test_rights_over_facts_end_with_the_right_over_the_page(self) -> None:
        self.site.people["editors"].groups.get().page_permissions.all().delete()
        assert self.save("editors", "herning-phone", value="22 22 22 22").value == "70 11 31 31"
        assert self.save("editors", "national-phone", value="22 22 22 22").value == "70 11 31 31"

    def test_a_municipality_that_is_gone_stays_with_its_fact(self) -> None:
        Page.objects.filter(slug="holstebro").update(slug="nyby")
        fact = self.save("administrators", "holstebro-phone", value="22 22 22 22")
        assert (fact.value, fact.municipality) == ("22 22 22 22", "holstebro")


class GlossaryRightsTests(FactTestCase):
    """Municipal editors read the glossary; translators and administrators write it."""

    def test_who_changes_terms(self) -> None:
        make_term("kommune", "kommune")
        address = reverse("wagtailsnippets_portal_glossaryterm:edit", args=["kommune"])
        form = self.form(address, "administrators", key="other", word_da="Kommunen")
        writers = {"translators", "administrators"}
        for role in ("editors", "publishers", "translators", "administrators"):
            GlossaryTerm.objects.update(word={"da": "kommune"})
            self.browser(role).post(address, form)
            with self.subTest(role):
                assert (GlossaryTerm.objects.get().word["da"] == "Kommunen") is (role in writers)
                inspect = reverse("wagtailsnippets_portal_glossaryterm:inspect", args=["kommune"])
                assert "da: komm" in self.browser(role).get(inspect).content.decode().lower()


class FactsToCheckTests(FactTestCase):
    """The report "Facts to check"."""

    def setUp(self) -> None:
        today = datetime.date.today()
        for key, days in (("herning-phone", -1), ("holstebro-phone", 30), ("national-phone", 31)):
            Fact.objects.filter(key=key).update(
                checked_on=today - datetime.timedelta(days=90), check_again_on=today + datetime.timedelta(days=days)
            )

    def due(self, role: str) -> list[Fact]:
        return list(self.browser(role).get(reverse("portal_facts_to_check")).context["object_list"])

    def test_it_lists_what_is_due_within_a_month_for_those_who_may_change_it(self) -> None:
        assert [fact.key for fact in self.due("administrators")] == ["herning-phone", "holstebro-phone"]
        assert [fact.key for fact in self.due("editors")] == ["herning-phone"]
        assert self.browser("nobody").get(reverse("portal_facts_to_check")).status_code == 302

    def test_it_counts_a_page_once_for_all_its_languages(self) -> None:
        for kind in ("herning page", "herning note"):
            page = self.site.page(kind, "da").specific
            page.body = [block("warning", "<p>Ring [[herning-phone]].</p>", "w1")]
            with self.captureOnCommitCallbacks(execute=True):
                publish(page)
        (fact,) = self.due("editors")
        assert fact.citing_pages == 2

    def test_it_is_in_the_menu_of_those_who_may_change_facts(self) -> None:
        address = reverse("portal_facts_to_check")
        for role, shown in (("editors", True), ("nobody", False)):
            assert (address in self.browser(role).get(reverse("wagtailadmin_home")).content.decode()) is shown

    def test_it_can_be_exported(self) -> None:
        response = self.browser("administrators").get(reverse("portal_facts_to_check") + "?export=csv")
        text = b"".join(response.streaming_content).decode()
        assert "herning-phone" in text
        assert "Borgerservice" in text
