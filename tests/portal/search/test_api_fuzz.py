"""Whatever anybody sends: an ordinary answer or a refusal, as the schema says, quickly, and never a server error."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.search.questions import LONGEST_QUESTION
from portal.wsgi import application
from tests.conftest import LANGUAGES, ROOT
from tests.factories import Tree

from .documents import make_page, put

pytestmark = pytest.mark.django_db

FEW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
SLOWEST = 2.0
"""Seconds for one answer on a busy machine; a question that is expensive takes minutes."""

NASTY = [
    "",
    " ",
    "\x00",
    "\x00\x01\x1b[31m\u200e\u202e\ufeff",
    "the and of",
    "og i at det er en",
    '"',
    "'",
    "''\"\"``",
    '"skat',
    "skat*",
    "sk?t~2^9 AND (OR NOT",
    "title:skat OR body:/.*.*.*/",
    "-skat +skat !skat skat:* <-> & |",
    "NEAR(skat kort, 5)",
    '{"query":{"match_all":{}}}',
    "'; DROP TABLE portal_searchdocument; --",
    "1' OR '1'='1",
    "%' OR 1=1 --",
    "%%%%____\\\\",
    "${jndi:ldap://example.org/a}",
    "{{ 7*7 }}{% raise %}",
    "%(text)s %s %d {0} {text}",
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "😀👩‍👩‍👧‍👦🇩🇰",
    "å" * 500,
    "skat " * 400,
    "a" * 2000,
    "ab " * 666,
    "()" * 900,
    "ﷺ" * 300,
    "e\u0301" * 900,
    "skat\u2028kort\u00ad\u200b",
    "\ud83d",
    "２０２６",
    "../../etc/passwd",
]
"""What has broken searches elsewhere."""
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=300),
    st.text(alphabet="\"'*?~^:()[]{}|&!+-/\\<>%_ skatå", max_size=120),
    st.lists(st.sampled_from(NASTY), max_size=4).map(" ".join),
)


@pytest.fixture(autouse=True)
def site(tree: Tree, engine: str) -> None:
    """The small site with two things to find, on either engine."""
    put(
        *make_page("tax", {language: f"Skattekort {language}" for language in LANGUAGES}, {"da": "Skat af din løn."}),
        *make_page("danish", {"da": "Kun på dansk: skat"}),
    )


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the connection to the database between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# By the schema --------------------------------------------------------------------------------------------------------

description = yaml.safe_load(Path(ROOT / "docs/api/openapi.yaml").read_text())
# Which municipalities there are is content: these are those of the small site.
description["components"]["parameters"]["m"]["schema"]["enum"] = ["", "herning", "holstebro"]
schema = schemathesis.openapi.from_dict(description)
schema.app = application


@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@FEW
def test_every_answer_is_one_that_the_schema_describes(case: schemathesis.Case):
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


# By hand --------------------------------------------------------------------------------------------------------------


def encoded(text: str) -> str:
    """Return a text as it may stand in an address, also where it is no text at all."""
    return quote(text.encode("utf-8", "surrogatepass"))


@FEW
@given(text=TEXTS, language=st.sampled_from(LANGUAGES), address=st.sampled_from(["search", "suggest"]))
def test_the_api_answers_whatever_is_asked(text: str, language: str, address: str):
    before = time.monotonic()
    response = Client().get(f"/api/{address}/?q={encoded(text)}&lang={language}")
    assert time.monotonic() - before < SLOWEST
    assert response.status_code == (400 if len(text) > 2000 else 200)
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() is not None


@FEW
@given(text=TEXTS, language=st.sampled_from(LANGUAGES), place=st.sampled_from(["", "herning/"]))
@example(text="</title><script>alert(1)</script>", language="da", place="")
def test_the_page_answers_whatever_is_asked(text: str, language: str, place: str):
    before = time.monotonic()
    response = Client().get(f"/{language}/{place}search/?q={encoded(text)}")
    assert time.monotonic() - before < SLOWEST
    assert response.status_code == (400 if len(text) > 2000 else 200)
    page = response.content.decode()
    assert f'<html lang="{language}">' in page
    assert "<script>" not in page
    assert "<img" not in page


@FEW
@given(
    values=st.dictionaries(
        st.one_of(st.sampled_from(["q", "m", "kind", "page", "lang"]), st.text(max_size=8)),
        st.one_of(
            st.sampled_from(["skat", "herning", "guide", "1", "2", "10000000000", "-1", "1e9"]), st.text(max_size=30)
        ),
        max_size=6,
    ),
    path=st.sampled_from(["/api/search/", "/api/suggest/", "/pl/search/", "/da/herning/search/"]),
)
def test_any_parameters_are_understood_or_refused(values: dict[str, str], path: str):
    query = urlencode(values, errors="replace")
    response = Client().get(f"{path}?{query}")
    assert response.status_code in {200, 400, 404}
    if path.startswith("/api/"):
        assert response.json() is not None


def test_a_very_long_question_is_no_more_work_than_a_long_one():
    def work(length: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get("/api/search/", {"q": ("skattekort løn " * 200)[:length]})
        return sum(len(query["sql"]) for query in queries)

    work(LONGEST_QUESTION)  # what a process remembers is read
    assert work(2000) <= work(LONGEST_QUESTION) * 1.1


def test_ten_thousand_characters_are_refused_before_anything_is_looked_up():
    with CaptureQueriesContext(connection) as queries:
        response = Client().get("/api/search/", {"q": "a" * 10_000})
    assert response.status_code == 400
    assert not any("searchdocument" in query["sql"] for query in queries)
