"""The report "Facts to check", as an editor opens it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import make_fact
from tests.portal.small_site import admin_browser, make_small_site

pytestmark = pytest.mark.django_db


def test_an_overdue_fact_stands_in_the_report_and_is_called_overdue():
    today = datetime.date.today()
    past = {"checked_on": today - datetime.timedelta(days=90), "check_again_on": today - datetime.timedelta(days=1)}
    make_fact("late", label={"da": "Lægevagten"}, **past)
    make_fact("soon", label={"da": "Biblioteket"}, check_again_on=today + datetime.timedelta(days=10))
    make_fact("fine", label={"da": "Sprogskolen"})
    make_small_site().guide("laege", summary="Ring [[late]].")
    response = admin_browser().get(reverse("portal_facts_to_check"))
    rows = BeautifulSoup(response.content, "html.parser").select("table.listing tbody tr")
    texts = [row.get_text(" ", strip=True) for row in rows]
    assert len(texts) == 2
    late, soon = texts
    assert "Lægevagten" in late
    assert "Ja" in late.split()
    assert "Biblioteket" in soon
    assert "Ja" not in soon.split()
    assert late.endswith("1"), "one page cites it"


def test_the_report_stands_in_the_menu():
    make_small_site()
    page = admin_browser().get(reverse("wagtailadmin_home"), follow=True)
    assert reverse("portal_facts_to_check") in page.content.decode()
