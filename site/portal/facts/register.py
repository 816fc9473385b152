"""The facts and terms that one request cites, read once each. Nothing is remembered outside: a worker outlives a request."""

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .rows import FactRow, TermRow, fact_rows, term_rows
from .tokens import TOKEN

_open: ContextVar["Register | None"] = ContextVar("open_register", default=None)


class Register:
    """Facts and terms by key; a key that does not exist is remembered as None."""

    def __init__(self) -> None:
        self.facts: dict[str, FactRow | None] = {}
        self.terms: dict[str, TermRow | None] = {}
        self.footer: list[FactRow] | None = None  # None: not read yet; a site may have none
        self.serial = itertools.count(1)

    @cached_property
    def today(self) -> datetime.date:
        """Return the day in Denmark, the same for everything that one request shows."""
        return timezone.localdate()

    def want(self, *texts: str, facts: Iterable[str] = ()) -> "Register":
        """Read what these texts cite, and these facts: one query for facts and one for terms, whatever their number."""
        return self._want(texts, facts, with_footer=False)

    def want_page(self, *texts: str, facts: Iterable[str] = ()) -> "Register":
        """Read what a whole page needs, with the emergency numbers of its footer, in the same two queries."""
        return self._want(texts, facts, with_footer=self.footer is None)

    def footer_facts(self) -> list[FactRow]:
        """Return the emergency numbers that stand on every page, in order."""
        if self.footer is None:
            self._read_facts(set(), with_footer=True)
        return sorted(self.footer or [], key=lambda fact: fact.in_footer or 0)

    def _want(self, texts: Iterable[str], facts: Iterable[str], *, with_footer: bool) -> "Register":
        fact_keys: set[str] = set(facts)
        term_keys: set[str] = set()
        for text in texts:
            for match in TOKEN.finditer(text) if text and "[[" in text else ():
                (term_keys if match[1] else fact_keys).add(match[2])
        self._read_facts(fact_keys - self.facts.keys(), with_footer=with_footer)
        self._read_terms(term_keys - self.terms.keys())
        return self

    def _read_facts(self, keys: set[str], *, with_footer: bool) -> None:
        if not keys and not with_footer:
            return
        self.facts.update(dict.fromkeys(keys))
        rows = fact_rows(keys, with_footer=with_footer)
        self.facts.update({fact.key: fact for fact in rows})
        if with_footer:
            self.footer = [fact for fact in rows if fact.in_footer is not None]

    def _read_terms(self, keys: set[str]) -> None:
        if keys:
            self.terms.update(dict.fromkeys(keys))
            self.terms.update({term.key: term for term in term_rows(keys)})


def current() -> Register:
    """Return the register of this request or command; outside of one, a new one that nobody keeps."""
    return _open.get() or Register()


@contextmanager
def opened() -> Iterator[Register]:
    """Keep one register while a request or a command runs, so that nothing is read twice."""
    mark = _open.set(Register())
    try:
        yield current()
    finally:
        _open.reset(mark)


class RegisterMiddleware:
    """One fresh register per request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with a register of its own."""
        with opened():
            return self.get_response(request)
