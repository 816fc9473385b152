"""Mails: written with what they announce, sent once, tried again where that is safe, and shown to staff where it is not."""

import datetime
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal import outbox
from portal.mail import sending
from portal.mail.models import OutgoingMail
from tests.portal.texts.conftest import waiting_tasks
from tests.snapshots import commits

__all__ = ["commits", "waiting_tasks"]

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

ANNA = "anna@example.dk"
MINUTE = datetime.timedelta(minutes=1)
SECOND = datetime.timedelta(seconds=1)


def write(key: str = "visit/1", **values: Any) -> None:
    outbox.enqueue(**{"key": key, "to": ANNA, "language": "da", "subject": "Hej", "text": "Vi ses.", **values})


def the_mail(key: str = "visit/1") -> OutgoingMail:
    return OutgoingMail.objects.get(key=key)


def let_time_pass(time: datetime.timedelta) -> None:
    """Move everything that is stored into the past."""
    for mail in OutgoingMail.objects.all():
        for name in ("due_at", "lease_until", "sent_at"):
            if getattr(mail, name):
                setattr(mail, name, getattr(mail, name) - time)
        mail.save()


# Writing --------------------------------------------------------------------------------------------------------------


def test_a_mail_is_sent_in_plain_text_from_a_program(server):
    write(text="Vi ses på torsdag æøå.\nЖдём вас.")
    assert sending.send_due() == sending.Sent(sent=1)
    (mail,) = server.taken
    assert (mail["To"], mail["From"], mail["Subject"]) == (ANNA, "Velkommen <portal@example.dk>", "Hej")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "da"
    assert mail["Message-ID"].endswith("@example.dk>")
    assert mail.get_content_type() == "text/plain"
    assert " ".join(mail.get_content().split()) == "Vi ses på torsdag æøå. Ждём вас."
    assert the_mail().state == "sent"


def test_what_is_rolled_back_is_not_announced(server):
    with suppress(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert sending.send_due() == sending.Sent()
    assert server.taken == []


def test_the_same_key_before_sending_replaces_and_after_it_does_nothing(server):
    write(text="Klokken 19")
    write(text="Klokken 20", to="bo@example.dk")
    sending.send_due()
    write(text="Klokken 21")
    sending.send_due()
    assert [(mail["To"], mail.get_content().strip()) for mail in server.taken] == [("bo@example.dk", "Klokken 20")]


def test_of_several_mails_that_are_written_together_each_follows_its_own_key(server):
    write("visit/1", text="Klokken 19")
    sending.send_due()
    write("visit/2", text="Klokken 19")
    drafts = [
        outbox.Draft(key=f"visit/{number}", to=ANNA, language="da", subject="Hej", text="Klokken 20")
        for number in (1, 2, 3)
    ]
    outbox.enqueue_all(drafts)
    sending.send_due()
    assert [mail.get_content().strip() for mail in server.taken] == ["Klokken 19", "Klokken 20", "Klokken 20"]


def test_a_mail_can_be_dropped_until_it_has_gone(server):
    write("visit/1")
    write("visit/2")
    assert outbox.cancel("visit/1") is True
    sending.send_due()
    assert outbox.cancel("visit/2") is False
    assert outbox.cancel("visit/3") is False
    assert len(server.taken) == 1


def test_a_mail_waits_for_its_time_and_is_not_sent_when_it_is_too_late(server):
    now = timezone.now()
    write("reminder/1", not_before=now + 10 * MINUTE, not_after=now + 20 * MINUTE)
    assert sending.send_due() == sending.Sent()
    let_time_pass(11 * MINUTE)
    assert sending.send_due() == sending.Sent(sent=1)
    write("reminder/2", not_before=now - 20 * MINUTE, not_after=now - MINUTE)
    assert sending.send_due() == sending.Sent(failed=1)
    assert len(server.taken) == 1


def test_no_line_break_becomes_a_header(server):
    write(subject="Hej\r\nBcc: eve@example.dk\n\nSpam")
    write("visit/2", subject="Æ" * 400)
    sending.send_due()
    first = next(mail for mail in server.taken if mail["Subject"].startswith("Hej"))
    assert first["Subject"] == "Hej Bcc: eve@example.dk Spam"
    assert first["Bcc"] is None
    for wrong in ("anna@example.dk\nBcc: eve@example.dk", "anna", "", "a@b,c@d.dk", "Anna <anna@example.dk>"):
        with pytest.raises(ValidationError):
            write("visit/3", to=wrong)


def test_a_calendar_file_is_attached_with_the_method_that_stands_in_it(server):
    file = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nX:æøå\r\nEND:VCALENDAR\r\n".encode()
    write("visit/1", calendar=file)
    write("visit/2", calendar=file.replace(b"METHOD:CANCEL\r\n", b""))
    sending.send_due()
    parts = [next(mail.iter_attachments()) for mail in server.taken]
    assert {part.get_content_type() for part in parts} == {"text/calendar"}
    assert {part.get_param("method") for part in parts} == {"CANCEL", None}
    assert {part.get_filename() for part in parts} == {"activity.ics"}
    assert file in {part.get_payload(decode=True) for part in parts}, "byte by byte"


# Sending --------------------------------------------------------------------------------------------------------------


def test_a_server_that_is_away_is_tried_again_ever_more_rarely_and_then_given_up(server, settings):
    settings.EMAIL_PORT = 1  # where nobody listens
    write()
    waits = []
    for _attempt in range(sending.MOST_ATTEMPTS - 1):
        assert sending.send_due() == sending.Sent(postponed=1)
        assert sending.send_due() == sending.Sent(), "not at once again"
        waits.append((the_mail().due_at - timezone.now()).total_seconds() // 60 + 1)
        let_time_pass(waits[-1] * MINUTE)
    assert waits[:5] == [1, 4, 16, 64, 256]
    assert sum(waits) / 60 > 24, "a server may be away for a day"
    assert sending.send_due() == sending.Sent(failed=1)
    assert (the_mail().state, "refused" in the_mail().error) == ("failed", True)


def test_a_server_that_comes_back_gets_the_mail_once(server, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    write()
    sending.send_due()
    settings.EMAIL_PORT = port
    let_time_pass(2 * MINUTE)
    assert sending.send_due() == sending.Sent(sent=1)
    assert len(server.taken) == 1


def test_an_address_that_does_not_exist_fails_at_once_and_a_full_one_is_tried_again(server):
    server.refusals = {"nobody@example.dk": "550 no such user", "full@example.dk": "452 <full@example.dk> mailbox full"}
    write("visit/1", to="nobody@example.dk")
    write("visit/2", to="full@example.dk")
    assert sending.send_due() == sending.Sent(failed=1, postponed=1)
    assert the_mail("visit/1").error == "SMTPResponseException 550: no such user"
    assert the_mail("visit/2").error == "SMTPResponseException 452: … mailbox full", "no address goes into the log"


def test_a_text_that_the_server_refuses_is_not_sent_by_other_means(server):
    server.answer_to_data = "554 looks like spam"
    write()
    assert sending.send_due() == sending.Sent(failed=1)
    server.answer_to_data = "451 try later"
    write("visit/2")
    assert sending.send_due() == sending.Sent(postponed=1)


def test_where_nobody_knows_whether_it_arrived_it_is_not_sent_again(server):
    server.breaks_after_data = True
    write()
    assert sending.send_due() == sending.Sent(unknown=1)
    server.breaks_after_data = False
    let_time_pass(3 * 24 * 60 * MINUTE)
    write()
    assert sending.send_due() == sending.Sent()
    assert (len(server.taken), the_mail().state) == (1, "unknown")


def test_who_dies_while_sending_leaves_it_unknown_when_the_lease_is_over(server):
    write()
    OutgoingMail.objects.update(state="sending", lease_until=timezone.now() + sending.LEASE, attempts=1)
    assert sending.send_due() == sending.Sent(), "somebody may be sending it"
    let_time_pass(sending.LEASE + MINUTE)
    assert sending.send_due() == sending.Sent(unknown=1)
    assert server.taken == []


def test_who_was_only_slow_still_notes_that_it_was_sent(server):
    write()
    OutgoingMail.objects.update(state="sending", lease_until=timezone.now() - MINUTE, attempts=1)
    slow = the_mail()
    sending.give_up_lost()
    sending.mark_sent(slow)
    assert the_mail().state == "sent"


def test_the_command_says_what_became_of_the_mails(server, capsys):
    write()
    call_command("send_outbox")
    assert capsys.readouterr().out == "Mails sent: 1, to be tried again: 0, failed: 0, unknown: 0.\n"
    server.refusals = {ANNA: "550 no"}
    write("visit/2")
    with pytest.raises(SystemExit):
        call_command("send_outbox")
    assert "failed: 1" in capsys.readouterr().out


def test_what_was_written_is_deleted_a_week_after_it_was_sent_and_never_sent_again(server):
    write()
    sending.send_due()
    assert sending.forget() == 0
    let_time_pass(datetime.timedelta(days=8))
    assert sending.forget() == 1
    mail = the_mail()
    assert (mail.recipient, mail.subject, mail.text, bytes(mail.calendar)) == ("", "", "", b"")
    write()
    assert sending.send_due() == sending.Sent()
    let_time_pass(datetime.timedelta(days=400))
    sending.forget()
    assert not OutgoingMail.objects.exists()


def test_several_mails_of_one_moment_wake_the_worker_once_and_a_later_one_at_its_time(commits, waiting_tasks):
    later = timezone.now() + datetime.timedelta(days=1)
    for number in range(20):
        write(f"visit/{number}")
    write("reminder", not_before=later)
    moments = sorted(task.run_after for task in DBTaskResult.objects.all())
    assert 2 <= len(moments) <= 3, "the clock may have ticked once"
    assert timezone.now() - 3 * SECOND < moments[0] < timezone.now() + 3 * SECOND
    assert later <= moments[-1] <= later + 3 * SECOND
