"""From a connected calendar to activities with dates, and how they follow it: gently, and never by mistake."""

import datetime
import io

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import WorkflowState

from events_calendar import changes
from events_calendar.imports.service import import_feed
from events_calendar.models import ActivityPage, FeedSource, Occurrence
from portal.mail.models import OutgoingMail
from tests.events_calendar.calendar_site import coming
from tests.events_calendar.imports import server
from tests.events_calendar.imports.feeds import calendar, event, thursday, timed

pytestmark = pytest.mark.django_db


def run(source: FeedSource) -> str:
    out = io.StringIO()
    call_command("import_activities", stdout=out)
    source.refresh_from_db()
    return out.getvalue()


def danish() -> list[ActivityPage]:
    return list(ActivityPage.objects.filter(locale__language_code="da").order_by("pk"))


def snapshot() -> list[dict]:
    return list(Occurrence.objects.order_by("pk").values())


def moved(weeks: int, **more: str) -> str:
    """The change of one Thursday: to the Friday after it, at six."""
    day, next_day = thursday(weeks), thursday(weeks) + datetime.timedelta(days=1)
    times = timed(f"{next_day:%Y%m%d}T180000", f"{next_day:%Y%m%d}T200000")
    return event(
        **{
            **times,
            "RRULE": None,
            "RECURRENCE-ID;TZID=Europe/Copenhagen": f"{day:%Y%m%d}T190000",
            "SEQUENCE": "1",
            **more,
        }
    )


def test_an_event_becomes_an_activity_with_all_its_dates(source, club):
    club.serves(calendar(event()))
    assert "1 new" in run(source)
    (page,) = danish()
    assert (page.live, page.title, page.summary) == (True, "Chess evening", "We play chess.")
    assert (page.venue_name, page.venue_address) == ("Biblioteket", "Østergade 8, 7400 Herning")
    assert "<p>Everybody can come.</p>" in page.body.raw_data[0]["value"]["text"]
    assert (page.organiser.name, page.spoken_languages) == ("Skakklub", ["da", "en"])
    dates = coming(page)
    assert [one.local_date for one in dates] == [thursday(week) for week in range(10)]
    assert {one.local_start.time() for one in dates} == {datetime.time(19)}
    assert ActivityPage.objects.get(locale__language_code="pl").live


def test_the_second_time_nothing_happens_at_all(source, club):
    club.serves(calendar(event(), moved(2), event("other@club", SUMMARY="Other")))
    run(source)
    before, revisions = snapshot(), [page.revisions.count() for page in danish()]
    assert "0 new, 0 changed, 0 cancelled" in run(source)
    assert snapshot() == before
    assert [page.revisions.count() for page in danish()] == revisions


def test_where_the_server_says_unchanged_nothing_is_even_read(source, club):
    club.serves(calendar(event()), ETag='"7"')
    run(source)
    before = snapshot()
    run(source)
    assert club.requests[-1]["If-None-Match"] == '"7"'
    assert source.error == ""
    assert snapshot() == before


def test_moved_cancelled_and_left_out_dates_keep_their_identity(source, club):
    club.serves(calendar(event()))
    run(source)
    uids = {one.original_date: one.uid for one in Occurrence.objects.all()}
    sequences = {one.original_date: one.sequence for one in Occurrence.objects.all()}
    off = moved(3, STATUS="CANCELLED")
    gone = {"EXDATE;TZID=Europe/Copenhagen": f"{thursday(4):%Y%m%d}T190000"}
    club.serves(calendar(event(**gone), moved(2), off))
    run(source)
    by_day = {one.original_date: one for one in Occurrence.objects.all()}
    assert {day: one.uid for day, one in by_day.items()} == uids
    friday = by_day[thursday(2)]
    assert (friday.local_date, friday.local_start.time()) == (
        thursday(2) + datetime.timedelta(days=1),
        datetime.time(18),
    )
    assert (by_day[thursday(3)].status, by_day[thursday(4)].status) == ("cancelled", "cancelled")
    for week in (2, 3, 4):
        assert by_day[thursday(week)].sequence > sequences[thursday(week)]
    assert by_day[thursday(5)].sequence == sequences[thursday(5)]
    club.serves(calendar(event()))
    run(source)
    assert [one.local_date for one in coming(danish()[0])] == [thursday(week) for week in range(10)]
    assert {one.original_date: one.uid for one in Occurrence.objects.all()} == uids


def test_other_times_of_day_move_every_date_and_make_no_new_one(source, club):
    club.serves(calendar(event()))
    run(source)
    uids = set(Occurrence.objects.values_list("uid", flat=True))
    day = f"{thursday():%Y%m%d}"
    club.serves(calendar(event(**timed(f"{day}T183000", f"{day}T203000"))))
    run(source)
    assert {one.local_start.time() for one in coming(danish()[0])} == {datetime.time(18, 30)}
    assert set(Occurrence.objects.values_list("uid", flat=True)) == uids


def test_what_an_editor_wrote_stays_and_what_nobody_touched_follows(source, club):
    club.serves(calendar(event()))
    run(source)
    (page,) = danish()
    page.title, page.price = "Skakaften", "Gratis"
    page.save_revision().publish()
    club.serves(calendar(event(SUMMARY="Chess night", DESCRIPTION="Come and play.")))
    run(source)
    (page,) = danish()
    assert (page.title, page.price, page.summary) == ("Skakaften", "Gratis", "Come and play.")


def test_a_draft_somebody_is_working_on_is_not_lost(source, club):
    club.serves(calendar(event()))
    run(source)
    (page,) = danish()
    page.title = "Work in progress"
    page.save_revision()
    club.serves(calendar(event(RRULE="FREQ=WEEKLY;COUNT=5")))
    run(source)
    (page,) = danish()
    assert (page.title, len(coming(page))) == ("Chess evening", 5)
    draft = page.get_latest_revision_as_object()
    assert (draft.title, len(draft.extra_dates)) == ("Work in progress", 4)


def test_what_an_editor_cancelled_by_hand_stays_cancelled(source, club):
    club.serves(calendar(event(), moved(2)))
    run(source)
    occurrence = coming(danish()[0])[0]
    user = User.objects.create_superuser("anna")
    changes.cancel(occurrence, user, {"da": "Syg"})
    club.serves(calendar(event(DESCRIPTION="New text."), moved(2)))
    run(source)
    occurrence.refresh_from_db()
    assert occurrence.status == "cancelled"


def test_markup_and_tokens_from_outside_are_plain_text(source, club):
    text = "<p>Come <b>all</b></p><script>alert(1)</script><p>[[secret]]</p>"
    club.serves(calendar(event(SUMMARY="[[secret]] <i>x</i>", DESCRIPTION=text, URL="javascript:alert(1)")))
    run(source)
    (page,) = danish()
    html = str([block["value"] for block in page.body.raw_data])
    assert "<script" not in html
    assert "javascript" not in html
    assert "[[" not in html + page.title + page.summary


def test_without_a_place_it_waits_for_an_editor(source, club):
    call_command("create_roles", stdout=io.StringIO())
    call_command("create_workflows", stdout=io.StringIO())
    club.serves(calendar(event(LOCATION=None)))
    run(source)
    (page,) = danish()
    assert not page.live
    assert WorkflowState.objects.get().status == "in_progress"


def test_into_moderation_and_the_dates_are_right_once_it_is_approved(source, club):
    call_command("create_roles", stdout=io.StringIO())
    call_command("create_workflows", stdout=io.StringIO())
    FeedSource.objects.update(publishes_directly=False)
    club.serves(calendar(event(), moved(2), moved(3, STATUS="CANCELLED")))
    run(source)
    (page,) = danish()
    assert not page.live
    assert not Occurrence.objects.exists()
    WorkflowState.objects.get().current_task_state.approve(user=User.objects.create_superuser("anna"))
    page.refresh_from_db()
    assert page.live
    by_day = {one.original_date: one for one in Occurrence.objects.all()}
    assert by_day[thursday(3)].status == "cancelled"
    assert by_day[thursday(2)].local_start.time() == datetime.time(18)


def three() -> list[str]:
    return [event(f"{name}@club", SUMMARY=name) for name in ("one", "two", "three")]


def test_an_activity_that_is_gone_from_a_healthy_calendar_is_cancelled_and_can_come_back(source, club):
    club.serves(calendar(*three()))
    run(source)
    uids = set(Occurrence.objects.values_list("uid", flat=True))
    club.serves(calendar(*three()[1:]))
    run(source)
    gone = ActivityPage.objects.get(title="one", locale__language_code="da")
    assert gone.live
    assert coming(gone) == []
    assert len(coming(ActivityPage.objects.get(title="two", locale__language_code="da"))) == 10
    club.serves(calendar(*three()))
    run(source)
    assert len(coming(gone)) == 10
    assert set(Occurrence.objects.values_list("uid", flat=True)) == uids


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (server.not_found, "status:404"),
        (server.endless, "size"),
        (server.silent, "timeout"),
        (server.bomb, "size"),
        (lambda handler: server.send(handler, calendar().encode()), "empty"),
        (lambda handler: server.send(handler, b""), "empty"),
        (lambda handler: server.send(handler, b"<html>Log in</html>"), "malformed"),
        (lambda handler: server.send(handler, calendar(three()[0]).encode()), "shrunk"),
        (server.to("http://127.0.0.1:9/"), "address"),
    ],
)
def test_a_calendar_that_fails_changes_nothing_and_its_owner_is_told_once(source, club, answer, problem):
    club.serves(calendar(*three()))
    run(source)
    before = snapshot()
    club.answer = answer
    run(source)
    assert source.error == problem
    assert snapshot() == before
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "owner@example.dk"
    run(source)
    assert OutgoingMail.objects.count() == 1
    club.serves(calendar(*three()))
    run(source)
    assert (source.error, source.failing_since) == ("", None)
    assert snapshot() == before
    club.answer = server.not_found
    run(source)
    assert OutgoingMail.objects.count() == 2


def test_an_editor_can_say_that_much_is_gone_for_good_once(source, club):
    club.serves(calendar(*three()))
    run(source)
    club.serves(calendar(three()[0]))
    run(source)
    assert source.error == "shrunk"
    FeedSource.objects.update(accepts_shrinking=True)
    run(source)
    assert (source.error, source.accepts_shrinking) == ("", False)
    assert len([page for page in danish() if coming(page)]) == 1


def test_a_hostile_rule_neither_hangs_nor_hides_the_rest(source, club):
    club.serves(calendar(event("bad", RRULE="FREQ=SECONDLY"), event("good@club", SUMMARY="Good")))
    run(source)
    assert [page.title for page in danish()] == ["Good"]
    assert source.skipped == [{"title": "Chess evening", "reason": "rule"}]


def test_hostile_titles_get_addresses_of_their_own(source, club):
    club.serves(calendar(event("1", SUMMARY="Шахматы"), event("2", SUMMARY="Шахматы"), event("3", SUMMARY="🎲")))
    run(source)
    assert [page.slug for page in danish()] == ["shakhmaty", "shakhmaty-2", "game-die"]


def test_two_at_once_do_not_read_the_same_calendar(source, club):
    club.serves(calendar(event()))
    FeedSource.objects.update(claimed_at=timezone.now())
    assert "somebody else" in run(source)
    assert danish() == []
    FeedSource.objects.update(claimed_at=timezone.now() - datetime.timedelta(hours=1))
    assert import_feed(source.pk).created == 1


def test_a_calendar_that_is_switched_off_is_not_asked(source, club):
    FeedSource.objects.update(is_active=False)
    run(source)
    assert club.requests == []


def test_what_an_editor_deleted_does_not_come_back(source, club):
    club.serves(calendar(*three()))
    run(source)
    ActivityPage.objects.get(title="one", locale__language_code="da").delete()
    assert "0 new" in run(source)
    assert sorted(page.title for page in danish()) == ["three", "two"]


def test_what_an_editor_withdrew_stays_withdrawn(source, club):
    club.serves(calendar(event()))
    run(source)
    danish()[0].unpublish()
    club.serves(calendar(event(SUMMARY="Again", RRULE="FREQ=WEEKLY;COUNT=12")))
    run(source)
    (page,) = danish()
    assert not page.live
    assert coming(page) == []
