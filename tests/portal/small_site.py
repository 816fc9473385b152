"""The smallest site on which a guide can be read: Danish parents, and home pages in other languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Locale, Page, Site

from portal.pages.home import HomePage
from tests.factories import add_guide, add_page, block
from tests.snapshots import built_once
from welcome_pages.models import GuideIndexPage, GuidePage, SituationPage


@dataclass
class SmallSite:
    """Two parents, below which each test makes the guides that it is about."""

    home: HomePage
    situation: SituationPage

    def guide(self, slug: str = "laege", *body: dict[str, Any], **fields: Any) -> GuidePage:
        """Add a published Danish guide with these blocks."""
        return add_guide(self.situation, slug, body=list(body), **fields)


@built_once
def make_small_site(languages: Sequence[str] = ("pl",)) -> SmallSite:
    """Build the site with a published home page in Danish and in each of the languages."""
    danish, _created = Locale.objects.get_or_create(language_code="da")
    for page in Page.objects.filter(depth=2):
        page.delete()
    root = Page.objects.get(depth=1)
    home = HomePage(title="Velkommen", slug="forside", locale=danish, content_owner="Redaktion")
    root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    for code in languages:
        locale, _created = Locale.objects.get_or_create(language_code=code)
        copy = home.copy_for_translation(locale)
        copy.title = f"Home {code}"
        copy.save_revision().publish()
    guides = add_page(home, GuideIndexPage, "guide")
    return SmallSite(HomePage.objects.get(pk=home.pk), add_page(guides, SituationPage, "sygdom"))


def section(text: str, block_id: str = "b1", heading: str = "Trin") -> dict[str, Any]:
    """Return a section as it is stored."""
    return block("section", {"heading": heading, "text": text}, block_id)


def stream(page: Page, *body: dict[str, Any]) -> Any:
    """Return blocks as the value of the page's body."""
    return page._meta.get_field("body").to_python(list(body))


def admin_browser() -> Client:
    """Return a browser in which somebody is logged in who may do everything."""
    browser = Client()
    browser.force_login(User.objects.create_superuser("chef", "chef@example.dk", "a long password"))
    return browser
