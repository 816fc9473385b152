"""What an address may ask of the search, and what is refused."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from .documents import Kind
from .service import MOST_RESULTS, PAGE_SIZE

LONGEST_TEXT = 2000
"""Characters of a question that are taken; the search looks at fewer, and nobody types more."""
LAST_PAGE = MOST_RESULTS // PAGE_SIZE
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


class Refused(Exception):
    """A parameter cannot be understood. Says which one and why, in the language that is active."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter, self.message = parameter, message


@dataclass(frozen=True)
class Parameters:
    """What is asked for."""

    text: str = ""
    municipality: str = ""
    kind: str = ""
    page: int = 1


def given(query: QueryDict, names: Collection[str], *, others_are_refused: bool) -> dict[str, str]:
    """Return the parameters that are given. Raises Refused for one that is not known or stands twice.

    Links from other sites carry parameters of their own, which a page for readers has to bear and an API need not.
    """
    if others_are_refused:
        for name in query:
            if name not in names:
                raise Refused(name[:50], _("This parameter is not known."))
    found = {}
    for name in names:
        values = query.getlist(name)
        if len(values) > 1:
            raise Refused(name, _("This parameter is given more than once."))
        if values:
            found[name] = values[0]
    return found


def parse(values: Mapping[str, str], municipalities: Collection[str]) -> Parameters:
    """Return what is asked for. An empty value is the same as none. Raises Refused."""
    text, page = values.get("q", ""), values.get("page") or "1"
    if len(text) > LONGEST_TEXT:
        raise Refused("q", _("At most %(count)s characters can be searched for.") % {"count": LONGEST_TEXT})
    if not PAGE_NUMBER.fullmatch(page) or int(page) > LAST_PAGE:
        raise Refused("page", _("A whole number from 1 to %(last)s is expected.") % {"last": LAST_PAGE})
    return Parameters(
        text, one_of("m", values.get("m", ""), municipalities), one_of("kind", values.get("kind", ""), Kind), int(page)
    )


def one_of(name: str, value: str, possible: Collection[str]) -> str:
    """Return a value that is possible, or none. Raises Refused."""
    if value and value not in possible:
        raise Refused(name, _("One of these is expected: %(values)s.") % {"values": ", ".join(possible)})
    return value


def language_of(values: Mapping[str, str]) -> str:
    """Return the language that is asked for, Danish where none is named. Raises Refused."""
    codes = [code for code, _name in settings.LANGUAGES]
    return one_of("lang", values.get("lang", ""), codes) or settings.LANGUAGE_CODE
