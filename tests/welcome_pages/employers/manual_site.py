"""A manual for employers on the small site."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale, Page

from portal.municipalities.models import MunicipalityPage
from tests.factories import Tree, add_page, block, make_fact, publish
from welcome_pages.models import EmployerChapterPage, EmployerChecklistPage, EmployersPage


@dataclass
class Manual:
    """The manual, its chapters and its checklist."""

    page: EmployersPage
    chapters: list[EmployerChapterPage]
    checklist: EmployerChecklistPage


def add_chapter(page: EmployersPage, number: int, slug: str, **fields: Any) -> EmployerChapterPage:
    """Add a published chapter."""
    values = {
        "key": f"E{number:02}-{slug}",
        "body": [block("section", {"heading": "Sådan", "text": "<p>Skriv den.</p>"}, "s1")],
        **fields,
    }
    return with_alias(add_page(page, EmployerChapterPage, slug, **values))


def with_alias(page: Page) -> Page:
    """Add the page to the Polish tree, as the admin does."""
    page.copy_for_translation(Locale.objects.get(language_code="pl"), alias=True)
    return page


def step(number: int, text: str, **values: Any) -> dict[str, Any]:
    """Return a step of a checklist as it is stored."""
    value = {"phase": "before", "who": "employer", "step": f"<p>{text}</p>", "due": "", "page": None, **values}
    return block("step", value, f"step{number}")


def add_manual(tree: Tree) -> Manual:
    """Add a manual of three chapters and one checklist, and a contact of Herning."""
    make_fact("emergency", "112", in_footer=1)
    make_fact("herning-phone", "96 28 28 28", scope="local", municipality="herning")
    make_fact("tax-wait", "P2W", "deadline")
    herning = MunicipalityPage.objects.get(pk=tree.herning.pk)
    facts = [block("item", "herning-phone", "i1")]
    herning.main_contact = [block("contact", {"heading": "Herning Kommune", "facts": facts}, "c1")]
    publish(herning)
    values = {"title": "For virksomheder", "summary": "Til dig med ansatte."}
    page = with_alias(add_page(tree.home, EmployersPage, "virksomheder", **values))
    chapters = [
        add_chapter(page, 1, "regler", need_to_know="<ul><li>Vent på tilladelsen.</li></ul>"),
        add_chapter(page, 2, "kontrakt", related=[block("guide", tree.tax.pk, "r1")]),
        add_chapter(page, 3, "mentor"),
    ]
    checklist = add_page(
        page,
        EmployerChecklistPage,
        "tjekliste-eu",
        key="E11-hire-eu",
        hire="eu",
        steps=[
            step(1, "Giv en kontrakt.", page=chapters[1].pk),
            step(2, "Søg skattekort.", who="both", due="Ventetid: [[tax-wait]]", page=tree.tax.pk),
            step(3, "Få CPR-nummer.", phase="first-week", who="employee", page=tree.cpr.pk),
        ],
    )
    return Manual(page, chapters, with_alias(checklist))


def read(client: Client, address: str) -> BeautifulSoup:
    """Return the page at an address."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def addresses(soup: Any) -> list[str]:
    """Return the addresses of all links in an element."""
    return [link["href"] for link in soup.find_all("a", href=True)]
