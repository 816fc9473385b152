"""The facts and terms that one request cites, read once each. Nothing is remembered outside: a worker outlives a request."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from .rows import FactRow, TermRow, fact_rows, term_rows
from .tokens import TOKEN

_open: ContextVar["Register | None"] = ContextVar("open_register", default=None)


class Register:
    """Facts and terms by key; a key that does not exist is remembered as None."""

    def __init__(self) -> None:
        self.facts: dict[str, FactRow | None] = {}
        self.terms: dict[str, TermRow | None] = {}
        self.footer: list[FactRow] | None = None
        self.serial = itertools.count(1)

    def want(self, *texts: str, facts: Iterable[str] = ()) -> "Register":
        """Read what these texts cite, and these facts: one query for facts and one for terms, whatever their number."""
        fact_keys, term_keys = set(facts), set()
        for text in texts:
            for match in TOKEN.finditer(text or ""):
                (term_keys if match[1] else fact_keys).add(match[2])
        self._read_facts(fact_keys - self.facts.keys())
        self._read_terms(term_keys - self.terms.keys())
        return self

    def want_page(self, *texts: str, facts: Iterable[str] = ()) -> "Register":
        """Read what a whole page needs, with the emergency numbers of its footer, in the same two queries."""
        self.footer = []
        return self.want(*texts, facts=facts)

    def footer_facts(self) -> list[FactRow]:
        """Return the emergency numbers that stand on every page, in order."""
        if self.footer is None:
            self.footer = []
            self._read_facts(set())
        return sorted(self.footer, key=lambda fact: fact.in_footer or 0)

    def _read_facts(self, keys: set[str]) -> None:
        footer_is_missing = self.footer == []
        if not keys and not footer_is_missing:
            return
        self.facts.update(dict.fromkeys(keys))
        for fact in fact_rows(keys, with_footer=footer_is_missing):
            self.facts[fact.key] = fact
            if footer_is_missing and fact.in_footer is not None:
                self.footer = [*(self.footer or []), fact]

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
        with opened():
            return self.get_response(request)
