"""What a guide must have before it is published: who is responsible, and real answers."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from portal.facts.fields import is_empty
from tests.factories import authority
from tests.portal.pages.forms import page_form
from tests.portal.small_site import admin_browser, make_small_site
from welcome_pages.models import GuidePage

pytestmark = pytest.mark.django_db

ANSWERS = ("what_to_bring", "how_it_goes", "what_happens_next")
NO_WORDS = ["", "<p></p>", "<p> </p>", "<p>&nbsp;</p>", "<p><b></b><br/></p>", "<ul><li></li></ul>", "  "]


@pytest.mark.parametrize("html", NO_WORDS)
def test_an_answer_without_words_is_no_answer(html):
    assert is_empty(html)
    page = make_small_site().guide(is_procedure=True, **dict.fromkeys(ANSWERS, "<p>Kom.</p>"))
    page.how_it_goes = html
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert set(refusal.value.message_dict) == {"how_it_goes"}


def test_an_answer_with_words_is_one():
    assert not is_empty("<ul><li>Pas</li></ul>")


@pytest.mark.parametrize(("field", "value"), [("authority", None), ("audiences", [])])
def test_a_guide_says_who_is_responsible_and_for_whom_it_is(field, value):
    page = make_small_site().guide()
    setattr(page, field, value)
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert set(refusal.value.message_dict) == {field}


@pytest.mark.parametrize("is_published", [True, False])
def test_a_half_written_guide_can_be_saved_as_a_draft_and_not_be_published(is_published):
    site, browser = make_small_site(), admin_browser()
    form = page_form(GuidePage, title="MitID", slug="mitid", key="T13-mitid", level="national", is_procedure="on")
    if is_published:
        form["action-publish"] = "action-publish"
    answer = browser.post(f"/admin/pages/add/welcome_pages/guidepage/{site.situation.pk}/", form)
    found = Page.objects.filter(slug="mitid").first()
    if is_published:
        assert found is None
        assert {"authority", "audiences", *ANSWERS} <= set(answer.context["form"].errors)
    else:
        assert answer.status_code == 302
        assert found is not None
        assert not found.live


def test_a_draft_is_published_once_it_is_complete():
    site, browser = make_small_site(), admin_browser()
    form = page_form(GuidePage, title="MitID", slug="mitid", key="T13-mitid", level="national")
    browser.post(f"/admin/pages/add/welcome_pages/guidepage/{site.situation.pk}/", form)
    page = Page.objects.get(slug="mitid")
    complete = {**form, "audiences": ["eu"], "authority": authority().pk, "action-publish": "action-publish"}
    assert browser.post(f"/admin/pages/{page.pk}/edit/", complete).status_code == 302
    assert Page.objects.get(pk=page.pk).live
