"""A fact or term that a page cites cannot be deleted, by whatever road, and the editor is told which pages cite it."""

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import gettext

from portal.facts.guards import citing_objects
from portal.facts.models import Fact, GlossaryTerm
from tests.factories import AUTHORITY, authority, block, make_fact, make_term, publish, translate
from tests.portal.small_site import admin_browser, make_small_site, section, stream
from welcome_pages.models import GuidePage

ROADS = ["text", "rich text", "section", "heading", "card", "list", "authority"]
DRAFT_ROADS = [road for road in ROADS if road != "authority"]


@pytest.fixture
def site(db):
    return make_small_site(languages=())


def cite_by(road, key):
    """Return the fields of a guide that cites a fact by one of the roads that there are."""
    item = {"type": "item", "value": key, "id": "i1"}
    card = block("contact", {"heading": "Kontakt", "facts": [item]}, "c1")
    return {
        "text": {"summary": f"Ring [[{key}]]"},
        "rich text": {"what_to_bring": f"<p>[[{key}]]</p>"},
        "section": {"body": [section(f"<p>[[{key}]]</p>")]},
        "heading": {"body": [section("<p>x</p>", heading=f"[[{key}]]")]},
        "card": {"body": [card]},
        "list": {"deadlines": [block("fact", key, "f1")]},
        "authority": {"authority_id": key},
    }[road]


def citing_guide(site, road, key, slug="laege"):
    fields = cite_by(road, key)
    return site.guide(slug, *fields.pop("body", []), **fields)


def put(page, fields):
    """Set fields of a page object, blocks as they are stored."""
    for name, value in fields.items():
        is_stream = isinstance(value, list)
        setattr(page, name, page._meta.get_field(name).to_python(value) if is_stream else value)
    return page


def draft_that_cites(site, road, key, slug="laege"):
    """Return a published guide of which only the draft cites a fact."""
    page = site.guide(slug)
    put(page, cite_by(road, key)).save_revision()
    return page


def delete_url(item):
    return reverse(f"wagtailsnippets_portal_{item._meta.model_name}:delete", args=[item.pk])


def bulk_url(*items):
    url = reverse("wagtail_bulk_action", args=["portal", items[0]._meta.model_name, "delete"])
    return f"{url}?{'&'.join(f'id={item.pk}' for item in items)}"


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# By code --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("road", ROADS)
def test_a_cited_fact_cannot_be_deleted_by_its_object_or_by_a_query(site, road):
    fact = make_fact("doctor", "Lægevagten", "text")
    page = citing_guide(site, road, "doctor")
    for delete in (fact.delete, Fact.objects.filter(pk="doctor").delete, Fact.objects.all().delete):
        with pytest.raises(ProtectedError) as refused, transaction.atomic():
            delete()
        assert [item.pk for item in refused.value.protected_objects] == [page.pk]
    assert Fact.objects.filter(pk="doctor").exists()


@pytest.mark.parametrize("road", DRAFT_ROADS)
def test_a_fact_that_only_a_draft_cites_cannot_be_deleted_either(site, road):
    fact = make_fact("doctor")
    page = draft_that_cites(site, road, "doctor")
    assert [item.pk for item in citing_objects(fact)] == [page.pk]
    with pytest.raises(ProtectedError):
        Fact.objects.filter(pk="doctor").delete()


def test_a_page_whose_live_text_and_draft_both_cite_is_named_once(site):
    fact = make_fact("doctor")
    page = citing_guide(site, "text", "doctor")
    put(page, cite_by("section", "doctor")).save_revision()
    assert [item.pk for item in citing_objects(fact)] == [page.pk]


def test_a_fact_that_the_live_text_cites_stays_even_if_the_draft_cites_it_no_more(site):
    fact = make_fact("doctor")
    page = citing_guide(site, "text", "doctor")
    page.summary = "Ring ikke"
    page.save_revision()
    assert [item.pk for item in citing_objects(fact)] == [page.pk]


def test_a_page_that_was_never_published_counts_too(site):
    fact = make_fact("doctor")
    draft = GuidePage(
        title="Kladde",
        slug="kladde",
        content_owner="x",
        key="T1-kladde",
        audiences=["eu"],
        authority=authority(),
        is_procedure=False,
        summary="[[doctor]]",
        live=False,
        locale=site.home.locale,
    )
    site.situation.add_child(instance=draft)
    assert [str(item) for item in citing_objects(fact)] == ["Kladde"]


@pytest.mark.parametrize("token", ["[[term:cpr]]", "[[term:cpr|CPR-nummeret]]"])
@pytest.mark.parametrize("is_draft", [False, True], ids=["live", "draft"])
def test_a_cited_term_cannot_be_deleted(site, token, is_draft):
    make_term("cpr", "CPR-nummer")
    page = site.guide("laege", section("<p>x</p>") if is_draft else section(f"<p>{token}</p>"))
    if is_draft:
        page.body = stream(page, section(f"<p>{token}</p>"))
        page.save_revision()
    with pytest.raises(ProtectedError):
        GlossaryTerm.objects.filter(pk="cpr").delete()


@pytest.mark.parametrize("is_draft", [False, True], ids=["live", "draft"])
def test_a_fact_and_a_term_with_the_same_key_are_told_apart(site, is_draft):
    make_term("cpr", "CPR-nummer")
    make_fact("cpr")
    if is_draft:
        draft_that_cites(site, "text", "cpr")
    else:
        citing_guide(site, "text", "cpr")
    GlossaryTerm.objects.filter(pk="cpr").delete()
    with pytest.raises(ProtectedError):
        Fact.objects.filter(pk="cpr").delete()


def test_what_nobody_cites_any_more_can_be_deleted(site):
    make_fact("doctor")
    make_fact("unused", "112")
    page = citing_guide(site, "text", "doctor")
    Fact.objects.filter(pk="unused").delete()
    page.summary = ""
    publish(page)
    Fact.objects.filter(pk="doctor").delete()
    assert list(Fact.objects.values_list("pk", flat=True)) == [AUTHORITY]


def test_an_unused_fact_is_kept_when_it_is_deleted_together_with_a_cited_one(site):
    make_fact("doctor")
    make_fact("unused", "112")
    citing_guide(site, "text", "doctor")
    with pytest.raises(ProtectedError), transaction.atomic():
        Fact.objects.all().delete()
    assert set(Fact.objects.values_list("pk", flat=True)) == {AUTHORITY, "doctor", "unused"}


# In the admin ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("road", ["text", "card", "list"])
@pytest.mark.parametrize("is_draft", [False, True], ids=["live", "draft"])
def test_the_delete_button_answers_with_the_pages_that_cite_the_fact(site, road, is_draft, method):
    fact = make_fact("doctor", label={"da": "Lægevagten"})
    (draft_that_cites if is_draft else citing_guide)(site, road, "doctor", "ring-til-laegen")
    response = getattr(admin_browser(), method)(delete_url(fact))
    assert response["Location"] == reverse("wagtailsnippets_portal_fact:usage", args=["doctor"])
    (message,) = messages_of(response)
    assert "Lægevagten" in message
    assert "Ring til laegen" in message
    assert Fact.objects.filter(pk="doctor").exists()


def test_the_bulk_action_is_refused_with_the_pages_too_and_deletes_nothing(site):
    cited, unused = make_fact("doctor", label={"da": "Lægevagten"}), make_fact("unused", "112")
    citing_guide(site, "text", "doctor", "ring-til-laegen")
    response = admin_browser().post(bulk_url(unused, cited))
    (message,) = messages_of(response)
    assert "Lægevagten" in message
    assert "Ring til laegen" in message
    assert set(Fact.objects.values_list("pk", flat=True)) == {AUTHORITY, "doctor", "unused"}


def test_a_cited_term_is_refused_in_the_admin_with_its_pages(site):
    term = make_term("cpr", "CPR-nummer")
    site.guide("find-dit-nummer", section("<p>[[term:cpr]]</p>"))
    response = admin_browser().post(delete_url(term))
    assert response["Location"] == reverse("wagtailsnippets_portal_glossaryterm:usage", args=["cpr"])
    (message,) = messages_of(response)
    assert "CPR-nummer" in message
    assert "Find dit nummer" in message
    assert GlossaryTerm.objects.exists()


def test_what_nobody_cites_is_deleted_in_the_admin(site):
    fact, term = make_fact("unused"), make_term("unused", "Ubrugt")
    browser = admin_browser()
    assert browser.post(delete_url(fact)).status_code == 302
    assert browser.post(delete_url(term)).status_code == 302
    assert not Fact.objects.exists()
    assert not GlossaryTerm.objects.exists()


def test_the_page_of_uses_lists_live_pages(site):
    make_fact("doctor")
    citing_guide(site, "text", "doctor", "ring-til-laegen")
    response = admin_browser().get(reverse("wagtailsnippets_portal_fact:usage", args=["doctor"]))
    assert "Ring til laegen" in response.content.decode()


def test_a_long_list_of_pages_is_cut_and_shows_that_it_was(site):
    fact = make_fact("doctor")
    for number in range(22):
        citing_guide(site, "text", "doctor", f"side-{number:02}")
    (message,) = messages_of(admin_browser().post(delete_url(fact)))
    assert message.count("Side ") == 20
    assert "…" in message


# All languages --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_polish_page_that_still_cites_a_fact_protects_it_and_is_named():
    site = make_small_site()
    fact = make_fact("doctor", label={"da": "Lægevagten"})
    page = citing_guide(site, "section", "doctor")
    translate(page, "pl")
    page = GuidePage.objects.get(pk=page.pk)
    page.body = stream(page, section("<p>Ring ikke.</p>"))
    publish(page)
    assert [user.locale.language_code for user in citing_objects(fact)] == ["pl"]
    (message,) = messages_of(admin_browser().post(delete_url(fact)))
    assert "pl: Laege" in message


# The footer -----------------------------------------------------------------------------------------------------------


def test_an_emergency_number_cannot_be_deleted_while_it_stands_in_the_footer(site):
    fact = make_fact("emergency", "112", in_footer=1)
    with pytest.raises(ProtectedError), transaction.atomic():
        Fact.objects.filter(pk="emergency").delete()
    browser = admin_browser()
    response = browser.post(delete_url(fact), follow=True)
    (told,) = [str(message) for message in response.context["messages"]]
    text = "“%(item)s” cannot be deleted. It stands in the footer of every page; take it out of the footer first."
    assert told == gettext(text) % {"item": fact}
    assert Fact.objects.filter(pk="emergency").exists()


def test_a_number_that_was_taken_out_of_the_footer_can_be_deleted(site):
    fact = make_fact("emergency", "112", in_footer=1)
    Fact.objects.filter(pk="emergency").update(in_footer=None)
    assert admin_browser().post(delete_url(fact)).status_code == 302
    assert not Fact.objects.filter(pk="emergency").exists()
