"""Counting searches: what is stored, what is not, and when it is deleted."""

import datetime
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import signing
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.expiry import register_expiry
from portal.search.answers import Filters
from portal.search.learning import first_of_month, mask, read_token, token_for
from portal.search.models import BestBet, SearchCount
from portal.search.service import search
from tests.factories import make_fact

from .documents import make_document, put

SEEN, CLICK = "/api/search/seen", "/api/search/click"

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def page_of_results(text: str = "skattekort", language: str = "da", page: int = 1) -> str:
    """Return the token on a page of results."""
    return token_for(search(text, language, Filters(), page))


def send(address: str, token: str | bytes, **headers: str) -> int:
    """Send what `navigator.sendBeacon` sends, and return the status of the answer."""
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(address, token, content_type="text/plain;charset=UTF-8", headers=headers)
    assert not response.cookies
    return response.status_code


def counts() -> dict[str, tuple[int, int, int]]:
    return {
        f"{row.language} {row.question}": (row.searches, row.without_result, row.with_click)
        for row in SearchCount.objects.all()
    }


@pytest.fixture
def tax_card() -> None:
    put(make_document("Skattekort", "Din arbejdsgiver henter skattekortet."))


# What counts ----------------------------------------------------------------------------------------------------------


def test_a_search_counts_when_its_results_are_seen_and_not_when_they_are_made(tax_card):
    token = page_of_results()
    assert counts() == {}
    assert send(SEEN, token) == 204
    assert counts() == {"da skattekort": (1, 0, 0)}


def test_a_search_without_a_result_is_counted_as_one(tax_card):
    assert send(SEEN, page_of_results("xyzzyqq")) == 204
    assert counts() == {"da xyzzyqq": (1, 1, 0)}


def test_opening_a_result_counts_once_however_many_are_opened(tax_card):
    token = page_of_results()
    assert [send(address, token) for address in (SEEN, CLICK, CLICK)] == [204, 204, 204]
    assert counts() == {"da skattekort": (1, 0, 1)}


def test_a_page_that_is_shown_again_is_the_same_search(tax_card):
    token = page_of_results()
    assert [send(SEEN, token) for _time in range(3)] == [204, 204, 204]
    assert counts() == {"da skattekort": (1, 0, 0)}


def test_the_same_question_of_somebody_else_is_another_search(tax_card):
    send(SEEN, page_of_results())
    send(SEEN, page_of_results("  SKATTEKORT "))
    assert counts() == {"da skattekort": (2, 0, 0)}


def test_turning_to_the_second_page_is_no_further_search():
    put(*(make_document(f"Skattekort {number}") for number in range(12)))
    send(SEEN, page_of_results())
    second = page_of_results(page=2)
    assert send(SEEN, second) == 204
    assert counts() == {"da skattekort": (1, 0, 0)}
    assert send(CLICK, second) == 204
    assert counts() == {"da skattekort": (1, 0, 1)}


def test_a_filter_that_leaves_nothing_is_no_search_without_a_result(tax_card):
    results = search("skattekort", "da", Filters(kinds=("form",)))
    assert results.total == 0
    send(SEEN, token_for(results))
    assert counts() == {"da skattekort": (1, 0, 0)}


def test_languages_and_months_are_counted_apart(tax_card):
    SearchCount.objects.create(month=datetime.date(2020, 1, 1), language="da", question="skattekort", searches=4)
    send(SEEN, page_of_results())
    send(SEEN, page_of_results(language="pl"))
    rows = SearchCount.objects.order_by("month", "language").values_list("month", "language", "searches")
    this_month = timezone.localdate().replace(day=1)
    assert list(rows) == [(datetime.date(2020, 1, 1), "da", 4), (this_month, "da", 1), (this_month, "pl", 1)]


def test_nothing_is_learnt_from_a_question_without_words():
    assert page_of_results("!!! ???") == ""


def test_a_crisis_is_in_no_statistic():
    make_fact("suicide-line", "70 201 201")
    BestBet.objects.create(key="suicide", words={"da": "selvmord"}, fact_id="suicide-line", is_urgent=True)
    assert page_of_results("jeg tænker på selvmord") == ""


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted(tax_card):
    tokens = [page_of_results() for _number in range(40)]

    def see(token: str) -> int:
        try:
            return send(SEEN, token)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(see, tokens)) == {204}
    assert counts() == {"da skattekort": (40, 0, 0)}


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [SEEN, CLICK])
def test_asking_counts_nothing(address, tax_card):
    assert Client().get(f"{address}?token={page_of_results()}").status_code == 405
    assert counts() == {}


@pytest.mark.parametrize("address", [SEEN, CLICK])
@pytest.mark.parametrize("token", ["", "x", "a:b:c", "ø" * 20, "x" * 10_000, b"\xff\x00\xfe", "[]"])
def test_what_is_no_token_is_refused(address, token, tax_card):
    assert send(address, token) == 400
    assert counts() == {}


def test_a_token_is_for_this_purpose_only(tax_card):
    forged = signing.dumps(["da", "køb billige ure", True, True, "1"])
    assert send(SEEN, forged) == 400
    changed = "X" + page_of_results()[1:]
    assert send(SEEN, changed) == 400
    assert counts() == {}


def test_a_token_is_good_for_a_day(tax_card, monkeypatch):
    real = signing.time.time
    token = page_of_results()
    monkeypatch.setattr(signing.time, "time", lambda: real() + 23 * 3600)
    assert send(SEEN, token) == 204
    monkeypatch.setattr(signing.time, "time", lambda: real() + 25 * 3600)
    assert send(CLICK, token) == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 204),
        ({"Origin": "https://spam.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_only_pages_of_this_site_can_have_searches_counted(headers, status, tax_card):
    assert send(SEEN, page_of_results(), **headers) == status
    assert bool(counts()) == (status == 204)


def test_somebody_who_sends_without_end_has_to_wait(tax_card, settings):
    settings.THROTTLES = {**settings.THROTTLES, "search_counts": (2, 60)}
    assert [send(SEEN, page_of_results()) for _time in range(3)] == [204, 204, 429]
    assert counts() == {"da skattekort": (2, 0, 0)}


# What is stored -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("CPR 010190-1234", "cpr ######-####"),
        ("ring +45 96 28 28 28", "ring +## ## ## ## ##"),
        ("hvor er jens.hansen@example.dk", "hvor er @"),
        ("  Hvordan   får jeg\tMitID? ", "hvordan får jeg mitid?"),
        ("٠١٢ Straße", "### straße"),
        ("\x00line\nbreak\u200b", "line break"),
        ("ord " * 60, ("ord " * 25).strip()),
    ],
)
def test_figures_and_mail_addresses_are_never_stored(text, stored):
    assert mask(text) == stored
    assert len(mask(text)) <= 100


def test_the_token_itself_holds_only_the_masked_question(tax_card):
    seen = read_token(page_of_results("skattekort til 010190-1234"))
    assert seen.question == "skattekort til ######-####"


def test_no_column_says_who_or_when():
    columns = {field.name for field in SearchCount._meta.get_fields()}
    assert columns == {"id", "month", "language", "question", "searches", "without_result", "with_click"}


# What is deleted ------------------------------------------------------------------------------------------------------


def months_ago(months: int) -> datetime.date:
    return first_of_month(timezone.localdate(), months)


def test_months_are_counted_back_over_the_turn_of_the_year():
    day = datetime.date(2026, 2, 17)
    assert [first_of_month(day, months) for months in (0, 1, 2, 14)] == [
        datetime.date(2026, 2, 1),
        datetime.date(2026, 1, 1),
        datetime.date(2025, 12, 1),
        datetime.date(2024, 12, 1),
    ]


def test_rare_questions_go_after_two_months_and_all_others_after_thirteen():
    for months in (0, 2, 3, 13, 14):
        for question, searches in (("rare", 2), ("frequent", 3)):
            SearchCount.objects.create(month=months_ago(months), language="da", question=question, searches=searches)
    output = io.StringIO()
    call_command("anonymise_expired", stdout=output)
    assert "Counted searches: 4 removed" in output.getvalue()
    left = SearchCount.objects.values_list("question", "month")
    assert set(left) == {
        ("rare", months_ago(0)),
        ("rare", months_ago(2)),
        *(("frequent", months_ago(months)) for months in (0, 2, 3, 13)),
    }
    again = io.StringIO()
    call_command("anonymise_expired", stdout=again)
    assert "Counted searches: 0 removed" in again.getvalue()


def test_one_room_that_cannot_remove_its_own_keeps_no_other_from_it(monkeypatch):
    monkeypatch.setattr("portal.expiry._expiries", {})
    done = []

    def fail() -> int:
        raise OSError("the disk is full")

    register_expiry("Bookings", fail)
    register_expiry("Outbox", lambda: done.append(True) or 1)
    output = io.StringIO()
    with pytest.raises(CommandError, match="Bookings"):
        call_command("anonymise_expired", stdout=output)
    assert done == [True]
    assert output.getvalue() == "Outbox: 1 removed\n"
