"""From the form into the calendar: confirmed, moderated, sent back, approved, changed; with the mails."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from events_calendar.models import ActivityPage, Organiser, Submission
from events_calendar.models.submissions import SubmissionLink
from tests.events_calendar.calendar_site import coming
from tests.events_calendar.submissions.club import Club, filled, page_of
from tests.factories import in_language

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(club):
    """An entry that its club has confirmed."""
    assert club.send().status_code == 302
    assert club.confirm().status_code == 200
    return Submission.objects.get()


def draft_of(entry: Submission) -> ActivityPage:
    return ActivityPage.objects.get(pk=entry.activity_id).get_latest_revision_as_object()


def decide(at_work, entry: Submission, action: str, comment: str = "") -> None:
    state = TaskState.objects.get(workflow_state__object_id=str(entry.activity_id), status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[entry.activity_id, action, state.pk])
    assert at_work.post(address, {"comment": comment}).status_code in {200, 302}
    entry.refresh_from_db()


def test_looking_at_the_link_confirms_nothing(club):
    club.send()
    response = club.browser.get(club.link())
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert b"noindex" in response.content
    assert Submission.objects.get().state == "unconfirmed"
    assert not ActivityPage.objects.exists()


def test_the_secret_stands_in_the_mail_and_not_in_the_database(club):
    club.send()
    token = club.link().strip("/").split("/")[-1]
    assert token not in str(list(SubmissionLink.objects.values())) + str(list(Submission.objects.values()))
    assert len(token) >= 32


def test_a_confirmed_entry_is_a_draft_that_the_municipality_finds_in_its_moderation(entry, at_work):
    page = draft_of(entry)
    assert not page.live
    assert page.get_parent().specific.get_parent().slug == "herning"
    assert (page.title, page.activity_type, page.price) == ("Skakaften", "sport", "Gratis")
    assert page.start_time == datetime.time(19)
    assert page.end_time == datetime.time(21, 30)
    assert "<p>Vi lærer dig reglerne.</p>" in page.body.raw_data[0]["value"]["text"]
    assert (page.organiser.name, page.organiser.is_verified) == ("Herning Skakklub", False)
    assert page.organiser.website == "https://www.skak.example.dk"
    home = at_work.get(reverse("wagtailadmin_home")).content.decode()
    assert "Skakaften" in home
    edit = at_work.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 200
    assert "Herning Skakklub" in edit.content.decode()
    for language in ("en", "de", "pl", "ru"):
        assert not in_language(page, language).live


def test_a_link_followed_twice_or_by_two_at_once_makes_one_draft(club):
    club.send()
    link = club.link()
    for _time in range(3):
        assert club.browser.post(link).status_code in {200, 302}
    assert ActivityPage.objects.filter(locale__language_code="da").count() == 1


def test_a_known_organiser_is_found_again(club):
    known = Organiser.objects.create(name="herning skakklub", municipality="herning")
    club.send()
    club.confirm()
    assert draft_of(Submission.objects.get()).organiser == known


def test_when_it_is_approved_the_club_gets_the_public_address(entry, club, at_work):
    decide(at_work, entry, "approve")
    assert entry.state == "approved"
    page = ActivityPage.objects.get(pk=entry.activity_id)
    assert page.live
    assert len(coming(page)) == 1
    mail = club.mails()[-1]
    assert mail.recipient == "skak@example.dk"
    assert f"http://testserver/da/herning/aktiviteter/{page.slug}/" in mail.text
    assert club.browser.get(f"/da/herning/aktiviteter/{page.slug}/").status_code == 200
    assert club.browser.get(club.link()).status_code == 200


def test_a_publisher_may_also_publish_without_the_workflow(entry, club, publisher):
    ActivityPage.objects.get(pk=entry.activity_id).get_latest_revision().publish(user=publisher)
    entry.refresh_from_db()
    assert entry.state == "approved"
    assert len(club.mails()) == 2


def test_what_is_sent_back_comes_with_the_reason_and_can_be_changed_and_sent_again(entry, club, at_work):
    decide(at_work, entry, "reject", "Skriv, hvor man skal gå ind.")
    assert entry.state == "returned"
    assert "Skriv, hvor man skal gå ind." in club.mails()[-1].text
    link = club.link()
    assert "Skriv, hvor man skal gå ind." in club.browser.get(link).content.decode()
    form = page_of(club.browser.get(link + "ret/"))
    assert form.select_one("[name=venue_name]")["value"] == "Biblioteket"
    assert form.select_one("[name=start_time]")["value"] == "19:00"
    changed = filled(venue_name="Biblioteket, indgang fra gården")
    assert club.browser.post(link + "ret/", {**changed, "step": "send"}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "waiting"
    assert draft_of(entry).venue_name == "Biblioteket, indgang fra gården"
    decide(at_work, entry, "approve")
    assert ActivityPage.objects.get(pk=entry.activity_id).venue_name == "Biblioteket, indgang fra gården"


def test_a_change_of_a_public_entry_waits_and_touches_only_what_the_club_changed(entry, club, at_work):
    decide(at_work, entry, "approve")
    page = ActivityPage.objects.get(pk=entry.activity_id)
    page.title, page.price = "Skakaften for alle", "Gratis, også kaffen"
    page.save_revision().publish()
    link = club.link()
    answers = {**filled(price="20 kr."), "step": "send"}
    assert club.browser.post(link + "ret/", answers).status_code == 302
    page.refresh_from_db()
    assert (page.live, page.price) == (True, "Gratis, også kaffen")
    draft = draft_of(entry)
    assert (draft.title, draft.price) == ("Skakaften for alle", "20 kr.")
    revisions = page.revisions.count()
    club.browser.post(link + "ret/", answers)
    assert page.revisions.count() == revisions
    entry.refresh_from_db()
    mails = len(club.mails())
    decide(at_work, entry, "approve")
    page.refresh_from_db()
    assert (page.title, page.price) == ("Skakaften for alle", "20 kr.")
    assert len(club.mails()) == mails + 1


def test_while_it_waits_the_reviewers_see_the_newest_change(entry, club):
    link = club.link()
    club.browser.post(link + "ret/", {**filled(title="Skak på torvet"), "step": "send"})
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    assert state.revision.as_object().title == "Skak på torvet"
    assert TaskState.objects.count() == 1


def test_a_forged_or_old_link_leads_nowhere(entry, club):
    link = club.link()
    assert club.browser.get("/pl/kalender/indsend/made-up-token/").status_code == 404
    assert club.browser.post("/pl/kalender/indsend/made-up-token/").status_code == 404
    assert club.browser.get("/pl/kalender/indsend/made-up-token/ret/").status_code == 404
    entry.last_date = timezone.localdate() - datetime.timedelta(days=31)
    entry.save()
    assert club.browser.get(link).status_code == 404


def test_what_nobody_confirms_is_gone_after_a_day_and_the_rest_30_days_after_its_last_date(entry, club):
    club.send(form_key="7d7c3d3e-6b0e-4c39-9c53-1f0c8c1f6a10")
    new = Submission.objects.get(state="unconfirmed")
    call_command("anonymise_expired")
    assert Submission.objects.count() == 2
    Submission.objects.filter(pk=new.pk).update(created_at=timezone.now() - datetime.timedelta(hours=25))
    assert club.browser.get(club.link()).status_code == 404
    call_command("anonymise_expired")
    assert list(Submission.objects.all()) == [entry]
    Submission.objects.update(last_date=timezone.localdate() - datetime.timedelta(days=31))
    call_command("anonymise_expired")
    assert not Submission.objects.exists()
    assert ActivityPage.objects.filter(pk=entry.activity_id).exists()


def test_an_entry_that_the_municipality_deleted_says_so(entry, club):
    link = club.link()
    ActivityPage.objects.get(pk=entry.activity_id).delete()
    response = club.browser.get(link)
    assert response.status_code == 200
    assert not page_of(response).select("main a[href$='ret/']")
    assert club.browser.post(link + "ret/", {**filled(title="Nyt"), "step": "send"}).status_code == 302


def test_a_mail_server_that_is_away_does_not_keep_the_club_from_confirming(club, publisher, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "no-such-host.invalid"
    club.send()
    assert club.confirm().status_code == 200
    entry = Submission.objects.get()
    assert entry.state == "waiting"
    assert draft_of(entry).title == "Skakaften"


# Another language ------------------------------------------------------------------------------------------------------

POLISH = {
    "text_language": "pl",
    "title": "Wieczór szachowy",
    "summary": "Gramy w szachy i pijemy kawę.",
    "text": "Każdy może przyjść.\nUczymy zasad.",
    "price": "Za darmo",
}


@pytest.fixture
def polish(overview):
    """A Polish entry that its club has confirmed."""
    club = Club(Client(), "pl")
    club.send(**POLISH)
    club.confirm()
    return Submission.objects.get()


def in_danish(page: ActivityPage, text: str = "<p>Alle kan komme.</p><p>Vi lærer reglerne.</p>") -> ActivityPage:
    """Translate a draft as an editor does."""
    page.title, page.summary, page.price = "Skakaften", "Vi spiller skak.", "Gratis"
    blocks = [dict(block) for block in page.body.raw_data]
    blocks[0]["value"] = {**blocks[0]["value"], "text": text}
    page.body = page.body.stream_block.to_python(blocks)
    page.text_language = "da"
    return page


def test_the_editor_sees_in_which_language_a_text_is_and_the_text_itself(polish, at_work):
    page = draft_of(polish)
    assert (page.text_language, page.title) == ("pl", "Wieczór szachowy")
    home = at_work.get(reverse("wagtailadmin_home")).content.decode()
    assert re.search(r"Wieczór szachowy \([^)]*(polsk|Polish)\)", home)
    edit = page_of(at_work.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert "Uczymy zasad." in edit.select_one('dl[lang="pl"]').get_text()
    assert edit.select_one("select[name=text_language] option[selected]")["value"] == "pl"


def test_a_text_that_is_not_in_danish_is_not_published_by_a_click_in_the_list(polish, at_work):
    decide(at_work, polish, "approve")
    assert polish.state == "waiting"
    page = ActivityPage.objects.get(pk=polish.activity_id)
    assert not page.live
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1
    assert "Wieczór szachowy" in at_work.get(reverse("wagtailadmin_home")).content.decode()


def test_once_it_is_in_danish_the_words_of_the_club_are_the_translation(polish, at_work):
    in_danish(draft_of(polish)).save_revision()
    decide(at_work, polish, "approve")
    assert polish.state == "approved"
    page = ActivityPage.objects.get(pk=polish.activity_id)
    assert (page.live, page.title) == (True, "Skakaften")
    translation = in_language(page, "pl")
    assert translation.live
    assert translation.alias_of is None
    assert (translation.title, translation.summary) == ("Wieczór szachowy", "Gramy w szachy i pijemy kawę.")
    assert "Uczymy zasad." in str(translation.body)
    assert "/pl/herning/aktiviteter/" in Club(Client()).mails()[-1].text
    public = page_of(Client().get(f"/pl/herning/aktiviteter/{page.slug}/"))
    assert public.select_one("h1").get_text() == "Wieczór szachowy"
    assert not public.select(".notice")


def test_a_danish_text_of_other_paragraphs_leaves_the_rest_to_a_translator(polish, at_work):
    in_danish(draft_of(polish), "<p>Alle kan komme, og vi lærer reglerne.</p>").save_revision()
    decide(at_work, polish, "approve")
    translation = in_language(ActivityPage.objects.get(pk=polish.activity_id), "pl")
    assert translation.title == "Wieczór szachowy"
    assert "Alle kan komme" in str(translation.body)


def test_a_later_change_of_the_text_has_to_be_translated_again(polish, at_work):
    in_danish(draft_of(polish)).save_revision()
    decide(at_work, polish, "approve")
    club = Club(Client(), "pl")
    club.browser.post(club.link() + "ret/", {**filled(**POLISH | {"summary": "Gramy w szachy."}), "step": "send"})
    draft = draft_of(polish)
    assert (draft.title, draft.summary, draft.text_language) == ("Skakaften", "Gramy w szachy.", "pl")
    club.browser.post(club.link() + "ret/", {**filled(**POLISH | {"venue_name": "Hallen"}), "step": "send"})
    assert draft_of(polish).venue_name == "Hallen"
