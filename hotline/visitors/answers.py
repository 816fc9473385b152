"""What somebody has answered so far. It stands in the address or in the form: there is no session and no cookie.

The address holds only what names nobody: the language, the time, the topic. The rest is sent from step to step in hidden
fields.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.exceptions import BadRequest

from ..choices import CALL_LANGUAGES, Help, Topic
from ..words import is_zone

IN_FORM = "%Y%m%dT%H%MZ"
LONGEST_ID = 9


@dataclass(frozen=True)
class Answers:
    """The steps that are behind somebody, and the topic and page with which they came."""

    call: str = ""
    own: str = ""
    """The language that they asked for, where nobody speaks it."""
    help: str = ""
    at: datetime.datetime | None = None
    topic: str = ""
    zone: str = ""
    about: int | None = None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return what is not empty, by the name under which it travels."""
        values = {
            "call": self.call,
            "own": self.own,
            "help": self.help,
            "at": written(self.at) if self.at else "",
            "topic": self.topic,
            "zone": self.zone,
            "about": str(self.about or ""),
        }
        return [(name, value) for name, value in values.items() if value]

    def without(self, *names: str) -> "Answers":
        """Return all answers but these."""
        empty = Answers()
        return replace(self, **{name: getattr(empty, name) for name in names})

    @property
    def query(self) -> str:
        """Return them as the end of an address."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""


def written(moment: datetime.datetime) -> str:
    """Return a moment as it travels."""
    return moment.astimezone(datetime.UTC).strftime(IN_FORM)


def read_moment(text: str) -> datetime.datetime:
    """Return the moment that travelled. Raises BadRequest."""
    try:
        return datetime.datetime.strptime(text, IN_FORM).replace(tzinfo=datetime.UTC)
    except ValueError as error:
        raise BadRequest("no moment") from error


def read_answers(sent: Mapping[str, str]) -> Answers:
    """Return the answers in an address or a form. Raises BadRequest for what no form of ours can send.

    A clock that is unknown is left out: it comes from the browser, and a new name is no mistake of its owner.
    """
    languages, zone, about = {"", *CALL_LANGUAGES}, sent.get("zone", ""), sent.get("about", "")
    return Answers(
        call=_one_of(languages, sent.get("call", "")),
        own=_one_of(languages, sent.get("own", "")),
        help=_one_of({"", *Help.values}, sent.get("help", "")),
        at=read_moment(sent["at"]) if sent.get("at") else None,
        topic=_one_of({"", *Topic.values}, sent.get("topic", "")),
        zone=zone if is_zone(zone) else "",
        about=int(about) if about.isascii() and about.isdigit() and len(about) <= LONGEST_ID else None,
    )


def _one_of(allowed: set[str], value: str) -> str:
    if value not in allowed:
        raise BadRequest("no such answer")
    return value
