"""What is wrong with a foreign calendar, in words for its owner and for editors."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PROBLEMS: dict[str, Any] = {
    "address": _("The address is not one of a calendar on the web."),
    "private": _("The address does not lead to the public internet."),
    "timeout": _("The other side takes too long to answer."),
    "connection": _("No connection to the other side."),
    "redirects": _("The address leads to another one too often."),
    "size": _("The calendar is larger than 2 MB."),
    "encoding": _("The calendar is packed in a way that cannot be read."),
    "events": _("The calendar has more than 2,000 entries."),
    "empty": _("The calendar is empty."),
    "malformed": _("What stands at the address is not a calendar."),
    "slow": _("The calendar takes too long to read."),
    "shrunk": _("More than half of the activities have disappeared at once."),
    "status": _("The other side answers with an error (%(number)s)."),
    "overview": _("The municipality has no overview of activities."),
    "unknown": _("The calendar could not be read."),
}
SKIPPED: dict[str, Any] = {
    "rule": _("repeats in a way that cannot be taken over"),
    "long": _("lasts more than a month"),
    "twice": _("takes place more than once on a day: only the first time of the day is taken over"),
    "slow": _("repeats in a way that takes too long to work out"),
    "malformed": _("cannot be read"),
    "incomplete": _("lacks something that readers need, such as a place"),
}


def words_for(code: str) -> str:
    """Return what a code means in the language that is active."""
    kind, _colon, number = code.partition(":")
    text = str(PROBLEMS.get(kind, PROBLEMS["unknown"]))
    return text % {"number": number} if kind == "status" else text
