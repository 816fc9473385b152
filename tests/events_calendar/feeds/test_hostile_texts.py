"""Whatever somebody writes into a title, a description or a place: it stays a text, and arrives as it was written."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.icalendar.calendar import Entry, write
from tests.events_calendar.feeds.checker import check
from tests.events_calendar.feeds.dates import entry
from tests.events_calendar.feeds.readers import Read, Reader, read_with_ical, read_with_icalendar, written

HOSTILE = [
    "Kaffe\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "Kaffe\r\n ATTENDEE:mailto:evil@example.org",
    "Kaffe\rSUMMARY:evil",
    "Kaffe\nSTATUS:CANCELLED",
    "a;b,c\\d\\n\\;\\,\\\\",
    'said "come": it\'s {free}; <b>really</b> &amp; 100 %',
    "ends with a backslash\\",
    "\\",
    ",;:",
    "bell\x07 nul\x00 escape\x1b delete\x7f shift\x0f",
    "vertical\x0btab form\x0cfeed next\x85line line\u2028separator paragraph\u2029separator file\x1cseparator",
    "half an emoji \ud83d and the other half \ude00",
    "\ufeffbyte order mark, zero\u200bwidth, \u202eright to left\u202c, \ufffe",
    "😀👨‍👩‍👧‍👦🇩🇰" * 20,
    "Добро пожаловать в наш город, приходите! " * 9,
    "é" * 200,
    "e\u0301" * 200,
    "x" * 5000,
    "tab\tin the middle",
    " spaces around ",
    "=?utf-8?B?ZXZpbA==?= %0D%0ASUMMARY:evil \\r\\nX:1 \\N",
    "BEGIN:VCALENDAR",
    "",
]
ANYTHING = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("\r\n\t\\;,:\"'\x00\x0b\x0c\x1c\x85\u2028 éßЖ😀")),
    max_size=200,
)
TITLE = ANYTHING.filter(lambda text: bool(meant(text).strip()))


def meant(text: str) -> str:
    """Return what a reader should see: one kind of line break, and no other control character."""
    one_break = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", one_break).encode(errors="replace").decode()


def as_meant(one: Entry) -> Read:
    read = written(one)
    return read._replace(
        summary=meant(read.summary), description=meant(read.description), location=meant(read.location)
    )


def test_hostile_texts_stay_texts_for_every_program(reader: Reader) -> None:
    entries = [
        entry(uid=f"{number}", summary=f"1 {text}", description=text, location=text, categories=(text or "x", "two"))
        for number, text in enumerate(HOSTILE)
    ]
    assert reader(write(entries, "".join(HOSTILE), "da")) == {one.uid: as_meant(one) for one in entries}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_breaks_nothing_wherever_it_stands(text: str) -> None:
    values = {"description": text, "location": text, "categories": (text, text), "url": f"https://a.dk/{text}"}
    assert check(write([entry(uid=f"1 {text}", summary=f"1 {text}", **values)], text, "da")) == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=TITLE, description=ANYTHING, location=ANYTHING, name=ANYTHING)
def test_any_text_arrives_and_breaks_nothing(title: str, description: str, location: str, name: str) -> None:
    one = entry(
        summary=title, description=description, location=location, categories=(title,), url=f"https://a.dk/{location}"
    )
    feed = write([one, entry(uid="after it")], name, "da")
    assert check(feed) == []
    for read in (read_with_icalendar(feed), read_with_ical(feed)):
        assert read == {one.uid: as_meant(one), "after it": written(entry())}
